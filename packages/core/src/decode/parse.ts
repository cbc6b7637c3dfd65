/** Bytes of one item → a JSON value, or why there is none. */
import { FramingVerdict } from "../framing/block.ts"
import type { Item, ItemBytes } from "./item.ts"
import { INVALID_UTF8, reason, rejectItem, type RejectReason } from "./reject.ts"
import { findSyntaxFault } from "./syntax-fault.ts"

/** A parsed item, with its text for what needs to look at it again. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  | { readonly ok: false; readonly reason: RejectReason }

/** Parses an item. */
export function parseItem(item: Item, bytes: ItemBytes): Parsed {
  if (item.verdict !== FramingVerdict.none) return { ok: false, reason: rejectItem(item, bytes) }
  if (!bytes.isUtf8(item)) return { ok: false, reason: INVALID_UTF8 }
  const text = bytes.text(item)
  try {
    return { ok: true, value: JSON.parse(text), text }
  } catch {
    // Its message quotes the input, so the place is found again.
    return { ok: false, reason: malformed(text) }
  }
}

function malformed(text: string): RejectReason {
  const { characterIndex, pointer } = findSyntaxFault(text)
  const byteIndex = Buffer.byteLength(text.slice(0, characterIndex))
  const what = characterIndex >= text.length ? "the value ends too early" : "the character there fits no JSON value"
  return reason(
    "json/malformed",
    `not valid JSON at byte ${byteIndex} of the record: ${what}`,
    pointer === "" ? null : pointer,
  )
}
