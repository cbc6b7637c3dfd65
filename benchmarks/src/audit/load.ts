/**
 * How DuckDB reads an export: `read_json` with explicit columns, so that nothing is sampled or guessed, and only the
 * properties that an answer needs are made into values. In: a file and its layout. Out: the table `session`, one row
 * for each session that was read, those that cannot be used with `ok` false.
 *
 * What it does not do, and callsift does in the same time: say where in the file a session lies and why one was
 * refused (a line that is no JSON is a row of nulls here), hash the file, check the rest of the model, note findings.
 */

/** The layouts that DuckDB can be asked to read. */
export const AUDIT_LAYOUTS = ["ndjson", "array", "odata-page", "callRecords", "callRecords-ndjson"] as const
export type AuditLayout = (typeof AUDIT_LAYOUTS)[number]

/** The keys of an identity set in callsift's order of precedence. */
const IDENTITY_KINDS = [
  "user",
  "guest",
  "onPremises",
  "encrypted",
  "azureCommunicationServicesUser",
  "acsUser",
  "spoolUser",
  "phone",
  "applicationInstance",
  "acsApplicationInstance",
  "spoolApplicationInstance",
  "application",
  "conversation",
  "device",
]

const IDENTITY = "STRUCT(id VARCHAR)"
const PERSON = `associatedIdentity ${IDENTITY}, "identity" STRUCT(${IDENTITY_KINDS.map((kind) => `"${kind}" ${IDENTITY}`).join(", ")})`
const ENDPOINT = `STRUCT(userAgent STRUCT(platform VARCHAR, productFamily VARCHAR, "role" VARCHAR), ${PERSON})`
const FAILURE = "STRUCT(stage VARCHAR, reason VARCHAR)"
const SEGMENT = `STRUCT(failureInfo ${FAILURE}, caller STRUCT(${PERSON}), callee STRUCT(${PERSON}))`

const SESSION_COLUMNS = {
  id: "VARCHAR",
  modalities: "VARCHAR[]",
  // Nanoseconds keep all seven digits; a text that is no instant becomes null.
  startDateTime: "TIMESTAMP_NS",
  endDateTime: "TIMESTAMP_NS",
  // As JSON, so that a text in place of a boolean is seen.
  isTest: "JSON",
  failureInfo: FAILURE,
  caller: ENDPOINT,
  callee: ENDPOINT,
  segments: `${SEGMENT}[]`,
}
const SESSION = `STRUCT(${Object.entries(SESSION_COLUMNS)
  .map(([name, type]) => `${name} ${type}`)
  .join(", ")})`
const CALL_RECORD_COLUMNS = {
  id: "VARCHAR",
  version: "BIGINT",
  type: "VARCHAR",
  lastModifiedDateTime: "TIMESTAMP_NS",
  sessions: `${SESSION}[]`,
}

/** The statements that make the table `session` of a file whose size is known. */
export function loadStatements(file: string, layout: AuditLayout, fileBytes: number): string[] {
  return [
    ...MACROS,
    `CREATE TABLE session AS
SELECT * EXCLUDE (caller_id, callee_id, test_text), person_id(caller_id) AS caller, person_id(callee_id) AS callee,
  id <> '' AND modality_text IS NOT NULL AND start_tick IS NOT NULL AND end_tick IS NOT NULL AND coalesce(test_text IN ('true', 'false', 'null'), true) AS ok
FROM (SELECT ${FACTS.join(",\n  ")}
FROM ${sourceOf(file, layout, fileBytes)})`,
    // Exact sets are few, so their names are looked at once each.
    `CREATE TABLE modality_set AS
SELECT modality_text, coalesce(bit_or(1 << coalesce(list_position(${MODALITY_LIST}, lower(name)), ${MODALITIES.length}) - 1) FILTER (name <> ''), 0) AS bits
FROM (SELECT modality_text, unnest(string_split(modality_text, ' ')) AS name FROM (SELECT DISTINCT modality_text FROM session WHERE ok))
GROUP BY modality_text`,
  ]
}

/** In the order of the model; the last stands for what the model does not know. */
const MODALITIES = [
  "unknown",
  "audio",
  "video",
  "videobasedscreensharing",
  "data",
  "screensharing",
  "unknownfuturevalue",
]
const MODALITY_LIST = `[${MODALITIES.map((name) => `'${name}'`).join(", ")}]`

