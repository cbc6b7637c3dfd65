/** GUIDs of version 4 in lower case, as Graph writes them. */
import type { Random } from "./random.ts"

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))
const hex = (value: number, shift: number): string => HEX[(value >>> shift) & 255] ?? ""

/** A random GUID. */
export function guid(random: Random): string {
  const a = random.next()
  const b = (random.next() & 0xffff0fff) | 0x4000
  const c = (random.next() & 0x3fffffff) | 0x80000000
  const d = random.next()
  return `${hex(a, 24)}${hex(a, 16)}${hex(a, 8)}${hex(a, 0)}-${hex(b, 24)}${hex(b, 16)}-${hex(b, 8)}${hex(b, 0)}-${hex(c, 24)}${hex(c, 16)}-${hex(c, 8)}${hex(c, 0)}${hex(d, 24)}${hex(d, 16)}${hex(d, 8)}${hex(d, 0)}`
}
