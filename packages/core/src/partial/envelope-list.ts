/** The callRecords and pages of a block result ↔ a table of Apache Arrow. Lines and records are those of the input there. */
import { NO_ENVELOPE } from "../framing/block.ts"
import { EnvelopeKind, type EnvelopeColumns } from "../worker/protocol.ts"
import { writeTable, type ArrowLibrary } from "./arrow-table.ts"
import { damaged } from "./container.ts"
import type { CounterBase } from "./fact-table.ts"
import { checkedIds, idBytes, shift, shifted } from "./id-and-counter.ts"
import { ReadTable } from "./read-table.ts"

const KIND_COUNT = Object.keys(EnvelopeKind).length

/** The table of the envelopes; there is at least one. */
export function writeEnvelopes(arrow: ArrowLibrary, envelopes: EnvelopeColumns, base: CounterBase): Uint8Array {
  const { count, callId, version, startTicks, endTicks, lastModifiedTicks } = envelopes
  const all = <Values>(values: Values, none: number | null = null): { values: Values; none: number | null } => ({
    values,
    none,
  })
  return writeTable(arrow, {
    rowCount: count,
    ticks: {
      startTicks: startTicks.subarray(0, count),
      endTicks: endTicks.subarray(0, count),
      lastModifiedTicks: lastModifiedTicks.subarray(0, count),
      version: new BigInt64Array(version.buffer, version.byteOffset, count),
    },
    ids: { callId: idBytes(callId, count) },
    texts: { type: envelopes.type.subarray(0, count) },
    numbers: {
      callIdForm: all(callId.forms.subarray(0, count)),
      kind: all(envelopes.kind.subarray(0, count)),
      flags: all(envelopes.flags.subarray(0, count)),
      parent: all(envelopes.parent.subarray(0, count), NO_ENVELOPE),
      declaredCount: all(envelopes.declaredCount.subarray(0, count), NOT_DECLARED),
      elementCount: all(envelopes.elementCount.subarray(0, count)),
      byteOffset: all(envelopes.byteOffset.subarray(0, count)),
      byteLength: all(envelopes.byteLength.subarray(0, count)),
      line: all(shifted(envelopes.line.subarray(0, count), base.line)),
      record: all(shifted(envelopes.record.subarray(0, count), base.record)),
    },
    strings: envelopes.strings,
  })
}

const NOT_DECLARED = -1

/** Reads the table. Throws a `PartialError` where it is not one that `writeEnvelopes` gave. */
export function readEnvelopes(bytes: Uint8Array, base: CounterBase): EnvelopeColumns {
  const table = new ReadTable(bytes)
  const strings = table.strings()
  const bytesOf = (name: string): Uint8Array => table.numbers(name, null, Uint8Array)
  const numbers = (name: string, none: number | null = null): Float64Array => table.numbers(name, none, Float64Array)
  const version = table.ticks("version")
  const kind = bytesOf("kind")
  if (kind.some((each) => each >= KIND_COUNT)) throw damaged("a kind of envelope that is unknown")
  return {
    count: table.rowCount,
    kind,
    flags: bytesOf("flags"),
    callId: checkedIds(table.ids("callId"), bytesOf("callIdForm"), strings.length),
    version: new BigUint64Array(version.buffer, version.byteOffset, version.length),
    startTicks: table.ticks("startTicks"),
    endTicks: table.ticks("endTicks"),
    lastModifiedTicks: table.ticks("lastModifiedTicks"),
    type: table.texts("type"),
    declaredCount: numbers("declaredCount", NOT_DECLARED),
    elementCount: numbers("elementCount"),
    parent: numbers("parent", NO_ENVELOPE),
    byteOffset: numbers("byteOffset"),
    byteLength: numbers("byteLength"),
    line: shift(numbers("line"), -base.line),
    record: shift(numbers("record"), -base.record),
    strings,
  }
}
