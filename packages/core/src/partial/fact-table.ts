/** The facts of a block result ↔ a table of Apache Arrow. Lines and records are those of the input there. */
import { NO_ENVELOPE } from "../framing/block.ts"
import type { FactsColumns, IdColumn } from "../worker/protocol.ts"
import { writeTable, type ArrowLibrary } from "./arrow-table.ts"
import type { ColumnMemory } from "./column-memory.ts"
import { checkedIds, idBytes, shift, shifted } from "./id-and-counter.ts"
import { ReadTable } from "./read-table.ts"

/** What the counters of a result are relative to. */
export interface CounterBase {
  readonly line: number
  readonly record: number
}

/** The table of the facts; there is at least one row. */
export function writeFacts(arrow: ArrowLibrary, facts: FactsColumns, base: CounterBase): Uint8Array {
  const { sessionId, callerId, calleeId, startTicks, endTicks, rowCount } = facts
  const all = <Values>(values: Values): { values: Values; none: null } => ({ values, none: null })
  return writeTable(arrow, {
    rowCount,
    ticks: { startTicks: startTicks.subarray(0, rowCount), endTicks: endTicks.subarray(0, rowCount) },
    ids: {
      sessionId: idBytes(sessionId, rowCount),
      callerId: idBytes(callerId, rowCount),
      calleeId: idBytes(calleeId, rowCount),
    },
    texts: textsOf(facts),
    numbers: {
      sessionIdForm: all(sessionId.forms.subarray(0, rowCount)),
      callerIdForm: all(callerId.forms.subarray(0, rowCount)),
      calleeIdForm: all(calleeId.forms.subarray(0, rowCount)),
      callerKind: all(facts.callerKind.subarray(0, rowCount)),
      calleeKind: all(facts.calleeKind.subarray(0, rowCount)),
      modalities: all(facts.modalities.subarray(0, rowCount)),
      flags: all(facts.flags.subarray(0, rowCount)),
      findings: all(facts.findings.subarray(0, rowCount)),
      envelope: { values: facts.envelope.subarray(0, rowCount), none: NO_ENVELOPE },
      byteOffset: all(facts.byteOffset.subarray(0, rowCount)),
      byteLength: all(facts.byteLength.subarray(0, rowCount)),
      line: all(shifted(facts.line.subarray(0, rowCount), base.line)),
      record: all(shifted(facts.record.subarray(0, rowCount), base.record)),
      sessionIndex: { values: facts.sessionIndex.subarray(0, rowCount), none: -1 },
    },
    strings: facts.strings,
  })
}

/** Reads the table. Throws a `PartialError` where it is not one that `writeFacts` gave. */
export function readFacts(bytes: Uint8Array, base: CounterBase, memory: ColumnMemory): FactsColumns {
  const table = new ReadTable(bytes, memory)
  const { rowCount } = table
  const strings = table.strings()
  const byteColumn = (name: string): Uint8Array => table.numbers(name, null, Uint8Array)
  const ids = (name: string): IdColumn => checkedIds(table.ids(name), byteColumn(`${name}Form`), strings.length)
  const numbers = (name: string, none: number | null): Float64Array => table.numbers(name, none, Float64Array)
  return {
    rowCount,
    startTicks: table.ticks("startTicks"),
    endTicks: table.ticks("endTicks"),
    sessionId: ids("sessionId"),
    callerId: ids("callerId"),
    calleeId: ids("calleeId"),
    callerKind: byteColumn("callerKind"),
    calleeKind: byteColumn("calleeKind"),
    callerTenant: table.texts("callerTenant"),
    calleeTenant: table.texts("calleeTenant"),
    callerName: table.texts("callerName"),
    calleeName: table.texts("calleeName"),
    modalities: byteColumn("modalities"),
    flags: byteColumn("flags"),
    failureStage: table.texts("failureStage"),
    failureReason: table.texts("failureReason"),
    endpoints: table.texts("endpoints"),
    unknownProperties: table.texts("unknownProperties"),
    findings: table.numbers("findings", null, Uint32Array),
    envelope: numbers("envelope", NO_ENVELOPE),
    byteOffset: numbers("byteOffset", null),
    byteLength: table.numbers("byteLength", null, Uint32Array),
    line: shift(numbers("line", null), -base.line),
    record: shift(numbers("record", null), -base.record),
    sessionIndex: table.numbers("sessionIndex", -1, Int32Array),
    strings,
  }
}

function textsOf(facts: FactsColumns): Record<string, Int32Array> {
  const { rowCount } = facts
  return {
    callerTenant: facts.callerTenant.subarray(0, rowCount),
    calleeTenant: facts.calleeTenant.subarray(0, rowCount),
    callerName: facts.callerName.subarray(0, rowCount),
    calleeName: facts.calleeName.subarray(0, rowCount),
    failureStage: facts.failureStage.subarray(0, rowCount),
    failureReason: facts.failureReason.subarray(0, rowCount),
    unknownProperties: facts.unknownProperties.subarray(0, rowCount),
    endpoints: facts.endpoints.subarray(0, rowCount),
  }
}
