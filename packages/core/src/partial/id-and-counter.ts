/** Ids and counters as tables of partials hold them: ids without texts that are not there, counters of the input. */
import { IdForm, type IdColumn } from "../worker/protocol.ts"
import { damaged } from "./container.ts"

const ID_BYTES = 16

/** The bytes of the ids of so many rows; null where no row has one. */
export function idBytes({ bytes, forms }: IdColumn, rowCount: number): Uint8Array | null {
  const isNone = forms.subarray(0, rowCount).every((form) => form === IdForm.none)
  return isNone ? null : bytes.subarray(0, ID_BYTES * rowCount)
}

/** A column of ids that was read. Throws a `PartialError` where one is a text that is not there. */
export function checkedIds(bytes: Uint8Array, forms: Uint8Array, stringCount: number): IdColumn {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let row = forms.indexOf(IdForm.text); row >= 0; row = forms.indexOf(IdForm.text, row + 1)) {
    if (view.getUint32(ID_BYTES * row, true) >= stringCount) throw damaged("a text that is not there")
  }
  return { bytes, forms }
}

/** Other numbers, which are more by the same. */
export function shifted(values: Float64Array, by: number): Float64Array {
  return shift(values.slice(), by)
}

/** The same numbers, made more by the same. */
export function shift(values: Float64Array, by: number): Float64Array {
  if (by !== 0) for (let row = 0; row < values.length; row++) values[row] = (values[row] ?? 0) + by
  return values
}
