/** What a run gave, as plain values without any number that is only a table's own. */
import { sessionIdOf } from "#core/facts/evidence.ts"
import type { Call, Facts } from "#core/facts/facts.ts"
import { allCalls } from "./call-list.ts"
import type { TestRun } from "./block-results.ts"
import { mapRows } from "./map-rows.ts"

export function dumpRows({ resolved }: TestRun) {
  const { facts } = resolved
  const text = (index: number | undefined): string | null => facts.strings.get(index ?? -1) ?? null
  const identity = (index: number | undefined): string | null =>
    index === undefined || index < 0 ? null : facts.participants.id(index)
  return mapRows(facts, (batch, row) => ({
    id: sessionIdOf(batch, row, facts.strings),
    call: facts.calls.get(batch.call[row] ?? -1)?.id ?? null,
    status: batch.status[row],
    start: batch.startTicks[row],
    end: batch.endTicks[row],
    modalities: batch.modalities[row],
    caller: identity(batch.caller[row]),
    callee: identity(batch.callee[row]),
    stage: text(batch.failureStage[row]),
    reason: text(batch.failureReason[row]),
    endpoints: text(batch.endpoints[row]),
    flags: batch.flags[row],
    findings: batch.findings[row],
    input: batch.input[row],
    byteOffset: batch.byteOffset[row],
    byteLength: batch.byteLength[row],
    line: batch.line[row],
    record: batch.record[row],
    sessionIndex: batch.sessionIndex[row],
  }))
}

/** Calls with all that is known of them: the facts look it up when it is asked for. */
export function shownCalls({ calls }: Facts): Call[] {
  return allCalls(calls).map(({ id, version, type, startTicks, endTicks, lastModifiedTicks, isOpen }) => {
    return { id, version, type, startTicks, endTicks, lastModifiedTicks, isOpen }
  })
}

export function dump(run: TestRun) {
  return {
    rows: dumpRows(run),
    calls: shownCalls(run.resolved.facts),
    participants: Array.from({ length: run.resolved.facts.participants.count }, (_, index) =>
      run.resolved.facts.participants.id(index),
    ),
    inputs: run.resolved.inputs,
    rejects: run.rejects,
    byCode: run.findings.byCode,
    listed: [...run.findings.listed],
  }
}
