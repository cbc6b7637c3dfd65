/** Evidence with its keys in the order of the contract, as lines of NDJSON and as examples in the report. */
import { findingRule } from "../check/rules.ts"
import type { Evidence, FindingEvidence, RejectEvidence } from "../facts/evidence.ts"
import type { FindingLine, RejectLine } from "./evidence-schema.ts"

/** The line of a reject. */
export function rejectLine(reject: RejectEvidence): RejectLine {
  return { code: reject.code, ...place(reject), sha256: reject.sha256 }
}

/** The lines of findings; they can be gone through as often as the findings. */
export function findingLines(findings: Iterable<FindingEvidence>): Iterable<FindingLine> {
  return {
    *[Symbol.iterator](): Generator<FindingLine> {
      for (const finding of findings) yield findingLine(finding)
    },
  }
}

/** The line of a finding. */
export function findingLine(finding: FindingEvidence): FindingLine {
  return { code: finding.code, severity: findingRule(finding.code).severity, ...example(finding) }
}

/** Evidence as it stands among the examples of a finding. */
export function example(evidence: Evidence): Evidence {
  return { ...place(evidence), ...(evidence.sha256 === undefined ? {} : { sha256: evidence.sha256 }) }
}

function place(evidence: Evidence): Omit<Evidence, "sha256"> {
  const { input, entry, offset, length, line, record, callId, sessionId, pointer, message } = evidence
  return {
    input,
    ...(entry === undefined ? {} : { entry }),
    offset,
    length,
    line,
    record,
    ...(callId === undefined ? {} : { callId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(pointer === undefined ? {} : { pointer }),
    message,
  }
}
