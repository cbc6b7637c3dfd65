// Lines of NDJSON: each a session or a callRecord with its sessions. What is not taken becomes an event.
import { addCall, beginCalls, callsLeft } from "./call"
import { addEvent, eventsLeft, EVENT_CALL, EVENT_LEFT } from "./events"
import { parseObject } from "./object"
import { beginPlace, lineCount, recordNumber, nextLine, nextRecord, placeEnvelope, placeSession } from "./place"
import { beginRows, bytesOfRows, dropRows, forgetFull, isFull, rowCount } from "./row"
import { parseSession } from "./session"
import { maxRecordBytes } from "./state"
import { trailsOf } from "./tables"
import { placeTrails } from "./trails"
import { beginDepth, beginSpace, forgetList, listCount, listEnd, listStart } from "./value"

/** Nodes of what a line may be. */
export let sessionNode: usize = 0
let callNode: usize = 0
/** What the last line was: most are like it. */
let isCallLast: bool = false

export function placeRoots(session: usize, call: usize): void {
  sessionNode = session
  callNode = call
  placeTrails(trailsOf(session))
}

/** Bytes of records, around sessions and between them, of the lines that were taken and are no event. */
export let recordBytes: f64 = 0
export let envelopeBytes: f64 = 0
export let separatorBytes: f64 = 0

/** Begins a block whose first byte is at `at`. */
export function beginLines(at: usize): void {
  beginPlace(at, true)
  beginSpace(false)
  recordBytes = 0
  envelopeBytes = 0
  separatorBytes = 0
}

/** Takes lines from `p` on until `end`, or until the columns or events are full; gives where it stopped. */
export function parseLines(p: usize, end: usize, base: usize): usize {
  beginRows()
  beginCalls()
  while (p < end && eventsLeft() && callsLeft()) {
    const firstRow = rowCount
    const next = parseLine(p, end, base)
    if (next != 0) {
      if (load<u8>(next - 1) == 0x0a) nextLine()
      nextRecord()
      p = next
      continue
    }
    dropRows(firstRow)
    if (isFull) {
      forgetFull()
      if (firstRow > 0) break
    }
    const lineEnd = endOfLine(p, end)
    addEvent(EVENT_LEFT, p - base, lineEnd - base, firstRow, lineCount(), recordNumber, 0, 0, 0)
    p = lineEnd
  }
  return p
}

/** Behind the line at `p`; 0 where it is left to the reference. */
function parseLine(p: usize, end: usize, base: usize): usize {
  if (load<u8>(p) != 0x7b) return 0
  const firstRow = rowCount
  let isCall = isCallLast
  let next = parseAs(isCall, p, base, end)
  // A callRecord without sessions may as well be a session, of which it knows nothing.
  if (!isFull && (next == 0 || (isCall && listStart == 0))) {
    dropRows(firstRow)
    isCall = !isCall
    next = parseAs(isCall, p, base, end)
    if (next == 0 && !isFull && !isCall) {
      isCall = true
      next = parseAs(true, p, base, end)
    }
  }
  if (next == 0) return 0
  const hasList = isCall && listStart != 0
  if (hasList || !isCall) isCallLast = isCall
  const lineEnd = behindLine(next, end)
  if (lineEnd == 0) return 0
  if (!isCall) recordBytes += <f64>(next - p)
  else if (!hasList || !takeCall(p, next, base, firstRow)) {
    const listAt = hasList ? listStart - base : 0
    addEvent(EVENT_CALL, p - base, next - base, firstRow, lineCount(), recordNumber, listAt, listEnd - base, hasList ? listCount : 0)
  }
  separatorBytes += <f64>(lineEnd - next)
  return lineEnd
}

/** Takes the callRecord from `p` to `end`, whose sessions are the rows from one on; false where the host has to look at its text. */
function takeCall(p: usize, end: usize, base: usize, firstRow: i32): bool {
  const around = listStart - p + end - listEnd
  if (around > <usize>maxRecordBytes || !addCall(p, end, base, lineCount(), recordNumber, listCount)) return false
  const sessionBytes = bytesOfRows(firstRow, rowCount)
  recordBytes += sessionBytes
  envelopeBytes += <f64>around
  separatorBytes += <f64>(listEnd - listStart) - sessionBytes
  return true
}

function parseAs(isCall: bool, p: usize, base: usize, end: usize): usize {
  beginDepth()
  forgetList()
  placeEnvelope(isCall ? <i32>(p - base) : -1)
  placeSession(-1)
  const next = isCall ? parseObject(callNode, p + 1) : parseSession(sessionNode, p + 1)
  return next > end ? 0 : next
}

/** Behind the LF or CRLF at `p`, or the end; 0 where something else stands there. */
function behindLine(p: usize, end: usize): usize {
  if (p == end) return p
  const c = load<u8>(p)
  if (c == 0x0a) return p + 1
  return c == 0x0d && p + 1 < end && load<u8>(p, 1) == 0x0a ? p + 2 : 0
}

function endOfLine(p: usize, end: usize): usize {
  const feed = i8x16.splat(0x0a)
  for (; p < end; p += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(p), feed))
    if (found != 0) return min(p + ctz(found) + 1, end)
  }
  return end
}
