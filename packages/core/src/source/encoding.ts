/**
 * Text encodings → UTF-8 without a byte order mark. What is not UTF-8 is told by its mark alone and never guessed.
 * An unpaired surrogate of UTF-16 becomes the three bytes that UTF-8 forbids, so that its record is rejected, not changed.
 */
import type { ByteReader } from "./byte-reader.ts"
import { SourceFault, type Encoding } from "./input.ts"
import { startsWith } from "./magic.ts"

/** The encoding that the first bytes tell, with how many of them are the mark. Throws where it is none that is read. */
export function detectEncoding(head: Uint8Array): { readonly encoding: Encoding; readonly markBytes: number } {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: "utf-8", markBytes: 3 }
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) {
    throw new SourceFault("input/encoding", "the text is UTF-32, which is not read; write it as UTF-8")
  }
  if (startsWith(head, [0xff, 0xfe])) return { encoding: "utf-16le", markBytes: 2 }
  if (startsWith(head, [0xfe, 0xff])) return { encoding: "utf-16be", markBytes: 2 }
  if (looksWide(head)) {
    throw new SourceFault(
      "input/encoding",
      "the text is UTF-16 or UTF-32 without a byte order mark, so its byte order is not said; write it as UTF-8",
    )
  }
  return { encoding: "utf-8", markBytes: 0 }
}

/** JSON begins with ASCII: NUL bytes around its first character tell two or four bytes a character (RFC 4627, section 3). */
function looksWide([first, second, third, fourth]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false
  if (first !== 0) return second === 0
  return second !== 0 || (third === 0 && fourth !== undefined && fourth !== 0)
}

/** The rest of the reader as UTF-8. */
export function decodeText(reader: ByteReader, encoding: Encoding): AsyncGenerator<Uint8Array> {
  return encoding === "utf-8" ? reader.rest() : decodeUtf16(reader.rest(), encoding === "utf-16be")
}

async function* decodeUtf16(chunks: AsyncIterable<Uint8Array>, isBigEndian: boolean): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    // A copy: its bytes are swapped in place.
    const bytes = Buffer.concat([rest, chunk])
    const end = wholeCharacters(bytes, isBigEndian)
    rest = bytes.subarray(end)
    if (end > 0) yield utf8Of(bytes.subarray(0, end), isBigEndian)
  }
  if (rest.length >= 2) yield utf8Of(Buffer.from(rest.subarray(0, 2)), isBigEndian)
  if (rest.length % 2 === 1)
    throw new SourceFault("input/truncated", "the UTF-16 text ends inside a character; copy or export it again")
}

/** Up to where whole characters go: the first half of a surrogate pair at the end waits for the second. */
function wholeCharacters(bytes: Buffer, isBigEndian: boolean): number {
  const end = bytes.length - (bytes.length % 2)
  if (end === 0) return 0
  const last = isBigEndian ? bytes.readUInt16BE(end - 2) : bytes.readUInt16LE(end - 2)
  return last >= 0xd800 && last <= 0xdbff ? end - 2 : end
}

const UNPAIRED = /\p{Surrogate}/gu

function utf8Of(units: Buffer, isBigEndian: boolean): Buffer {
  const text = (isBigEndian ? units.swap16() : units).toString("utf16le")
  const parts: Buffer[] = []
  let from = 0
  for (const { index } of text.matchAll(UNPAIRED)) {
    parts.push(Buffer.from(text.slice(from, index)), threeBytes(text.charCodeAt(index)))
    from = index + 1
  }
  return parts.length === 0 ? Buffer.from(text) : Buffer.concat([...parts, Buffer.from(text.slice(from))])
}

/** The form that UTF-8 gives a code point from U+0800 on, surrogates or not. */
function threeBytes(code: number): Buffer {
  return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)])
}
