/**
 * The layouts in which exports lie on disk: each lays the same calls out in one file or several. What an export can
 * tell depends on what its layout carries, so figures are the same among layouts that carry the same.
 */
import * as fc from "fast-check"
import type { Call, ExportModel } from "./export.ts"
import type { Json, JsonObject } from "./json.ts"
import { powerShellRecord, powerShellSession } from "./powershell.ts"
import { encoded, inKeyOrder, printed, type TextStyle } from "./text-style.ts"
import type { Session } from "./session.ts"

/** One file of an export. */
export interface ExportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** `records`: whole callRecords; `call-ids`: sessions with the ids of their calls; `sessions`: sessions alone. */
export type Carries = "records" | "call-ids" | "sessions"

/** One way to lay calls out. */
export interface ExportLayout {
  readonly name: string
  readonly carries: Carries
  readonly files: (model: ExportModel, style: TextStyle) => readonly ExportFile[]
}

const SERVICE = "https://graph.microsoft.com/v1.0"
const PAGE_SESSIONS = 2
const BATCH_ANSWERS = 3

const record = ({ head, sessions }: Call): JsonObject => ({ ...head, sessions })
/** The same with the id last, after the sessions. */
const recordIdLast = ({ head: { id, ...head }, sessions }: Call): JsonObject => ({ sessions, ...head, id })
const page = ({ head }: Call, sessions: readonly Session[]): JsonObject => ({
  "@odata.context": `${SERVICE}/$metadata#communications/callRecords('${head.id}')/sessions`,
  value: sessions,
})

/** The sessions of a call in pages of two; all but the last page name the next. */
function pagesOf(call: Call): JsonObject[] {
  const pages: JsonObject[] = []
  for (let index = 0; index < call.sessions.length; index += PAGE_SESSIONS) {
    const isLast = index + PAGE_SESSIONS >= call.sessions.length
    const nextLink = `${SERVICE}/communications/callRecords/${call.head.id}/sessions?$skiptoken=${index}`
    pages.push({
      ...page(call, call.sessions.slice(index, index + PAGE_SESSIONS)),
      ...(isLast ? {} : { "@odata.nextLink": nextLink }),
    })
  }
  return pages
}

function batches(calls: readonly Call[]): JsonObject[] {
  const answers = calls.map((call, index) => ({ id: String(index + 1), status: 200, headers: {}, body: record(call) }))
  const result: JsonObject[] = []
  for (let index = 0; index < answers.length; index += BATCH_ANSWERS) {
    result.push({ responses: answers.slice(index, index + BATCH_ANSWERS) })
  }
  return result
}

const sessionsOf = ({ calls }: ExportModel): Session[] => calls.flatMap(({ sessions }) => sessions)

/** One JSON document a file. */
const documents =
  (values: (model: ExportModel) => readonly (readonly [name: string, value: Json])[]) =>
  (model: ExportModel, style: TextStyle): ExportFile[] =>
    values(model).map(([name, value]) => ({ name, bytes: encoded(printed(inKeyOrder(value, style), style), style) }))

const document = (value: (model: ExportModel) => Json) => documents((model) => [["export.json", value(model)]])

/** One value a line. */
const lines =
  (values: (model: ExportModel) => readonly Json[]) =>
  (model: ExportModel, style: TextStyle): ExportFile[] => {
    const texts = values(model).map((value) => JSON.stringify(inKeyOrder(value, style)))
    const end = style.hasFinalLineEnd && texts.length > 0 ? style.lineEnd : ""
    return [{ name: "export.ndjson", bytes: encoded(texts.join(style.lineEnd) + end, style) }]
  }

/** Documents one after the other, as `>>` leaves them. */
const concatenated =
  (values: (model: ExportModel) => readonly Json[]) =>
  (model: ExportModel, style: TextStyle): ExportFile[] => {
    const texts = values(model).map((value) => printed(inKeyOrder(value, style), style))
    return [{ name: "export.json", bytes: encoded(texts.join(style.indent === 0 ? "" : style.lineEnd), style) }]
  }

