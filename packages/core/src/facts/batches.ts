/** Facts in batches: so many rows at a time that what is made of them stays in a processor's cache. */
import { GUID_BYTES } from "./guid.ts"
import type { FactBatch, Facts } from "./facts.ts"

const BATCH_ROWS = 2 ** 14

/** All rows in batches, in order. */
export function factBatches(facts: Facts): Generator<FactBatch> {
  return batchesOf(facts, BATCH_ROWS)
}

/** All rows in batches of so many, in order. */
export function* batchesOf(facts: Facts, batchRows: number): Generator<FactBatch> {
  for (let firstRow = 0; firstRow < facts.rowCount; firstRow += batchRows) {
    yield batchOf(facts, firstRow, Math.min(firstRow + batchRows, facts.rowCount))
  }
}

function batchOf(facts: Facts, firstRow: number, endRow: number): FactBatch {
  const part = <Column extends { readonly subarray: (from: number, to: number) => Column }>(column: Column): Column =>
    column.subarray(firstRow, endRow)
  const { sessionId } = facts
  return {
    firstRow: facts.firstRow + firstRow,
    rowCount: endRow - firstRow,
    startTicks: part(facts.startTicks),
    endTicks: part(facts.endTicks),
    sessionId: {
      bytes: sessionId.bytes.subarray(firstRow * GUID_BYTES, endRow * GUID_BYTES),
      forms: part(sessionId.forms),
    },
    call: part(facts.call),
    caller: part(facts.caller),
    callee: part(facts.callee),
    callerKind: part(facts.callerKind),
    calleeKind: part(facts.calleeKind),
    callerTenant: part(facts.callerTenant),
    calleeTenant: part(facts.calleeTenant),
    callerName: part(facts.callerName),
    calleeName: part(facts.calleeName),
    modalities: part(facts.modalities),
    flags: part(facts.flags),
    failureStage: part(facts.failureStage),
    failureReason: part(facts.failureReason),
    endpoints: part(facts.endpoints),
    unknownProperties: part(facts.unknownProperties),
    findings: part(facts.findings),
    status: part(facts.status),
    input: part(facts.input),
    byteOffset: part(facts.byteOffset),
    byteLength: part(facts.byteLength),
    line: part(facts.line),
    record: part(facts.record),
    sessionIndex: part(facts.sessionIndex),
  }
}
