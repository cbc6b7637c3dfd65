/** GUIDs as 16 bytes in the order of their text, which is how id columns keep them. */
import { writeGuid } from "../model/identity.ts"

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))
export const GUID_BYTES = 16

/** The 16 bytes of a GUID in any letter case, or null where the text is none. */
export function parseGuid(text: string): Uint8Array | null {
  const bytes = new Uint8Array(GUID_BYTES)
  return writeGuid(text, bytes, 0) ? bytes : null
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
