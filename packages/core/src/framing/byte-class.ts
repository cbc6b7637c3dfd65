/** What a byte can be to the scanner. White space and what is ordinary come first, so that one comparison passes over both. */
export const ByteClass = { other: 0, space: 1, quote: 2, colon: 3, comma: 4, open: 5, close: 6, lineFeed: 7 } as const

/** The class of each byte. LF is no `space`: it ends lines. */
export const CLASS: Uint8Array = new Uint8Array(256)
for (const byte of [0x20, 0x09, 0x0d]) CLASS[byte] = ByteClass.space
CLASS[0x22] = ByteClass.quote
CLASS[0x3a] = ByteClass.colon
CLASS[0x2c] = ByteClass.comma
for (const byte of [0x7b, 0x5b]) CLASS[byte] = ByteClass.open
for (const byte of [0x7d, 0x5d]) CLASS[byte] = ByteClass.close
CLASS[0x0a] = ByteClass.lineFeed

/** Whether a UTF-8 byte order mark stands at `at`. */
export function isBom(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
}
