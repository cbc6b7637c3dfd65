/** What framing already holds against an item, as a reject. */
import type { RejectCode } from "../check/rules.ts"
import { FramingVerdict } from "../framing/block.ts"
import type { Item, ItemBytes } from "./item.ts"

/** Why an item is rejected. */
export interface RejectReason {
  readonly code: RejectCode
  /** JSON Pointer from the item's own root; null: the whole. */
  readonly pointer: string | null
  readonly message: string
  readonly sessionId: string | null
}

/** The reason for an item with a verdict, by the order of codes: too large, invalid UTF-8, too deep, truncated, malformed. */
export function rejectItem(item: Item, bytes: ItemBytes): RejectReason {
  if (item.verdict === FramingVerdict.tooLarge)
    return reason("json/too-large", "larger than the limit for one record; raise --max-record to read it")
  const isText = item.verdict === FramingVerdict.truncated ? bytes.isUtf8ButForEnd(item) : bytes.isUtf8(item)
  if (!isText) return INVALID_UTF8
  if (item.verdict === FramingVerdict.tooDeep)
    return reason("json/too-deep", "nested deeper than the limit; raise --max-depth to read it")
  if (item.verdict === FramingVerdict.truncated)
    return reason("json/truncated", "cut off by the end of the input; copy or export it again")
  return reason(
    "json/malformed",
    "not one whole JSON value; what stands here was damaged when it was written or copied",
  )
}

export const INVALID_UTF8: RejectReason = reason("json/invalid-utf8", "not valid UTF-8; export it again as UTF-8")

export function reason(code: RejectCode, message: string, pointer: string | null = null): RejectReason {
  return { code, pointer, message, sessionId: null }
}
