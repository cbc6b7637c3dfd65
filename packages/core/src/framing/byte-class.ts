/** What a byte can be to the scanner. White space and what is ordinary come first, so that one comparison passes over both. */
export const ByteClass = { other: 0, space: 1, quote: 2, colon: 3, comma: 4, open: 5, close: 6, lineFeed: 7 } as const

export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const COLON = 0x3a
export const COMMA = 0x2c
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
export const OPEN_LIST = 0x5b
export const CLOSE_LIST = 0x5d
export const LF = 0x0a

/** The class of each byte. LF is no `space`: it ends lines. */
export const CLASS: Uint8Array = new Uint8Array(256)
for (const byte of [0x20, 0x09, 0x0d]) CLASS[byte] = ByteClass.space
CLASS[QUOTE] = ByteClass.quote
CLASS[COLON] = ByteClass.colon
CLASS[COMMA] = ByteClass.comma
for (const byte of [OPEN_OBJECT, OPEN_LIST]) CLASS[byte] = ByteClass.open
for (const byte of [CLOSE_OBJECT, CLOSE_LIST]) CLASS[byte] = ByteClass.close
CLASS[LF] = ByteClass.lineFeed

/** Whether a UTF-8 byte order mark stands at `at`. */
export function isBom(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
}
