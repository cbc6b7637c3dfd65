/**
 * How an export lays out its calls and sessions in one file: texts that stand before, between and after sessions, so
 * that a layout of any size streams.
 *
 * | layout | what it is |
 * | --- | --- |
 * | ndjson | sessions, one a line |
 * | array | one array of sessions |
 * | odata-page | one page with all sessions in `value`, which names no call |
 * | pages-ndjson | pages of a call's sessions, 20 at most, one a line, with `@odata.nextLink` where more follow |
 * | pages-array | the same pages in one array |
 * | concatenated | the same pages, over several lines each, one after the other |
 * | callRecords | one array of callRecords with their sessions |
 * | callRecords-ndjson | callRecords with their sessions, one a line |
 * | callRecord | one callRecord that holds all sessions |
 * | batch | answers of `$batch`, 20 callRecords each, one a line |
 * | messages | of each call one message without sessions, then one for each session, one a line |
 * | rows | rows of a table with call id and session, one a line |
 *
 * The first three hold no call ids, so each session is a call of its own there.
 */
import { jsonText } from "./byte-text.ts"
import {
  extentOf,
  extentWith,
  nextLinkOf,
  type CallCopy,
  type CallRecordWriter,
  type Extent,
} from "./call-record-text.ts"
import type { CallFaultCode } from "./anomalies.ts"
import type { LayoutName } from "./layout-names.ts"

/** The texts of one export, asked for in order. */
export interface Layout {
  /** What can be wrong with calls and pages here. */
  readonly callFaults: readonly CallFaultCode[]
  readonly head: string
  readonly before: (copy: CallCopy) => string
  /** Between session `index` − 1 and session `index` of a call. */
  readonly between: (copy: CallCopy, index: number) => string
  readonly after: (copy: CallCopy) => string
  readonly betweenCalls: () => string
  /** What ends an export of any call or of none. */
  readonly tail: (callCount: number) => string
}

const CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords"
const SESSIONS_CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.callRecords.session)"
/** The most sessions of one page. */
export const PAGE_SESSIONS = 20
const BATCH_ANSWERS = 20
const RECORD_FAULTS = [
  "call/off-model",
  "call/session-outside-call",
  "call/incomplete-pages",
  "session/superseded",
] as const
const PAGE_FAULTS = ["call/incomplete-pages", "export/count-mismatch"] as const

/** A fresh layout of that name; it counts what it has laid out and is of use once. */
export function createLayout(name: LayoutName, records: CallRecordWriter): Layout {
  return LAYOUTS[name](records)
}

const LAYOUTS: Record<LayoutName, (records: CallRecordWriter) => Layout> = {
  ndjson: () => sessionList("", "\n", "\n"),
  array: () => sessionList("[", ",", "]"),
  "odata-page": () => sessionList(`{"@odata.context":${jsonText(SESSIONS_CONTEXT)},"value":[`, ",", "]}"),
  "pages-ndjson": () => pages(COMPACT_PAGE, "", "\n", "\n"),
  "pages-array": () => pages(COMPACT_PAGE, "[", ",", "]"),
  concatenated: () => pages(LINED_PAGE, "", "\n", "\n"),
  callRecords: (records) => callRecords(records, "[", ",", "]"),
  "callRecords-ndjson": (records) => callRecords(records, "", "\n", "\n"),
  callRecord: oneCallRecord,
  batch,
  messages,
  rows,
}

/** What ends the last line; nothing ends the line of nothing. */
const endOf = (tail: string) => (callCount: number) => (tail === "\n" && callCount === 0 ? "" : tail)

function sessionList(head: string, separator: string, tail: string): Layout {
  return {
    callFaults: [],
    head,
    before: () => "",
    between: () => separator,
    after: () => "",
    betweenCalls: () => separator,
    tail: endOf(tail),
  }
}

/** How one page is written around its sessions. */
interface PageStyle {
  readonly open: (callId: string, count: number | null) => string
  readonly separator: string
  readonly close: (nextLink: string | null) => string
}

