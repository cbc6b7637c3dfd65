// Lines of NDJSON: each a session, a callRecord with its sessions, or a page of sessions. What is not taken becomes an event.
import { beginCalls, callsLeft } from "./call"
import { countBytes } from "./counts"
import { addEvent, eventsLeft, EVENT_LEFT } from "./events"
import { lineCount, nextLine, recordNumber, setRecord } from "./place"
import { beginRows, dropRows, forgetFull, isFull, rowCount } from "./row"
import { parseRoot, takeRoot } from "./roots"

/** Takes lines from `p` on until `end`, or until the columns or events are full; gives where it stopped. */
export function parseLines(p: usize, end: usize, base: usize): usize {
  beginRows()
  beginCalls()
  while (p < end && eventsLeft() && callsLeft()) {
    const firstRow = rowCount
    const next = parseLine(p, end, base)
    if (next != 0) {
      if (load<u8>(next - 1) == 0x0a) nextLine()
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
  const firstRow = rowCount
  const firstRecord = recordNumber
  const next = parseRoot(p, base, end)
  const lineEnd = next == 0 ? 0 : behindLine(next, end)
  if (lineEnd == 0) {
    setRecord(firstRecord)
    return 0
  }
  takeRoot(p, next, base, firstRow, lineCount(), firstRecord)
  countBytes(0, 0, lineEnd - next)
  return lineEnd
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
