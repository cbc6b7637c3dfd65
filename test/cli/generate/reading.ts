/** Reads generated exports back with nothing but `JSON.parse`. */
import { generateExport, type GenerateOptions, type LayoutName } from "#cli/generate/index.ts"

export interface ReadSession {
  readonly id: string
  readonly startDateTime: string
  readonly endDateTime: string
  readonly modalities: readonly string[]
  readonly segments?: readonly { readonly startDateTime: string; readonly endDateTime: string }[]
}

/** One session and the call that its surroundings name. */
export interface ReadRow {
  readonly callId: string | null
  readonly session: ReadSession
}

/** The bytes of an export. */
export function bytesOf(options: GenerateOptions): Buffer {
  return Buffer.concat([...generateExport(options)])
}

/** The text of an export; throws where it is no UTF-8. */
export function textOf(options: GenerateOptions): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(options))
}

/** All sessions of a sound export, in order. */
export function rowsOf(layout: LayoutName, text: string): ReadRow[] {
  return READERS[layout](text)
}

interface RecordDocument {
  readonly id: string
  readonly sessions?: readonly ReadSession[]
}
interface PageDocument {
  readonly "@odata.context": string
  readonly value: readonly ReadSession[]
}
interface RowDocument {
  readonly callid: string
  readonly session: readonly ReadSession[]
}

const lines = <Document>(text: string): Document[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Document => JSON.parse(line))
const document = <Document>(text: string): Document => JSON.parse(text)
const ofCall = (callId: string | null, sessions: readonly ReadSession[]): ReadRow[] =>
  sessions.map((session) => ({ callId, session }))
const ofRecord = ({ id, sessions }: RecordDocument): ReadRow[] => ofCall(id, sessions ?? [])
const ofPage = (page: PageDocument): ReadRow[] =>
  ofCall(/callRecords\('([^']+)'\)\/sessions/.exec(page["@odata.context"])?.[1] ?? null, page.value)
const ofRow = ({ callid, session }: RowDocument): ReadRow[] => ofCall(callid, session)

const READERS: Record<LayoutName, (text: string) => ReadRow[]> = {
  ndjson: (text) => ofCall(null, lines<ReadSession>(text)),
  array: (text) => ofCall(null, document<ReadSession[]>(text)),
  "odata-page": (text) => ofPage(document(text)),
  "pages-ndjson": (text) => lines<PageDocument>(text).flatMap(ofPage),
  "pages-array": (text) => document<PageDocument[]>(text).flatMap(ofPage),
  concatenated: (text) => document<PageDocument[]>(`[${text.replaceAll("\n}\n{\n", "\n},{\n")}]`).flatMap(ofPage),
  callRecords: (text) => document<RecordDocument[]>(text).flatMap(ofRecord),
  "callRecords-ndjson": (text) => lines<RecordDocument>(text).flatMap(ofRecord),
  callRecord: (text) => ofRecord(document(text)),
  batch: (text) =>
    lines<{ responses: { body: RecordDocument }[] }>(text).flatMap(({ responses }) =>
      responses.flatMap(({ body }) => ofRecord(body)),
    ),
  messages: (text) => lines<RecordDocument>(text).flatMap(ofRecord),
  rows: (text) => lines<RowDocument>(text).flatMap(ofRow),
}
