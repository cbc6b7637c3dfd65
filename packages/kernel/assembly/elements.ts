// Elements of a list, or values of a sequence, each an object that is a session by itself: what stands between them was
// looked at before, and that their brackets match. What is not taken becomes an event.
import { beginCalls } from "./call"
import { addEvent, eventsLeft, EVENT_LEFT } from "./events"
import { lineAt, nextRecord, placeEnvelope, placeSession, recordNumber } from "./place"
import { beginRows, dropRows, forgetFull, isFull, rowCount } from "./row"
import { sessionNode } from "./roots"
import { parseSession } from "./session"
import { beginDepth } from "./value"

/** Takes elements from `p` on until `end`, or until the columns or events are full; gives where it stopped. */
export function parseElements(p: usize, end: usize, base: usize): usize {
  beginRows()
  beginCalls()
  placeEnvelope(-1)
  while (p < end && eventsLeft()) {
    const firstRow = rowCount
    beginDepth()
    placeSession(-1)
    let next = parseSession(sessionNode, p + 1)
    if (next == 0) {
      dropRows(firstRow)
      if (isFull) {
        forgetFull()
        if (firstRow > 0) break
      }
      next = elementEnd(p, end)
      addEvent(EVENT_LEFT, p - base, next - base, firstRow, lineAt(p), recordNumber, 0, 0, 0)
    }
    nextRecord()
    p = nextElement(next, end)
  }
  return p
}

/** The next `{`: only white space and a comma stand before it. */
export function nextElement(p: usize, end: usize): usize {
  while (p < end && load<u8>(p) != 0x7b) p += 1
  return p
}

/** Behind the object at `p`, by strings and brackets alone. */
export function elementEnd(p: usize, end: usize): usize {
  let depth = 0
  while (p < end) {
    const c = load<u8>(p)
    p += 1
    if (c == 0x22) p = stringEnd(p, end)
    else if (c == 0x7b || c == 0x5b) depth += 1
    else if (c == 0x7d || c == 0x5d) {
      depth -= 1
      if (depth == 0) return p
    }
  }
  return end
}

/** Behind the closing quote of the string whose content is at `p`. */
function stringEnd(p: usize, end: usize): usize {
  while (p < end) {
    const c = load<u8>(p)
    if (c == 0x22) return p + 1
    p += c == 0x5c ? 2 : 1
  }
  return end
}
