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

/** With each character written as an escape and two quotes. */
const LONGEST_KEY_BYTES = 6 * "responses".length + 2

/** Which list key the JSON string from `start` to `end` is (quotes included), or null. */
export function listKeyOf(bytes: Uint8Array, start: number, end: number): ListKey | null {
  if (end - start < 6 || end - start > LONGEST_KEY_BYTES) return null
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1")
  return LIST_KEYS.get(raw.includes("\\") ? unescaped(raw) : raw.slice(1, -1)) ?? null
}

/** A string with escapes; nothing where they are not valid, for then it is no list key. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(raw))
  } catch {
    return ""
  }
}
