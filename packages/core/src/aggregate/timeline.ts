/**
 * What the sweeps run over: the starts and ends of sessions in the order of time. At one instant ends come before
 * starts, so touching intervals never run at once; an empty interval is one event, for it runs at no time.
 */
import type { Facts } from "../facts/facts.ts"
import { isBefore, tickWords } from "./tick-words.ts"
import { rowsByTicks } from "./time-order.ts"

/** What happens to a session. */
export const EventKind = { end: 0, empty: 1, start: 2 } as const

/** An event is `row * EVENT_KINDS + kind`; this takes it apart. */
const EVENT_KINDS = 4
export const eventRow = (event: number): number => event >> 2
export const eventKind = (event: number): number => event & 3

/**
 * All events of timed rows, in the order of time; of equal instants ends first, then by row. The rows must ascend
 * and be fewer than 2^29.
 */
export function timeline(facts: Facts, rows: Int32Array): Int32Array {
  const start = tickWords(facts.startTicks)
  const end = tickWords(facts.endTicks)
  const byStart = rowsByTicks(facts.startTicks, rows)
  const byEnd = rowsByTicks(
    facts.endTicks,
    rows.filter((row) => isBefore(start, row, end, row)),
  )
  const events = new Int32Array(byStart.length + byEnd.length)
  let ended = 0
  for (let started = 0; started < byStart.length; started++) {
    const row = byStart[started] ?? 0
    for (; ended < byEnd.length && !isBefore(start, row, end, byEnd[ended] ?? 0); ended++) {
      events[started + ended] = (byEnd[ended] ?? 0) * EVENT_KINDS + EventKind.end
    }
    const kind = isBefore(start, row, end, row) ? EventKind.start : EventKind.empty
    events[started + ended] = row * EVENT_KINDS + kind
  }
  for (; ended < byEnd.length; ended++) {
    events[byStart.length + ended] = (byEnd[ended] ?? 0) * EVENT_KINDS + EventKind.end
  }
  return events
}