/** All layouts that are read, by the rows of the documentation of inputs. */
export const LAYOUTS: readonly ExportLayout[] = [
  { name: "array of callRecords", carries: "records", files: document(({ calls }) => calls.map(record)) },
  { name: "callRecords, id last", carries: "records", files: document(({ calls }) => calls.map(recordIdLast)) },
  {
    name: "page of callRecords",
    carries: "records",
    files: document(({ calls }) => ({
      "@odata.context": `${SERVICE}/$metadata#communications/callRecords`,
      value: calls.map(record),
    })),
  },
  { name: "NDJSON of callRecords", carries: "records", files: lines(({ calls }) => calls.map(record)) },
  { name: "concatenated callRecords", carries: "records", files: concatenated(({ calls }) => calls.map(record)) },
  {
    name: "one file per callRecord",
    carries: "records",
    files: documents(({ calls }) => calls.map((call, index): [string, Json] => [`${index}.json`, record(call)])),
  },
  { name: "NDJSON of $batch answers", carries: "records", files: lines(({ calls }) => batches(calls)) },
  { name: "concatenated $batch answers", carries: "records", files: concatenated(({ calls }) => batches(calls)) },
  {
    name: "call and sessions in files of their own",
    carries: "records",
    files: documents(({ calls }) =>
      calls.flatMap((call, index): [string, Json][] => [
        [`${index}_call_v${call.head.version}.json`, call.head],
        [`${index}_sessions_v${call.head.version}.json`, page(call, call.sessions)],
      ]),
    ),
  },
  {
    name: "messages, one a session",
    carries: "records",
    files: lines(({ calls }) =>
      calls.flatMap(({ head, sessions }) => [
        head,
        ...sessions.map((session) => ({ id: head.id, sessions: [session] })),
      ]),
    ),
  },
  {
    name: "PowerShell, array of callRecords",
    carries: "records",
    files: document(({ calls }) => calls.map(powerShellRecord)),
  },
  {
    name: "array of pages",
    carries: "call-ids",
    files: document(({ calls }) => calls.flatMap(pagesOf)),
  },
  { name: "NDJSON of pages", carries: "call-ids", files: lines(({ calls }) => calls.flatMap(pagesOf)) },
  { name: "concatenated pages", carries: "call-ids", files: concatenated(({ calls }) => calls.flatMap(pagesOf)) },
  {
    name: "one file per page",
    carries: "call-ids",
    files: documents(({ calls }) =>
      calls.flatMap((call, index) =>
        pagesOf(call).map((each, number): [string, Json] => [`${index}_${number}.json`, each]),
      ),
    ),
  },
  {
    name: "rows of a table",
    carries: "call-ids",
    files: lines(({ calls }) =>
      calls.flatMap(({ head, sessions }) => sessions.map((session) => ({ callid: head.id, session: [session] }))),
    ),
  },
  {
    name: "rows of a table, sessions as text",
    carries: "call-ids",
    files: lines(({ calls }) =>
      calls.flatMap(({ head, sessions }) =>
        sessions.map((session) => ({ callid: head.id, session: JSON.stringify([session]) })),
      ),
    ),
  },
  {
    // The call ids stand in a column of their own, which is not read.
    name: "answer of a query",
    carries: "sessions",
    files: document(({ calls }) => ({
      Tables: [
        {
          TableName: "Table_0",
          Columns: [{ ColumnName: "callid" }, { ColumnName: "session" }],
          Rows: calls.map(({ head, sessions }) => [head.id, sessions]),
        },
      ],
    })),
  },
  { name: "array of sessions", carries: "sessions", files: document(sessionsOf) },
  { name: "NDJSON of sessions", carries: "sessions", files: lines(sessionsOf) },
  { name: "concatenated sessions", carries: "sessions", files: concatenated(sessionsOf) },
  {
    name: "page without a call",
    carries: "sessions",
    files: document((model) => ({ value: sessionsOf(model) })),
  },
  {
    name: "PowerShell, array of sessions",
    carries: "sessions",
    files: document((model) => sessionsOf(model).map(powerShellSession)),
  },
  {
    name: "PowerShell 5.1 wrapper",
    carries: "sessions",
    files: document((model) => ({ value: sessionsOf(model), Count: sessionsOf(model).length })),
  },
]

/** The layouts that carry the same. */
export function layoutsThatCarry(carries: Carries): readonly ExportLayout[] {
  return LAYOUTS.filter((layout) => layout.carries === carries)
}

/** Any two layouts that carry the same. */
export const layoutPair: fc.Arbitrary<readonly [ExportLayout, ExportLayout]> = fc
  .constantFrom<Carries>("records", "call-ids", "sessions")
  .chain((carries) =>
    fc.tuple(fc.constantFrom(...layoutsThatCarry(carries)), fc.constantFrom(...layoutsThatCarry(carries))),
  )
