/** What a run gave, as plain values without any number that is only a table's own. */
import { sessionIdOf } from "#core/facts/evidence.ts"
import type { TestRun } from "./block-results.ts"

export function dumpRows({ resolved }: TestRun) {
  const { facts } = resolved
  const text = (index: number | undefined): string | null => facts.strings[index ?? -1] ?? null
  const identity = (index: number | undefined): string | null =>
    index === undefined || index < 0 ? null : facts.participants.id(index)
  return Array.from({ length: facts.rowCount }, (_, row) => ({
    id: sessionIdOf(facts, row),
    call: facts.calls[facts.call[row] ?? -1]?.id ?? null,
    status: facts.status[row],
    start: facts.startTicks[row],
    end: facts.endTicks[row],
    modalities: facts.modalities[row],
    caller: identity(facts.caller[row]),
    callee: identity(facts.callee[row]),
    stage: text(facts.failureStage[row]),
    reason: text(facts.failureReason[row]),
    endpoints: text(facts.endpoints[row]),
    flags: facts.flags[row],
    findings: facts.findings[row],
    input: facts.input[row],
    byteOffset: facts.byteOffset[row],
    byteLength: facts.byteLength[row],
    line: facts.line[row],
    record: facts.record[row],
    sessionIndex: facts.sessionIndex[row],
  }))
}

export function dump(run: TestRun) {
  return {
    rows: dumpRows(run),
    calls: run.resolved.facts.calls,
    participants: Array.from({ length: run.resolved.facts.participants.count }, (_, index) =>
      run.resolved.facts.participants.id(index),
    ),
    inputs: run.resolved.inputs,
    rejects: run.rejects,
    byCode: run.findings.byCode,
    listed: [...run.findings.listed],
  }
}
