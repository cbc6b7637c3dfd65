/**
 * Whether an input is NDJSON or documents, from its beginning.
 *
 * NDJSON: the first line with content is one whole value, or is no beginning of a value that the second line goes on
 * with (nor the third, where the second is whole in itself). A lone line, and everything else, is documents. The answer
 * depends on the bytes alone, not on how they came.
 */
import { CLASS, ByteClass, isBom } from "./byte-class.ts"

const LF = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const OPEN_LIST = 0x5b

/** Null: more bytes are needed. A first line, or a gap behind it, longer than `maxLineBytes` is a document's. */
export function detectMode(bytes: Uint8Array, isWhole: boolean, maxLineBytes: number): "lines" | "documents" | null {
  const undecided = isWhole ? "documents" : null
  const first = lineFrom(bytes, skipBetween(bytes, 0), maxLineBytes)
  if (first.next === null) return first.isLong ? "documents" : undecided
  if (isBomCut(bytes, first.next) && !isWhole) return null
  if (!goesOn(readLine(bytes, first.start, first.end), bytes[first.next] ?? 0)) return "lines"
  // A second line that is whole in itself fits behind `{"id":` by chance; then the third tells.
  const second = lineFrom(bytes, first.next, maxLineBytes)
  if (second.isLong) return "documents"
  if (second.end < bytes.length && readLine(bytes, second.start, second.end) !== "whole") return "documents"
  if (second.next === null) return undecided
  if (isBomCut(bytes, second.next) && !isWhole) return null
  return goesOn(readLine(bytes, first.start, second.end), bytes[second.next] ?? 0) ? "documents" : "lines"
}

interface LineSpan {
  readonly start: number
  /** Where its line end stands, or the end of the bytes. */
  readonly end: number
  /** The first byte of content behind it; null where none is in sight. */
  readonly next: number | null
  /** The line or the gap behind it is longer than a line may be. */
  readonly isLong: boolean
}

function lineFrom(bytes: Uint8Array, start: number, maxLineBytes: number): LineSpan {
  const lineEnd = start < bytes.length ? asBuffer(bytes).indexOf(LF, start) : -1
  const end = lineEnd < 0 ? bytes.length : lineEnd
  const next = skipBetween(bytes, end)
  const isLong = end - start > maxLineBytes || next - end > maxLineBytes
  return { start, end, next: isLong || next >= bytes.length ? null : next, isLong }
}

/** A Buffer finds a byte several times as fast. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function isBomCut(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && at + 2 >= bytes.length
}

/** The first byte from `at` on that is no white space, line end, NUL or byte order mark. */
export function skipBetween(bytes: Uint8Array, at: number): number {
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

/** What a line is: one whole value, several or damaged in itself, or the beginning of a value (also behind whole ones). */
function readLine(bytes: Uint8Array, start: number, end: number): OpenLine | "whole" | "broken" {
  const brackets: number[] = []
  let last = 0
  let isSeveral = false
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    const byteClass = CLASS[byte] ?? 0
    if (byteClass === ByteClass.space || byte === LF) continue
    if (brackets.length === 0) {
      if (byteClass === ByteClass.comma) return "broken"
      isSeveral ||= last !== 0
    }
    last = byte
    if (byte === QUOTE) {
      at = stringEnd(bytes, at, end)
      if (at >= end) return "broken"
    } else if (byteClass === ByteClass.open) brackets.push(byte)
    else if (byteClass === ByteClass.close && (brackets.pop() ?? 0) + 2 !== byte) return "broken"
  }
  const bracket = brackets.at(-1)
  if (bracket !== undefined) return { last, bracket }
  return isSeveral ? "broken" : "whole"
}

/** Where the closing quote stands, or `end`. */
function stringEnd(bytes: Uint8Array, quote: number, end: number): number {
  let at = quote + 1
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return Math.min(at, end)
}

/** Whether JSON's grammar lets `next` stand behind the line. */
function goesOn(line: ReturnType<typeof readLine>, next: number): boolean {
  if (typeof line === "string") return false
  const closes = next === line.bracket + 2
  if (line.last === OPEN_OBJECT) return next === QUOTE || closes
  if (line.last === OPEN_LIST) return startsValue(next) || closes
  if (line.last === 0x2c) return line.bracket === OPEN_OBJECT ? next === QUOTE : startsValue(next)
  if (line.last === 0x3a) return startsValue(next)
  return next === 0x2c || closes || (next === 0x3a && line.last === QUOTE && line.bracket === OPEN_OBJECT)
}

function startsValue(byte: number): boolean {
  return (
    byte === QUOTE ||
    CLASS[byte] === ByteClass.open ||
    (byte >= 0x30 && byte <= 0x39) ||
    [0x2d, 0x74, 0x66, 0x6e].includes(byte)
  )
}
