/**
 * The rules: every code that callsift writes, with what it means. A reject is a record of which no fact comes;
 * a finding is something wrong with what is kept. Codes and severities are part of the report contract.
 */
export type Severity = "error" | "warning" | "note"

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
export type FindingCode = SessionFindingCode | (typeof WIDER_FINDING_CODES)[number]

/** All codes of findings. */
export const FINDING_CODES: readonly FindingCode[] = [...SESSION_FINDING_CODES, ...WIDER_FINDING_CODES]

/** What a finding's code stands for. */
export interface FindingRule {
  readonly severity: Severity
  /** In few words, as the report says it. */
  readonly title: string
  /** What follows for the figures, and what to do. */
  readonly advice: string
}

const FINDING_RULES: Readonly<Record<FindingCode, FindingRule>> = {
  "session/start-after-end": {
    severity: "error",
    title: "Sessions that start after they end",
    advice:
      "They stay in the counts, in no duration, concurrency or overlap figure. Look at the export: the dates may be exchanged.",
  },
  "session/duplicate-key": {
    severity: "warning",
    title: "Keys that an object repeats",
    advice:
      "The last value counts, as in every JavaScript parser; other tools may take the first. Look at what wrote the file.",
  },
  "session/off-model": {
    severity: "warning",
    title: "Properties that depart from the model",
    advice: "No figure comes of them, so the session stays. Look at what wrote the file, or whether Graph has changed.",
  },
  "session/implausible-duration": {
    severity: "warning",
    title: "Sessions that last implausibly long",
    advice: "They count in full. --max-duration sets what is plausible.",
  },
  "session/in-the-future": {
    severity: "warning",
    title: "Sessions that start after the instant given by --as-of",
    advice: "They count. A clock was wrong, or --as-of is.",
  },
  "session/unknown-modality": {
    severity: "note",
    title: "Modalities that the model does not know",
    advice: "They count as unknownFutureValue. Microsoft may have added a member.",
  },
  "session/no-modality": {
    severity: "note",
    title: "Sessions without a modality",
    advice: "Nothing was negotiated; such sessions form a set of their own.",
  },
  "session/zero-duration": {
    severity: "note",
    title: "Sessions that end when they start",
    advice: "Usual for calls that were offered and not answered, and for failed ones.",
  },
  "session/test-call": {
    severity: "note",
    title: "Test calls",
    advice: "They count in no figure unless --include-tests is given.",
  },
  "session/lone-surrogate": {
    severity: "note",
    title: "Texts with half of a surrogate pair",
    advice: "The text cannot be written as UTF-8 as it is; it was cut in the middle of a character.",
  },
  "session/flattened-list": {
    severity: "warning",
    title: "Lists written as text",
    advice:
      "PowerShell does so where ConvertTo-Json -Depth is too small; other data may be lost. Export again with -Depth 100.",
  },
  "session/unusual-spelling": {
    severity: "note",
    title: "Enum members in other letter case",
    advice: "They are read as the member they spell.",
  },
  "session/not-utc": {
    severity: "note",
    title: "Instants with an offset from UTC",
    advice: "They are converted exactly; Graph itself writes UTC.",
  },
  "session/unusual-timestamp": {
    severity: "note",
    title: "Instants written in an unusual form",
    advice: "They are unambiguous and were read; PowerShell 5.1's /Date(…)/ has lost digits below the millisecond.",
  },
  "segment/start-after-end": {
    severity: "error",
    title: "Segments that start after they end",
    advice: "No figure comes of a segment's dates.",
  },
  "segment/outside-session": {
    severity: "warning",
    title: "Segments that reach outside of their session",
    advice: "No figure comes of a segment's dates.",
  },
  "participant/unidentified": {
    severity: "note",
    title: "Ends with an identity but no usable id",
    advice: "They are in no participant's figures: two unidentified ends are not known to be the same one.",
  },
  "session/repeated-id": {
    severity: "warning",
    title: "Session ids that one call repeats with other content",
    advice: "All stay and count: the service itself does so when a call is transferred.",
  },
  "session/duplicate": {
    severity: "note",
    title: "Sessions that stand in the archive more than once",
    advice: "The first counts, the others are duplicates. A page was fetched twice, or a file copied.",
  },
  "session/superseded": {
    severity: "note",
    title: "Sessions of older versions of their call",
    advice: "Only the highest version of a callRecord counts.",
  },
  "call/off-model": {
    severity: "error",
    title: "CallRecords with properties that cannot be read",
    advice: "Their sessions stay. Without a readable id they belong to no known call.",
  },
  "call/session-outside-call": {
    severity: "warning",
    title: "Sessions that reach outside of their call",
    advice: "They count with their own dates. Clocks of clients differ, and Graph promises nothing here.",
  },
  "call/incomplete-pages": {
    severity: "warning",
    title: "Lists whose next page is in no input",
    advice: "Sessions are missing. Follow @odata.nextLink when exporting; Graph gives 60 sessions a page.",
  },
  "call/several-copies": {
    severity: "warning",
    title: "Calls with several full sets of pages that differ",
    advice:
      "Which is newer cannot be told, so both count. Keep the callRecord, which names its version, beside its pages.",
  },
  "export/error-response": {
    severity: "warning",
    title: "Error answers of Microsoft Graph in place of records",
    advice: "What was asked for is missing. Request it again while Graph still has it: 30 days.",
  },
  "export/same-bytes": {
    severity: "note",
    title: "Inputs with the bytes of another",
    advice: "Their sessions are duplicates.",
  },
  "export/count-mismatch": {
    severity: "error",
    title: "Lists that are not as long as they say",
    advice:
      "@odata.count differs from what is there and no next page is named. Records were removed, or the export was cut.",
  },
  "participant/overlapping-calls": {
    severity: "warning",
    title: "Participants in two calls at once",
    advice:
      "A shared account, a client left in a call, a second device, or fraud. overlap in the report says for how long.",
  },
}

const REJECT_TITLES: Readonly<Record<RejectCode, string>> = {
  "json/too-large": "Larger than --max-record",
  "json/invalid-utf8": "Not valid UTF-8",
  "json/too-deep": "Nested deeper than --max-depth",
  "json/truncated": "Cut off by the end of the input",
  "json/malformed": "Not valid JSON",
  "session/not-an-object": "No JSON object where a session should be",
  "session/missing-property": "A property that a session needs is missing",
  "session/wrong-type": "A property that facts come from has another type",
  "session/bad-timestamp": "A text that is no instant",
  "session/unset-timestamp": 'The value that .NET writes for "not set"',
  "session/bad-id": "An empty id",
  "worker/failed": "A record that ended its worker each time; please report it",
}

/** What a finding's code stands for. */
export function findingRule(code: FindingCode): FindingRule {
  return FINDING_RULES[code]
}

/** What a reject's code stands for, in few words. */
export function rejectTitle(code: RejectCode): string {
  return REJECT_TITLES[code]
}
