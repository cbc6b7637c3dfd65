/**
 * The documents that callsift writes, as schemas: the report, and the lines of rejects and findings. A key that
 * stands here keeps its name, unit and meaning within a major version of the format.
 */
import * as Schema from "effect/Schema"
import { FINDING_CODES, REJECT_CODES, SEVERITIES } from "../check/rules.ts"
import { jsonSchemaDocument } from "../model/json-schema.ts"
import { MODALITIES } from "../model/modality.ts"
import { EvidenceSchema, FindingLine, RejectLine } from "./evidence-schema.ts"
import {
  bytes,
  count,
  flag,
  list,
  maybeBytes,
  maybeInstant,
  maybeOneOf,
  maybeText,
  object,
  oneOf,
  seconds,
  text,
} from "./field.ts"
import {
  concurrencyField,
  coverageField,
  durationsField,
  failuresField,
  modalitiesField,
  overlapField,
  participantsField,
} from "./figures-schema.ts"
import { archivesField, InputSchema, sessionCounts, skippedField } from "./input-schema.ts"

export { FindingLine, RejectLine } from "./evidence-schema.ts"
export type { ReportInput } from "./input-schema.ts"

const optionsField = object(
  {
    since: maybeInstant("Only sessions that start at or after it count; null: all"),
    until: maybeInstant("Only sessions that start before it count; null: all"),
    participant: maybeText(
      "Only sessions with this participant count; null: all. A pseudonym where participants have one",
    ),
    modality: maybeOneOf(MODALITIES, "Only sessions with this modality count; null: all"),
    failed: flag("Whether only failed sessions count"),
    includeTests: flag("Whether test calls count"),
    asOf: maybeInstant("Sessions that start later are session/in-the-future; null: not checked"),
    maxDurationSeconds: seconds("A longer session is session/implausible-duration"),
    maxRecordBytes: bytes("The most that one session, rejected record, or envelope without its sessions may have"),
    maxDepth: count("The most brackets open at once in one record"),
    maxInflatedBytes: maybeBytes("The most that one compressed input may inflate to; null: only the ratio is bounded"),
    maxEntries: count("The most entries of one zip archive"),
    hash: flag("Whether inputs were hashed"),
    names: flag("Whether display names are shown"),
    pseudonyms: flag("Whether participants are shown as HMAC-SHA-256 of their ids"),
  },
  "Every option that can change what the report says",
)

const totalsField = object(
  {
    inputs: count("Inputs"),
    bytes: bytes("Stored size of all inputs; an archive counts once"),
    records: count("Records of all inputs"),
    calls: count("Known calls"),
    ...sessionCounts,
    participants: count("Different participants of counted sessions"),
    firstStart: maybeInstant("First start of a timed session; null where there is none"),
    lastEnd: maybeInstant("Last end of a timed session; null where there is none"),
    excluded: object(
      {
        testCalls: count("Test calls within the filters, unless they count"),
        startAfterEnd: count("Counted sessions that start after they end: in no figure of time"),
        filtered: count("Sessions outside the filters, whatever else they are"),
      },
      "Accepted sessions that are not in every figure, each under the first of filtered, testCalls, startAfterEnd that holds",
    ),
  },
  "Counts over all inputs",
)

const findingsField = list(
  {
    code: oneOf(FINDING_CODES, "The rule that is broken"),
    severity: oneOf(SEVERITIES, "How much it matters"),
    count: count("How often, exactly, whatever is listed"),
    title: text("What the rule says"),
    examples: Schema.Array(EvidenceSchema).annotate({ description: "The first 10 in input order" }),
  },
  "Errors, then warnings, then notes, each by code",
)

const rejectsField = object(
  {
    count: count("Rejects"),
    byCode: list(
      { code: oneOf(REJECT_CODES, "The first rule that is broken"), count: count("Rejects") },
      "The most first, then by code",
    ),
  },
  "Records and sessions of which no fact comes",
)

/** The report document. */
export const Report = Schema.Struct({
  format: Schema.Literal("callsift-report"),
  formatVersion: Schema.Literal("1.0"),
  tool: object({ name: text("Name of the tool"), version: text("Its version") }, "What made the report"),
  options: optionsField,
  complete: flag("Whether every input is complete"),
  inputs: Schema.Array(InputSchema).annotate({ description: "By byte order of the path, then of the entry" }),
  archives: archivesField,
  skipped: skippedField,
  totals: totalsField,
  durations: durationsField,
  concurrency: concurrencyField,
  overlap: overlapField,
  modalities: modalitiesField,
  failures: failuresField,
  participants: participantsField,
  coverage: coverageField,
  findings: findingsField,
  rejects: rejectsField,
}).annotate({ identifier: "report" })
export type Report = typeof Report.Type

/** Whether a JSON value is a report of this version. Keys that are not known may be there. */
export const isReport: (value: unknown) => value is Report = Schema.is(Report)

/** JSON Schema (2020-12) of `report.json`. */
export function reportJsonSchema(): object {
  return jsonSchemaDocument(Report, "A report of callsift")
}

/** JSON Schema (2020-12) of a line of `rejects.ndjson`. */
export function rejectJsonSchema(): object {
  return jsonSchemaDocument(RejectLine, "A reject: a session or record of which no fact comes")
}

/** JSON Schema (2020-12) of a line of `findings.ndjson`. */
export function findingJsonSchema(): object {
  return jsonSchemaDocument(FindingLine, "A finding: something wrong with what is kept")
}