/** An id as a key: GUIDs in lower case; null where it stands for nobody in particular. */
const MACROS = [
  `CREATE MACRO guid_key(id) AS CASE WHEN length(id) = 36 THEN lower(id) ELSE id END`,
  `CREATE MACRO person_id(id) AS CASE
  WHEN length(id) = 36 THEN nullif(lower(id), '00000000-0000-0000-0000-000000000000')
  WHEN id = '' OR contains(id, '***') OR lower(id) IN ('anonymous', 'restricted', 'withheld', 'private', 'unavailable') THEN NULL
  WHEN length(id) = 44 AND starts_with(id, '8:orgid:') THEN lower(id[9:])
  ELSE id END`,
  `CREATE MACRO first_id(side) AS coalesce(${["associatedIdentity", ...IDENTITY_KINDS.map((kind) => `"identity"."${kind}"`)].map((path) => `nullif(side.${path}.id, '')`).join(", ")})`,
  `CREATE MACRO has_failed(info) AS coalesce(nullif(info.stage, ''), nullif(info.reason, '')) IS NOT NULL`,
]

/** The columns of `session`: the facts that figures and duplicates need, as callsift keeps them. */
const FACTS = [
  "guid_key(call) AS call",
  "call_type",
  "version",
  "modified",
  "guid_key(id) AS id",
  "epoch_ns(startDateTime) // 100 AS start_tick",
  "epoch_ns(endDateTime) // 100 AS end_tick",
  "array_to_string(modalities, ' ') AS modality_text",
  "isTest::VARCHAR AS test_text",
  "coalesce(isTest::VARCHAR = 'true', false) AS is_test",
  "coalesce(first_id(caller), first_id(segments[1].caller)) AS caller_id",
  "coalesce(first_id(callee), first_id(segments[1].callee)) AS callee_id",
  "nullif(failureInfo.stage, '') AS stage",
  "nullif(failureInfo.reason, '') AS reason",
  "has_failed(failureInfo) AS failed",
  "len(list_filter(segments, lambda segment: has_failed(segment.failureInfo))) > 0 AS segment_failed",
  ...["caller", "callee"].flatMap((side) => [
    `${side}.userAgent.platform AS ${side}_platform`,
    `${side}.userAgent.productFamily AS ${side}_family`,
    `${side}.userAgent."role" AS ${side}_role`,
  ]),
]

const NO_CALL =
  "NULL::VARCHAR AS call, NULL::VARCHAR AS call_type, NULL::BIGINT AS version, NULL::TIMESTAMP_NS AS modified"

/** DuckDB's own default; buffers follow this size, so it is no larger than it must be. */
const DEFAULT_OBJECT_BYTES = 16 * 1024 * 1024

/** One row for each session, beside what its callRecord says. */
function sourceOf(file: string, layout: AuditLayout, fileBytes: number): string {
  switch (layout) {
    case "ndjson":
      return `(SELECT ${NO_CALL}, * FROM ${readJson(file, "newline_delimited", SESSION_COLUMNS)})`
    case "array":
      return `(SELECT ${NO_CALL}, * FROM ${readJson(file, "array", SESSION_COLUMNS)})`
    case "odata-page":
      // A page is one object that is as large as the file, with room for what ends it.
      return `(SELECT ${NO_CALL}, each.* FROM (
  SELECT unnest(value) AS each FROM ${readJson(file, "unstructured", { value: `${SESSION}[]` }, Math.max(DEFAULT_OBJECT_BYTES, fileBytes + 1024))}))`
    case "callRecords":
      return sessionsOfCalls(readJson(file, "array", CALL_RECORD_COLUMNS))
    case "callRecords-ndjson":
      return sessionsOfCalls(readJson(file, "newline_delimited", CALL_RECORD_COLUMNS))
  }
}

function sessionsOfCalls(records: string): string {
  return `(SELECT call, call_type, version, modified, each.* FROM (
  SELECT id AS call, type AS call_type, version, lastModifiedDateTime AS modified, unnest(sessions) AS each FROM ${records}))`
}

function readJson(
  file: string,
  format: string,
  columns: Readonly<Record<string, string>>,
  maximumObjectBytes = DEFAULT_OBJECT_BYTES,
): string {
  const list = Object.entries(columns)
    .map(([name, type]) => `"${name}": ${quoted(type)}`)
    .join(", ")
  // Errors are passed over as nulls only where a line is a row; an array must be whole.
  const ignoresErrors = format === "newline_delimited"
  return `read_json(${quoted(file)}, format = '${format}', columns = {${list}}, ignore_errors = ${ignoresErrors}, maximum_object_size = ${maximumObjectBytes})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
