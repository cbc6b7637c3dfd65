/** The names of the properties whose list is framed by elements. */
import { ListKey } from "./block.ts"

const LIST_KEYS: ReadonlyMap<string, ListKey> = new Map([
  ["value", ListKey.value],
  ["Value", ListKey.value],
  ["sessions", ListKey.sessions],
  ["Sessions", ListKey.sessions],
  ["session", ListKey.sessions],
  ["Session", ListKey.sessions],
  ["responses", ListKey.responses],
  ["body", ListKey.body],
  ["Documents", ListKey.documents],
])

/** The same as bytes: keys are compared once for each bracket, and a text for each would cost more than all of framing. */
const PLAIN_KEYS = [...LIST_KEYS].map(([name, key]) => ({ name: Buffer.from(name), key }))

const BACKSLASH = 0x5c

/** With each character written as an escape and two quotes. */
const LONGEST_KEY_BYTES = 6 * "responses".length + 2

/** Which list key the JSON string from `start` to `end` is (quotes included), or null. */
export function listKeyOf(bytes: Uint8Array, start: number, end: number): ListKey | null {
  if (end - start > LONGEST_KEY_BYTES) return null
  for (const { name, key } of PLAIN_KEYS) {
    if (name.length === end - start - 2 && isAt(bytes, start + 1, name)) return key
  }
  return hasEscape(bytes, start, end) ? (LIST_KEYS.get(unescaped(bytes, start, end)) ?? null) : null
}

function isAt(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false
  return true
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return true
  return false
}

/** A string with escapes; nothing where they are not valid, for then it is no list key. */
function unescaped(bytes: Uint8Array, start: number, end: number): string {
  try {
    return String(JSON.parse(Buffer.from(bytes.subarray(start, end)).toString("latin1")))
  } catch {
    return ""
  }
}
