/**
 * Byte texts: strings in which each character stands for one byte of the output (what Node calls latin1). They are
 * joined as fast as strings, written without any conversion, their length is their size in bytes, and bytes that are
 * no UTF-8 can stand in them.
 */

/** Printable ASCII but quote and backslash. */
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/

/** The byte text of a text: its UTF-8. */
export function byteText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1")
}

/** The byte text of a text as a JSON string. */
export function jsonText(text: string): string {
  return NEEDS_NO_ESCAPE.test(text) ? `"${text}"` : byteText(JSON.stringify(text))
}

/** As `jsonText`; undefined, which stands for no value, for null. */
export function jsonTextIfAny(text: string | null): string | undefined {
  return text === null ? undefined : jsonText(text)
}

/** The same text in one piece. Texts made by joining stay chains of parts until they are read, each time again. */
export function inOnePiece(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1")
}
