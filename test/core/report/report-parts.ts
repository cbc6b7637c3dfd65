/** Everything that a report is made of, for tests: real figures of small facts, and inputs that fit them. */
import { computeFigures } from "#core/aggregate/figures.ts"
import type { Facts } from "#core/facts/facts.ts"
import type { ReportParts, ReportPlan } from "#core/report/build.ts"
import type { ReportInput } from "#core/report/schema.ts"

const PLAN: ReportPlan = {
  since: null,
  until: null,
  participant: null,
  modality: null,
  failed: false,
  includeTests: false,
  asOf: null,
  maxDurationTicks: 864_000_000_000n,
  maxRecordBytes: 16_777_216,
  maxDepth: 128,
  maxInflatedBytes: null,
  maxEntries: 10_000,
  hash: true,
  names: false,
  pseudonymKey: null,
}

/** An input that was taken whole. */
export function input(path: string, fields: Partial<ReportInput> = {}): ReportInput {
  return {
    path,
    sizeBytes: 1000,
    sha256: "ab".repeat(32),
    compression: "none",
    encoding: "utf-8",
    layout: "ndjson",
    content: "sessions",
    status: "complete",
    records: 3,
    sessions: 3,
    accepted: 3,
    rejected: 0,
    duplicates: 0,
    superseded: 0,
    ...fields,
  }
}

/** The parts of a report of these facts. */
export function reportParts(
  facts: Facts,
  plan: Partial<ReportPlan> = {},
  parts: Partial<ReportParts> = {},
): ReportParts {
  const whole = { ...PLAN, ...plan }
  return {
    tool: { name: "callsift", version: "0.1.0" },
    plan: whole,
    inputs: [input("a.ndjson")],
    archives: [],
    skipped: [],
    facts,
    figures: computeFigures(facts, whole),
    openPageCount: 0,
    findings: [],
    ruleOf: () => ({ severity: "note", title: "a rule" }),
    rejectCounts: new Map(),
    ...parts,
  }
}
