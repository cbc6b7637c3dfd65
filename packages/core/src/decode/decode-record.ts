/** An element of a `sessions` list, or a whole value of the sequence, which is judged by its content. */
import { ItemKind, NO_ENVELOPE } from "../framing/block.ts"
import type { BlockOutput, SessionPlace } from "./block-output.ts"
import { decodeSession, type SessionWalk } from "./decode-session.ts"
import { readEnvelope } from "./envelope.ts"
import type { Item, ItemBytes } from "./item.ts"
import { judge } from "./judge.ts"
import { sessionsInTables, sessionsInText, type NestedSessions } from "./nested-sessions.ts"
import { parseItem } from "./parse.ts"
import { reason } from "./reject.ts"
import { callRecordFinding, textFindings } from "./text-findings.ts"

const WHOLE: SessionPlace = { sessionIndex: -1, pointer: "" }

/** Decodes an item of kind `session` or `record`. */
export function decodeRecord(item: Item, bytes: ItemBytes, output: BlockOutput): void {
  const place =
    item.kind === ItemKind.session ? { sessionIndex: item.number, pointer: `/sessions/${item.number}` } : WHOLE
  const parsed = parseItem(item, bytes)
  if (!parsed.ok) return output.addReject(item, place, parsed.reason)
  if (item.kind === ItemKind.session)
    return addDecoded(item, place, decodeSession(parsed.value, output.limits), parsed.text, parsed.value, output)
  decodeJudged(item, parsed.value, parsed.text, output)
}

function decodeJudged(item: Item, value: unknown, text: string, output: BlockOutput): void {
  const judgement = judge(value)
  switch (judgement.kind) {
    case "session":
    case "not-an-object":
      return addDecoded(item, WHOLE, decodeSession(value, output.limits), text, value, output)
    case "callRecord":
      return addCallRecord(item, value, text, output)
    case "nested":
      addCallRecord(item, value, text, output)
      return addNested(
        inItself(item),
        sessionsInText(value, judgement.property, output.limits.maxDepth),
        `/${judgement.property}`,
        output,
      )
    case "no-list":
      addCallRecord(item, value, text, output)
      return output.addReject(inItself(item), WHOLE, reason("session/wrong-type", NO_LIST, `/${judgement.property}`))
    case "table":
      return addNested(item, sessionsInTables(value, output.limits.maxDepth), "/Tables", output)
    case "error":
      return addErrorBody(item, output)
    case "foreign":
      return addForeign(item, "unsupported", judgement.message, output)
    default:
      return addForeign(item, "unknown", "the value is neither a session nor a callRecord, nor a page of such", output)
  }
}

const NO_LIST =
  "the sessions of the callRecord are no list, so they are lost; export it again (in PowerShell by ConvertTo-Json -Depth 100)"

function addDecoded(
  item: Item,
  place: SessionPlace,
  { memberCount, session }: SessionWalk,
  text: string,
  parsed: unknown,
  output: BlockOutput,
): void {
  if (!session.ok) return output.addReject(item, place, session)
  // The framer counted all members, the walk those that are left after parsing: a difference is keys that stand twice.
  const inText = textFindings(text, parsed, memberCount !== item.memberCount)
  output.addSession(
    item,
    place,
    inText.length === 0 ? session : { ...session, findings: [...inText, ...session.findings] },
  )
}

function addCallRecord(item: Item, value: unknown, text: string, output: BlockOutput): void {
  const { content, fault } = readEnvelope(value, -1)
  const { byteOffset, byteLength, line, record, parent } = item
  output.addEnvelope({
    ...content,
    hasList: false,
    parent,
    elementCount: 0,
    byteOffset,
    byteLength,
    line,
    record,
  })
  if (fault !== null) output.addFinding(item, "call/off-model", fault.pointer, fault.message, byteOffset)
  const repeated = callRecordFinding(text, value, item.memberCount)
  if (repeated !== null) output.addFinding(item, repeated.code, repeated.pointer, repeated.message, byteOffset)
}

/** A callRecord that is no envelope names the call of what is said of its own bytes, as an envelope does. */
function inItself(item: Item): Item {
  return { ...item, parent: item.byteOffset }
}

/** Sessions that have no bytes of their own in the input: their evidence is the record's. */
function addNested(item: Item, nested: NestedSessions, pointer: string, output: BlockOutput): void {
  if (!nested.ok) return output.addReject(item, WHOLE, reason(nested.code, NESTED_FAULTS[nested.code], pointer))
  nested.sessions.forEach((value, index) => {
    const { session } = decodeSession(value, output.limits)
    const place = { sessionIndex: index, pointer }
    if (session.ok)
      output.addSession(item, place, {
        ...session,
        findings: session.findings.map((finding) => ({ ...finding, pointer: "" })),
      })
    else output.addReject(item, place, { ...session, pointer: null })
  })
}

const NESTED_FAULTS = {
  "json/malformed": "the text that should hold sessions is not valid JSON",
  "json/too-deep": "the text that holds sessions is nested deeper than the limit; raise --max-depth to read it",
} as const

function addErrorBody(item: Item, output: BlockOutput): void {
  const message = "an error that Microsoft Graph answered stands where a record should be; request it again"
  output.addFinding(item, "export/error-response", "/error", message, item.parent)
  if (item.parent !== NO_ENVELOPE) return
  const { record, byteOffset } = item
  output.addForeign({
    shape: "graph-error",
    record,
    byteOffset,
    reject: null,
    message: "the input is an error that Microsoft Graph answered, saved as if it were a record; request it again",
  })
}

function addForeign(item: Item, shape: "unsupported" | "unknown", message: string, output: BlockOutput): void {
  const { record, byteOffset } = item
  const reject = output.reject(item, WHOLE, reason("session/missing-property", message))
  output.addForeign({ shape, record, byteOffset, message, reject })
}
