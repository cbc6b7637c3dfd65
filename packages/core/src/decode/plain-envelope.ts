/** Envelopes that are whole, valid JSON without repeated keys: almost all. */
import { FramingVerdict } from "../framing/block.ts"
import type { BlockOutput } from "./block-output.ts"
import { readEnvelope } from "./envelope.ts"
import type { Item, ItemBytes } from "./item.ts"

/** Adds such an envelope; false, and nothing is added, for any other. */
export function addPlainEnvelope(item: Item, bytes: ItemBytes, output: BlockOutput): boolean {
  if (item.verdict !== FramingVerdict.none || !bytes.isUtf8(item)) return false
  const value = parsed(bytes.text(item))
  if (value === undefined || memberCount(value) !== item.memberCount) return false
  const { content, fault } = readEnvelope(value, item.listKey)
  if (fault !== null) return false
  const { byteOffset, byteLength, line, record, parent, elementCount } = item
  output.addEnvelope({ ...content, hasList: true, parent, elementCount, byteOffset, byteLength, line, record })
  return true
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON, which is said elsewhere.
    return undefined
  }
}

/** Members of all objects at all depths: as many as colons outside strings unless keys are repeated. */
function memberCount(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce<number>((sum, each) => sum + memberCount(each), own)
}
