/**
 * Byte texts: strings in which each character stands for one byte of the output (what Node calls latin1). They are
 * joined as fast as strings, written without any conversion, their length is their size in bytes, and bytes that are
 * no UTF-8 can stand in them.
 */

/** The byte text of a text: its UTF-8. */
export function byteText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1")
}

/** The byte text of a text as a JSON string. */
export function jsonText(text: string): string {
  return byteText(JSON.stringify(text))
}

/** As `jsonText`, and `null` for null. */
export function jsonTextOrNull(text: string | null): string {
  return text === null ? "null" : jsonText(text)
}
