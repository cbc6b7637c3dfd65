/** What joining rows and joining envelopes have in common: texts get one number each, counters become those of the first part. */
import { IdForm, type BlockResult, type IdColumn } from "../worker/protocol.ts"

/** Bytes of an id. */
export const ID_BYTES = 16

/** A result, and what its rows and counters are relative to. */
export interface Part {
  readonly result: BlockResult
  readonly row: number
  readonly line: number
  readonly record: number
}

/** The index of a text among those of all parts. */
export function internedIn(indexOf: Map<string, number>, text: string): number {
  const known = indexOf.get(text)
  if (known !== undefined) return known
  indexOf.set(text, indexOf.size)
  return indexOf.size - 1
}

/** Copies `rowCount` numbers to row `at` on, each more by `by`. */
export function addTo(target: Float64Array, source: Float64Array, at: number, rowCount: number, by: number): void {
  for (let row = 0; row < rowCount; row++) target[at + row] = (source[row] ?? 0) + by
}

/** Copies `rowCount` ids to row `at` on; `indices` by the index of a text in the part. */
export function copyIds(target: IdColumn, source: IdColumn, at: number, rowCount: number, indices: Int32Array): void {
  target.bytes.set(source.bytes.subarray(0, ID_BYTES * rowCount), ID_BYTES * at)
  target.forms.set(source.forms.subarray(0, rowCount), at)
  if (!source.forms.includes(IdForm.text)) return
  const view = new DataView(target.bytes.buffer)
  for (let row = 0; row < rowCount; row++) {
    if (source.forms[row] !== IdForm.text) continue
    const place = ID_BYTES * (at + row)
    const index = indices[view.getInt32(place, true)] ?? -1
    target.bytes.fill(0, place, place + ID_BYTES)
    view.setInt32(place, index, true)
  }
}
