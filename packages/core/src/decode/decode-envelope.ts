/** An envelope that closed: its skeleton is parsed and gives its sessions their call. */
import { FramingVerdict, ListKey } from "../framing/block.ts"
import type { BlockOutput } from "./block-output.ts"
import { readEnvelope } from "./envelope.ts"
import type { Item, ItemBytes } from "./item.ts"
import { parsed } from "./plain-envelope.ts"
import { reason, type RejectReason } from "./reject.ts"
import { findSyntaxFault } from "./syntax-fault.ts"
import { callRecordFinding } from "./text-findings.ts"
import { completeProperties } from "./tokens.ts"

/** Decodes an item of kind `envelope`. */
export function decodeEnvelope(item: Item, bytes: ItemBytes, output: BlockOutput): void {
  const skeleton = readSkeleton(item, bytes)
  if (skeleton.fault !== null && rejectLine(item, skeleton.fault, bytes, output)) return
  if (skeleton.fault !== null) output.addEnvelopeFault(faultOffset(item, skeleton.text), skeleton.fault.message)
  const { content, fault } = readEnvelope(skeleton.value, item.listKey)
  const { byteOffset, byteLength, line, record, parent, elementCount } = item
  output.addEnvelope({ ...content, hasList: true, parent, elementCount, byteOffset, byteLength, line, record })
  if (fault !== null) output.addFinding(item, "call/off-model", fault.pointer, fault.message, byteOffset)
  if (!skeleton.isWhole || item.listKey !== ListKey.sessions) return
  const repeated = callRecordFinding(skeleton.text, skeleton.value, item.memberCount)
  if (repeated !== null) output.addFinding(item, repeated.code, repeated.pointer, repeated.message, byteOffset)
}

/** What stands around the list. */
interface ReadSkeleton {
  readonly text: string
  /** Parsed; of one that is cut off or no JSON, the properties that stand whole. */
  readonly value: unknown
  readonly isWhole: boolean
  /** Why it is no JSON; null also where it was cut off with the input, which is said of the input. */
  readonly fault: RejectReason | null
}

function readSkeleton(item: Item, bytes: ItemBytes): ReadSkeleton {
  const text = bytes.text(item)
  const isCut = item.verdict === FramingVerdict.truncated || item.verdict === FramingVerdict.malformed
  if (isCut) return { text, value: completeProperties(text), isWhole: false, fault: null }
  const known = faultOf(item, bytes)
  const value = known === null ? parsed(text) : undefined
  if (value !== undefined) return { text, value, isWhole: true, fault: null }
  const fault = known ?? reason("json/malformed", notJson(item))
  return { text, value: completeProperties(text), isWhole: false, fault }
}

/** What is known against a skeleton before it is parsed. */
function faultOf(item: Item, bytes: ItemBytes): RejectReason | null {
  if (item.verdict === FramingVerdict.tooLarge)
    return reason("json/too-large", "what stands around the sessions is larger than the limit; raise --max-record")
  if (!bytes.isUtf8(item)) return reason("json/invalid-utf8", "what stands around the sessions is not valid UTF-8")
  if (item.verdict === FramingVerdict.tooDeep)
    return reason("json/too-deep", "what stands around the sessions is nested deeper than the limit; raise --max-depth")
  return null
}

function notJson({ listKey }: Item): string {
  return `what stands around the sessions of ${listKey === ListKey.sessions ? "a callRecord" : "a page"} is not valid JSON`
}

/**
 * In NDJSON such an envelope costs its line. False in documents, and in a line that is longer than any record (its
 * envelopes have digests): there what was framed stays, whatever the blocks.
 */
function rejectLine(item: Item, fault: RejectReason, bytes: ItemBytes, output: BlockOutput): boolean {
  const whole = output.isLines && item.digest < 0 ? bytes.wholeOf(item) : null
  if (whole !== null) output.rejectEnvelope(item, whole, fault)
  return whole !== null
}

/** Where the fault lies in the stream: the list was taken out of the skeleton at `holeAt`. */
function faultOffset(item: Item, text: string): number {
  if (item.at < 0) return item.byteOffset
  const at = Buffer.byteLength(text.slice(0, findSyntaxFault(text).characterIndex))
  return at < item.holeAt ? item.byteOffset + at : item.byteOffset + at + (item.byteLength - item.keptBytes)
}
