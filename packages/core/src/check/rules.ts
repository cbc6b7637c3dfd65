/**
 * The rules: every code that callsift writes, with what it means. A reject is a record of which no fact comes;
 * a finding is something wrong with what is kept. Codes and severities are part of the report contract.
 */
import { FINDING_RULES } from "./finding-rules.ts"
import { REJECT_RULES } from "./reject-rules.ts"

/** The gravest first. */
export const SEVERITIES = ["error", "warning", "note"] as const
export type Severity = (typeof SEVERITIES)[number]

/** In order of precedence: a record that breaks several rules is rejected for the first of them. */
export const REJECT_CODES = [
  "json/too-large",
  "json/invalid-utf8",
  "json/too-deep",
  "json/truncated",
  "json/malformed",
  "session/not-an-object",
  "session/missing-property",
  "session/wrong-type",
  "session/bad-timestamp",
  "session/unset-timestamp",
  "session/bad-id",
  "worker/failed",
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** Findings about one session alone; the position is the bit in `FactsColumns.findings`. */
export const SESSION_FINDING_CODES = [
  "session/start-after-end",
  "session/duplicate-key",
  "session/off-model",
  "session/implausible-duration",
  "session/in-the-future",
  "session/unknown-modality",
  "session/no-modality",
  "session/zero-duration",
  "session/test-call",
  "session/lone-surrogate",
  "session/flattened-list",
  "session/unusual-spelling",
  "session/not-utc",
  "session/unusual-timestamp",
  "segment/start-after-end",
  "segment/outside-session",
  "participant/unidentified",
] as const
export type SessionFindingCode = (typeof SESSION_FINDING_CODES)[number]

/** Findings that need more than one session, or are about a call, a page or an input. */
export const WIDER_FINDING_CODES = [
  "session/repeated-id",
  "session/duplicate",
  "session/superseded",
  "call/off-model",
  "call/session-outside-call",
  "call/incomplete-pages",
  "call/several-copies",
  "export/error-response",
  "export/same-bytes",
  "export/count-mismatch",
  "participant/overlapping-calls",
] as const
/** All codes of findings. */
export const FINDING_CODES = [...SESSION_FINDING_CODES, ...WIDER_FINDING_CODES] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** An input that breaks a rule and no other. */
export interface RuleExample {
  readonly text: string
  /** The option under which it does. */
  readonly option?: string
  /** UTF-8 unless given. */
  readonly encoding?: "latin1"
}

/** What a code stands for. */
export interface Rule {
  /** In few words, as the report says it. */
  readonly title: string
  /** When a record breaks the rule. */
  readonly meaning: string
  /** What follows for the figures, and what to do. */
  readonly advice: string
  /** Null where no single input shows it. */
  readonly example: RuleExample | null
}

/** What a finding's code stands for. */
export interface FindingRule extends Rule {
  readonly severity: Severity
}

/** What a finding's code stands for. */
export function findingRule(code: FindingCode): FindingRule {
  return FINDING_RULES[code]
}

/** What a reject's code stands for. */
export function rejectRule(code: RejectCode): Rule {
  return REJECT_RULES[code]
}

/** What a reject's code stands for, in few words. */
export function rejectTitle(code: RejectCode): string {
  return REJECT_RULES[code].title
}
