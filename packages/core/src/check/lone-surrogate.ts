/** Texts that no UTF-8 can hold: JSON may escape half of a surrogate pair (RFC 8259, section 8.2). */
import { pointerOf } from "../model/pointer.ts"

const UNPAIRED = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** The JSON Pointer of the first text or key with an unpaired surrogate in a parsed value whose depth is bounded; null: none. */
export function findLoneSurrogate(value: unknown): string | null {
  return find(value, [])
}

function find(value: unknown, path: readonly (string | number)[]): string | null {
  if (typeof value === "string") return UNPAIRED.test(value) ? pointerOf(path) : null
  if (typeof value !== "object" || value === null) return null
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [key, member] of members) {
    // A pointer to such a key could not be written, so it points to the object.
    if (typeof key === "string" && UNPAIRED.test(key)) return pointerOf(path)
    const found = find(member, [...path, key])
    if (found !== null) return found
  }
  return null
}
