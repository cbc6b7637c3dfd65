/** What each finding's code stands for, as data. `rules.ts` gives it its type. */
import { callRecord, page, SESSION, session } from "./example-text.ts"

const SEGMENT = { id: "g1", startDateTime: "2026-01-05T09:08:00Z", endDateTime: "2026-01-05T09:02:00Z" }
const PERSON = { identity: { user: { id: "u1" } } }

export const FINDING_RULES = {
  "session/start-after-end": {
    severity: "error",
    title: "Sessions that start after they end",
    meaning: "endDateTime lies before startDateTime.",
    advice:
      "They stay in the counts, in no duration, concurrency or overlap figure. Look at the export: the dates may be exchanged.",
    example: { text: session({ endDateTime: "2026-01-05T08:00:00Z" }) },
  },
  "session/duplicate-key": {
    severity: "warning",
    title: "Keys that an object repeats",
    meaning:
      "An object of the model, in a session or a callRecord, repeats a property that the model knows or control information.",
    advice:
      "The last value counts, as in every JavaScript parser; other tools may take the first. Look at what wrote the file.",
    example: { text: SESSION.replace("{", '{"id":"s0",') },
  },
  "session/off-model": {
    severity: "warning",
    title: "Properties that depart from the model",
    meaning: "A property that no fact comes from has a type or format that the model does not know.",
    advice: "No figure comes of them, so the session stays. Look at what wrote the file, or whether Graph has changed.",
    example: { text: session({ caller: { cpuCoresCount: "eight" } }) },
  },
  "session/implausible-duration": {
    severity: "warning",
    title: "Sessions that last implausibly long",
    meaning: "The session lasts longer than --max-duration, which is 24 hours unless set.",
    advice: "They count in full. --max-duration sets what is plausible.",
    example: { text: session({ endDateTime: "2026-01-07T09:00:00Z" }) },
  },
  "session/in-the-future": {
    severity: "warning",
    title: "Sessions that start after the instant given by --as-of",
    meaning:
      "startDateTime lies after --as-of. Without --as-of it is not checked: a report never depends on the clock.",
    advice: "They count. A clock was wrong, or --as-of is.",
    example: { text: SESSION, option: "--as-of=2026-01-01T00:00:00Z" },
  },
  "session/unknown-modality": {
    severity: "note",
    title: "Modalities that the model does not know",
    meaning: "A member of modalities is none of Graph's.",
    advice: "They count as unknownFutureValue. Microsoft may have added a member.",
    example: { text: session({ modalities: ["audio", "hologram"] }) },
  },
  "session/no-modality": {
    severity: "note",
    title: "Sessions without a modality",
    meaning: "The list of modalities is empty.",
    advice: "Nothing was negotiated; such sessions form a set of their own.",
    example: { text: session({ modalities: [] }) },
  },
  "session/zero-duration": {
    severity: "note",
    title: "Sessions that end when they start",
    meaning: "startDateTime and endDateTime are the same instant.",
    advice: "Usual for calls that were offered and not answered, and for failed ones.",
    example: { text: session({ endDateTime: "2026-01-05T09:00:00Z" }) },
  },
  "session/test-call": {
    severity: "note",
    title: "Test calls",
    meaning: "isTest is true: somebody called the echo service.",
    advice: "They count in no figure unless --include-tests is given.",
    example: { text: session({ isTest: true }) },
  },
  "session/lone-surrogate": {
    severity: "note",
    title: "Texts with half of a surrogate pair",
    meaning: "A text or key holds an escape such as \\ud83d without the other half.",
    advice: "The text cannot be written as UTF-8 as it is; it was cut in the middle of a character.",
    example: { text: session({ caller: { name: "\ud83d" } }) },
  },
  "session/flattened-list": {
    severity: "warning",
    title: "Lists written as text",
    meaning: "modalities is a text whose every word is a member; any other text there is a reject.",
    advice:
      "PowerShell does so where ConvertTo-Json -Depth is too small; other data may be lost. Export again with -Depth 100.",
    example: { text: session({ modalities: "audio video" }) },
  },
  "session/unusual-spelling": {
    severity: "note",
    title: "Enum members in other letter case",
    meaning:
      "A modality, failure stage, platform, product family or role is written in other letter case than Graph's.",
    advice: "They are read as the member they spell.",
    example: { text: session({ modalities: ["Audio"] }) },
  },
  "session/not-utc": {
    severity: "note",
    title: "Instants with an offset from UTC",
    meaning: "startDateTime or endDateTime of the session has an offset other than UTC.",
    advice: "They are converted exactly; Graph itself writes UTC.",
    example: { text: session({ startDateTime: "2026-01-05T10:00:00+01:00" }) },
  },
  "session/unusual-timestamp": {
    severity: "note",
    title: "Instants written in an unusual form",
    meaning: "startDateTime or endDateTime of the session has no seconds, a small t or z, or the form /Date(ms)/.",
    advice: "They are unambiguous and were read; PowerShell 5.1's /Date(…)/ has lost digits below the millisecond.",
    example: { text: session({ startDateTime: "2026-01-05T09:00Z" }) },
  },
  "segment/start-after-end": {
    severity: "error",
    title: "Segments that start after they end",
    meaning: "endDateTime of a segment lies before its startDateTime.",
    advice: "No figure comes of a segment's dates.",
    example: { text: session({ segments: [SEGMENT] }) },
  },
  "segment/outside-session": {
    severity: "warning",
    title: "Segments that reach outside of their session",
    meaning: "A segment starts before its session starts, or ends after it ends.",
    advice: "No figure comes of a segment's dates.",
    example: { text: session({ segments: [{ ...SEGMENT, endDateTime: "2026-01-05T09:11:00Z" }] }) },
  },
  "participant/unidentified": {
    severity: "note",
    title: "Ends with an identity but no usable id",
    meaning:
      "Caller or callee has an identity whose id is missing, empty, all zeros, masked or withheld, and is no service.",
    advice: "They are in no participant's figures: two unidentified ends are not known to be the same one.",
    example: { text: session({ caller: { identity: { phone: { id: "+1425555****" } } } }) },
  },
  "session/repeated-id": {
    severity: "warning",
    title: "Session ids that one call repeats with other content",
    meaning: "Two sessions of one call have the same id but not the same facts.",
    advice: "All stay and count: the service itself does so when a call is transferred.",
    example: { text: callRecord({}, SESSION, session({ endDateTime: "2026-01-05T09:11:00Z" })) },
  },
  "session/duplicate": {
    severity: "note",
    title: "Sessions that stand in the archive more than once",
    meaning: "Two sessions of one call have the same id and the same facts.",
    advice: "The first counts, the others are duplicates. A page was fetched twice, or a file copied.",
    example: { text: callRecord({}, SESSION, SESSION) },
  },
  "session/superseded": {
    severity: "note",
    title: "Sessions of older versions of their call",
    meaning: "The callRecord of the session is in the archive in a higher version too.",
    advice: "Only the highest version of a callRecord counts.",
    example: { text: `${callRecord({ version: 1 }, SESSION)}\n${callRecord({ version: 2 }, SESSION)}` },
  },
  "call/off-model": {
    severity: "error",
    title: "CallRecords with properties that cannot be read",
    meaning: "A callRecord's id, version, type or one of its dates has another type or format.",
    advice: "Their sessions stay. Without a readable id they belong to no known call.",
    example: { text: callRecord({ version: "first" }, SESSION) },
  },
  "call/session-outside-call": {
    severity: "warning",
    title: "Sessions that reach outside of their call",
    meaning: "A session starts before its callRecord starts, or ends after it ends.",
    advice: "They count with their own dates. Clocks of clients differ, and Graph promises nothing here.",
    example: { text: callRecord({ startDateTime: "2026-01-05T09:05:00Z" }, SESSION) },
  },
  "call/incomplete-pages": {
    severity: "warning",
    title: "Lists whose next page is in no input",
    meaning: "A page or callRecord names a next page, and no input holds the last one.",
    advice: "Sessions are missing. Follow @odata.nextLink when exporting; Graph gives 60 sessions a page.",
    example: {
      text: page({ "@odata.nextLink": "https://graph.microsoft.com/v1.0/communications?$skiptoken=a" }, SESSION),
    },
  },
  "call/several-copies": {
    severity: "warning",
    title: "Calls with several full sets of pages that differ",
    meaning: "Two sets of pages of one call, both with a last page, hold different sessions and name no version.",
    advice:
      "Which is newer cannot be told, so both count. Keep the callRecord, which names its version, beside its pages.",
    example: { text: `${page({}, SESSION)}\n${page({}, session({ id: "s2" }))}` },
  },
  "export/error-response": {
    severity: "warning",
    title: "Error answers of Microsoft Graph in place of records",
    meaning: "A record, or an answer of a $batch, is an error body.",
    advice: "What was asked for is missing. Request it again while Graph still has it: 30 days.",
    example: { text: `${SESSION}\n{"error":{"code":"NotFound","message":""}}` },
  },
  "export/same-bytes": {
    severity: "note",
    title: "Inputs with the bytes of another",
    meaning: "Two inputs with different paths have the same SHA-256.",
    advice: "Their sessions are duplicates.",
    example: null,
  },
  "export/count-mismatch": {
    severity: "error",
    title: "Lists that are not as long as they say",
    meaning: "@odata.count is another number than the list has elements, and no next page is named.",
    advice:
      "@odata.count differs from what is there and no next page is named. Records were removed, or the export was cut.",
    example: { text: page({ "@odata.count": 2 }, SESSION) },
  },
  "participant/overlapping-calls": {
    severity: "warning",
    title: "Participants in two calls at once",
    meaning: "Sessions of one identity in two calls overlap; told once for each identity, at its first overlap.",
    advice:
      "A shared account, a client left in a call, a second device, or fraud. overlap in the report says for how long.",
    example: { text: `${session({ caller: PERSON })}\n${session({ id: "s2", caller: PERSON })}` },
  },
} as const
