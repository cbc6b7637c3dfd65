/** Makes the envelopes of several parts those of one. */
import { NO_ENVELOPE } from "../framing/block.ts"
import type { EnvelopeColumns } from "../worker/protocol.ts"
import { addTo, copyIds, ID_BYTES, internedIn, type Part } from "./joined-columns.ts"

/** Joins the envelopes of parts in their order. */
export function joinEnvelopes(parts: readonly Part[]): EnvelopeColumns {
  const joined = emptyEnvelopes(parts.reduce((sum, { result }) => sum + result.envelopes.count, 0))
  const indexOf = new Map<string, number>()
  let at = 0
  for (const part of parts) {
    append(joined, part, at, indexOf)
    at += part.result.envelopes.count
  }
  return { ...joined, strings: [...indexOf.keys()] }
}

/** Columns of zeros. */
export function emptyEnvelopes(count: number): EnvelopeColumns {
  return {
    count,
    kind: new Uint8Array(count),
    flags: new Uint8Array(count),
    callId: { bytes: new Uint8Array(ID_BYTES * count), forms: new Uint8Array(count) },
    version: new BigUint64Array(count),
    startTicks: new BigInt64Array(count),
    endTicks: new BigInt64Array(count),
    lastModifiedTicks: new BigInt64Array(count),
    type: new Int32Array(count),
    declaredCount: new Float64Array(count),
    elementCount: new Float64Array(count),
    parent: new Float64Array(count).fill(NO_ENVELOPE),
    byteOffset: new Float64Array(count),
    byteLength: new Float64Array(count),
    line: new Float64Array(count),
    record: new Float64Array(count),
    strings: [],
  }
}

const NUMBERS = ["kind", "flags", "declaredCount", "elementCount", "parent", "byteOffset", "byteLength"] as const
const TICKS = ["startTicks", "endTicks", "lastModifiedTicks"] as const

function append(
  target: EnvelopeColumns,
  { result, line, record }: Part,
  at: number,
  indexOf: Map<string, number>,
): void {
  const { envelopes } = result
  const { count } = envelopes
  const indices = Int32Array.from(envelopes.strings, (text) => internedIn(indexOf, text))
  for (const name of NUMBERS) target[name].set(envelopes[name].subarray(0, count), at)
  for (const name of TICKS) target[name].set(envelopes[name].subarray(0, count), at)
  target.version.set(envelopes.version.subarray(0, count), at)
  copyIds(target.callId, envelopes.callId, at, count, indices)
  for (let row = 0; row < count; row++) target.type[at + row] = indices[envelopes.type[row] ?? -1] ?? -1
  addTo(target.line, envelopes.line, at, count, line)
  addTo(target.record, envelopes.record, at, count, record)
}