const pageContext = (callId: string): string => jsonText(`${CONTEXT}('${callId}')/sessions`)
const COMPACT_PAGE: PageStyle = {
  open: (callId, count) =>
    `{"@odata.context":${pageContext(callId)},${count === null ? "" : `"@odata.count":${count},`}"value":[`,
  separator: ",",
  close: (nextLink) => (nextLink === null ? "]}" : `],"@odata.nextLink":${jsonText(nextLink)}}`),
}
const LINED_PAGE: PageStyle = {
  open: (callId, count) =>
    `{\n  "@odata.context": ${pageContext(callId)},\n${count === null ? "" : `  "@odata.count": ${count},\n`}  "value": [\n    `,
  separator: ",\n    ",
  close: (nextLink) => (nextLink === null ? "\n  ]\n}" : `\n  ],\n  "@odata.nextLink": ${jsonText(nextLink)}\n}`),
}

/** Pages of at most 20 sessions of one call; all but the last name the next. */
function pages(style: PageStyle, head: string, separator: string, tail: string): Layout {
  const open = ({ call, legs, fault }: CallCopy): string =>
    style.open(call.id, fault === "export/count-mismatch" ? legs.length + 1 : null)
  return {
    callFaults: PAGE_FAULTS,
    head,
    before: open,
    between: (copy, index) =>
      index % PAGE_SESSIONS === 0
        ? `${style.close(nextLinkOf(copy.call.id, index / PAGE_SESSIONS))}${separator}${open(copy)}`
        : style.separator,
    after: ({ call, fault }) => style.close(fault === "call/incomplete-pages" ? nextLinkOf(call.id, 99) : null),
    betweenCalls: () => separator,
    tail: endOf(tail),
  }
}

function callRecords(records: CallRecordWriter, head: string, separator: string, tail: string): Layout {
  let after = ""
  return {
    callFaults: RECORD_FAULTS,
    head,
    before: (copy) => {
      const around = records.around(copy)
      after = around.after
      return around.before
    },
    between: () => ",",
    after: () => after,
    betweenCalls: () => separator,
    tail: endOf(tail),
  }
}

/** The dates of the one call are known at the end only, so they stand there. */
function oneCallRecord(records: CallRecordWriter): Layout {
  let first: CallCopy | null = null
  let extent: Extent = extentOf([])
  return {
    callFaults: [],
    head: '{"sessions":[',
    before: (copy) => {
      first ??= { ...copy, call: { ...copy.call, type: "groupCall" } }
      extent = extentWith(extent, extentOf(copy.legs))
      return ""
    },
    between: () => ",",
    after: () => "",
    betweenCalls: () => ",",
    tail: () => (first === null ? "]}" : `],${records.alone(first, extent).slice(1)}`),
  }
}

/** Answers of several requests at once; one that found nothing carries an error body. */
function batch(records: CallRecordWriter): Layout {
  const inner = callRecords(records, "", "", "")
  let answerCount = 0
  const open = (): string => {
    answerCount += 1
    return `${answerCount === 1 ? '{"responses":[' : ""}{"id":"${answerCount}",`
  }
  return {
    ...inner,
    callFaults: [...RECORD_FAULTS, "export/error-response"],
    before: (copy) => {
      const failed = copy.fault === "export/error-response" ? `${open()}${NOT_FOUND_ANSWER},` : ""
      return `${failed}${open()}"status":200,"headers":{"Content-Type":"application/json"},"body":${inner.before(copy)}`
    },
    after: (copy) => `${inner.after(copy)}}`,
    betweenCalls: () => {
      // Two answers may come of one call, so one place is left.
      if (answerCount < BATCH_ANSWERS - 1) return ","
      answerCount = 0
      return "]}\n"
    },
    tail: (callCount) => (callCount === 0 ? '{"responses":[]}\n' : "]}\n"),
  }
}

const NOT_FOUND_ANSWER =
  '"status":404,"headers":{"Content-Type":"application/json"},"body":{"error":{"code":"NotFound","message":""}}}'

const messageHead = ({ call }: CallCopy): string => `{"id":"${call.id}","sessions":[`

function messages(records: CallRecordWriter): Layout {
  return {
    callFaults: ["call/off-model", "call/session-outside-call"],
    head: "",
    before: (copy) => `${records.alone(copy)}\n${messageHead(copy)}`,
    between: (copy) => `]}\n${messageHead(copy)}`,
    after: () => "]}",
    betweenCalls: () => "\n",
    tail: endOf("\n"),
  }
}

function rows(): Layout {
  const open = ({ call }: CallCopy): string => `{"callid":"${call.id}","session":[`
  return {
    callFaults: [],
    head: "",
    before: open,
    between: (copy) => `]}\n${open(copy)}`,
    after: () => "]}",
    betweenCalls: () => "\n",
    tail: endOf("\n"),
  }
}
