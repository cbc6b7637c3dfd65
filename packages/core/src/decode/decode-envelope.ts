/** An envelope that closed: its skeleton is parsed and gives its sessions their call. */
import { FramingVerdict, ListKey } from "../framing/block.ts"
import type { BlockOutput } from "./block-output.ts"
import { readEnvelope } from "./envelope.ts"
import type { Item, ItemBytes } from "./item.ts"
import { INVALID_UTF8, reason } from "./reject.ts"
import { findSyntaxFault } from "./syntax-fault.ts"
import { completeProperties } from "./tokens.ts"

/** Decodes an item of kind `envelope`. */
export function decodeEnvelope(item: Item, bytes: ItemBytes, output: BlockOutput): void {
  const value = skeletonValue(item, bytes, output)
  if (value === undefined) return
  const { content, fault } = readEnvelope(value, item.listKey)
  const { byteOffset, byteLength, line, record, parent, elementCount, number } = item
  output.addEnvelope({ ...content, envelope: number, parent, elementCount, byteOffset, byteLength, line, record })
  if (fault !== null) output.addFinding(item, "call/off-model", fault.pointer, fault.message, number)
}

/** The skeleton parsed; what could be read of it where the envelope was cut off; undefined where its line is rejected. */
function skeletonValue(item: Item, bytes: ItemBytes, output: BlockOutput): unknown {
  const isCut = item.verdict === FramingVerdict.truncated || item.verdict === FramingVerdict.malformed
  const text = bytes.text(item)
  if (isCut) return completeProperties(text)
  if (item.verdict === FramingVerdict.none && bytes.isUtf8(item)) {
    try {
      return JSON.parse(text) as unknown
    } catch {
      // Not JSON: said below, with the place.
    }
  }
  // In a line that is longer than any record (its envelopes have digests) what was framed stays, whatever the blocks.
  const whole = output.isLines && item.digest < 0 ? bytes.wholeOf(item) : null
  if (whole !== null) {
    output.rejectEnvelope(
      item,
      whole,
      bytes.isUtf8(item) ? reason("json/malformed", faultMessage(item, bytes)) : INVALID_UTF8,
    )
    return undefined
  }
  output.addEnvelopeFault(faultOffset(item, text), faultMessage(item, bytes))
  return completeProperties(text)
}

function faultMessage(item: Item, bytes: ItemBytes): string {
  if (item.verdict === FramingVerdict.tooLarge)
    return "what stands around the sessions is larger than the limit for one record"
  if (item.verdict === FramingVerdict.tooDeep) return "what stands around the sessions is nested deeper than the limit"
  if (!bytes.isUtf8(item)) return "what stands around the sessions is not valid UTF-8"
  return `what stands around the sessions of ${item.listKey === ListKey.sessions ? "a callRecord" : "a page"} is not valid JSON`
}

/** Where the fault lies in the stream: the list was taken out of the skeleton at `holeAt`. */
function faultOffset(item: Item, text: string): number {
  if (item.at < 0) return item.byteOffset
  const at = Buffer.byteLength(text.slice(0, findSyntaxFault(text).characterIndex))
  return at < item.holeAt ? item.byteOffset + at : item.byteOffset + at + (item.byteLength - item.keptBytes)
}
