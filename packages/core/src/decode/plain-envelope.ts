/** Envelopes that are whole, valid JSON without repeated keys: almost all. */
import { FramingVerdict } from "../framing/block.ts"
import { countMembers } from "../model/known-properties.ts"
import type { BlockOutput } from "./block-output.ts"
import { readEnvelope } from "./envelope.ts"
import type { Item, ItemBytes } from "./item.ts"

/** Adds such an envelope; false, and nothing is added, for any other. */
export function addPlainEnvelope(item: Item, bytes: ItemBytes, output: BlockOutput): boolean {
  if (item.verdict !== FramingVerdict.none || !bytes.isUtf8(item)) return false
  const value = parsed(bytes.text(item))
  if (value === undefined || countMembers(value) !== item.memberCount) return false
  const { content, fault } = readEnvelope(value, item.listKey)
  if (fault !== null) return false
  const { byteOffset, byteLength, line, record, parent, elementCount } = item
  output.addEnvelope({ ...content, hasList: true, parent, elementCount, byteOffset, byteLength, line, record })
  return true
}

/** The value of a JSON text; undefined for any other text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON, which the caller says in words of our own.
    return undefined
  }
}
