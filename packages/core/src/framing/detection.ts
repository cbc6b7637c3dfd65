/**
 * Whether an input is NDJSON or documents, from its beginning.
 *
 * NDJSON: the first line with content is one whole value, or is no beginning of a value that the second line goes on
 * with. A lone line, and everything else, is documents. The answer depends on the bytes alone, not on how they came.
 */
import { CLASS, ByteClass, isBom } from "./byte-class.ts"

const LF = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const OPEN_LIST = 0x5b

/** Null: more bytes are needed. A first line, or a gap behind it, longer than `maxLineBytes` is a document's. */
export function detectMode(bytes: Uint8Array, isWhole: boolean, maxLineBytes: number): "lines" | "documents" | null {
  const start = skipBetween(bytes, 0)
  const lineEnd = start < bytes.length ? bytes.indexOf(LF, start) : -1
  if ((lineEnd < 0 ? bytes.length : lineEnd) - start > maxLineBytes) return "documents"
  if (lineEnd < 0) return isWhole ? "documents" : null
  const next = skipBetween(bytes, lineEnd)
  if (next - lineEnd > maxLineBytes) return "documents"
  if (next >= bytes.length) return isWhole ? "documents" : null
  const isBomCut = bytes[next] === 0xef && next + 2 >= bytes.length
  if (isBomCut && !isWhole) return null
  return goesOn(readLine(bytes, start, lineEnd), bytes[next] ?? 0) ? "documents" : "lines"
}

/** The first byte from `at` on that is no white space, line end, NUL or byte order mark. */
function skipBetween(bytes: Uint8Array, at: number): number {
  let next = at
  while (next < bytes.length) {
    const byte = bytes[next] ?? 0
    if (isBom(bytes, next)) next += 3
    else if (byte === 0 || byte === LF || CLASS[byte] === ByteClass.space) next += 1
    else break
  }
  return next
}

/** A line that ends within a value, outside of a string: its last byte and the bracket that is open there. */
interface OpenLine {
  readonly last: number
  readonly bracket: number
}

/** Null for a line that is a whole value, or damaged in itself. */
function readLine(bytes: Uint8Array, start: number, end: number): OpenLine | null {
  const brackets: number[] = []
  let last = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    const byteClass = CLASS[byte] ?? 0
    if (byteClass === ByteClass.space) continue
    if (last !== 0 && brackets.length === 0) return null
    last = byte
    if (byte === QUOTE) {
      at = stringEnd(bytes, at, end)
      if (at >= end) return null
    } else if (byteClass === ByteClass.open) brackets.push(byte)
    else if (byteClass === ByteClass.close && (brackets.pop() ?? 0) + 2 !== byte) return null
  }
  const bracket = brackets.at(-1)
  return bracket === undefined ? null : { last, bracket }
}

/** Where the closing quote stands, or `end`. */
function stringEnd(bytes: Uint8Array, quote: number, end: number): number {
  let at = quote + 1
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return Math.min(at, end)
}

/** Whether JSON's grammar lets `next` stand behind the line. */
function goesOn(line: OpenLine | null, next: number): boolean {
  if (line === null) return false
  const closes = next === line.bracket + 2
  if (line.last === OPEN_OBJECT) return next === QUOTE || closes
  if (line.last === OPEN_LIST) return startsValue(next) || closes
  if (line.last === 0x2c) return line.bracket === OPEN_OBJECT ? next === QUOTE : startsValue(next)
  if (line.last === 0x3a) return startsValue(next)
  return next === 0x2c || closes || (next === 0x3a && line.last === QUOTE && line.bracket === OPEN_OBJECT)
}

function startsValue(byte: number): boolean {
  return byte === QUOTE || CLASS[byte] === ByteClass.open || (byte >= 0x30 && byte <= 0x39) || [0x2d, 0x74, 0x66, 0x6e].includes(byte)
}
