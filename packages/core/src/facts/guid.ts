/** GUIDs as 16 bytes in the order of their text, which is how id columns keep them. */

const GUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))
export const GUID_BYTES = 16

/** The 16 bytes of a GUID in any letter case, or null where the text is none. */
export function parseGuid(text: string): Uint8Array | null {
  if (!GUID_TEXT.test(text)) return null
  const digits = text.replaceAll("-", "")
  const bytes = new Uint8Array(GUID_BYTES)
  for (let index = 0; index < GUID_BYTES; index++) bytes[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)
  return bytes
}

/** The lower-case text of the GUID whose 16 bytes begin at `at`. */
export function formatGuid(bytes: Uint8Array, at = 0): string {
  let text = ""
  for (let index = 0; index < GUID_BYTES; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-"
    text += HEX[bytes[at + index] ?? 0]
  }
  return text
}
