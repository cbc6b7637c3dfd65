/** GUIDs as 16 bytes in the order of their text, which is how id columns keep them. */
import { writeGuid } from "../model/identity.ts"

export const GUID_BYTES = 16

/** The 16 bytes of a GUID in any letter case, or null where the text is none. */
export function parseGuid(text: string): Uint8Array | null {
  const bytes = new Uint8Array(GUID_BYTES)
  return writeGuid(text, bytes, 0) ? bytes : null
}
