// Elements of the outermost list, or values of the input's sequence: what stands between them was looked at before, and
// that their brackets match. What is not taken becomes an event.
import { beginCalls, callsLeft } from "./call"
import { countBytes } from "./counts"
import { elementEnd, nextElement } from "./elements"
import { addEvent, eventsLeft, EVENT_LEFT } from "./events"
import { lineAt, recordNumber, setRecord } from "./place"
import { beginRows, dropRows, forgetFull, isFull, rowCount } from "./row"
import { parseRoot, takeRoot } from "./roots"

/** Takes values from `p` on until `end`, or until the columns or events are full; gives where it stopped. */
export function parseValues(p: usize, end: usize, base: usize): usize {
  beginRows()
  beginCalls()
  while (p < end && eventsLeft() && callsLeft()) {
    const firstRow = rowCount
    const firstRecord = recordNumber
    const line = lineAt(p)
    let next = parseRoot(p, base, end)
    if (next == 0) {
      dropRows(firstRow)
      setRecord(firstRecord)
      if (isFull) {
        forgetFull()
        if (firstRow > 0) break
      }
      next = elementEnd(p, end)
      addEvent(EVENT_LEFT, p - base, next - base, firstRow, line, firstRecord, 0, 0, 0)
    } else takeRoot(p, next, base, firstRow, line, firstRecord)
    p = nextElement(next, end)
    countBytes(0, 0, p - next)
  }
  return p
}
