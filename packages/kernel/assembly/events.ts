// What happened between rows, in the order of bytes: EVENT_BYTES each.
import { callCount } from "./call"
import { eventCapacity, events } from "./state"

/** Bytes left to the reference. */
export const EVENT_LEFT: i32 = 1
/** A callRecord that ended, of which only its text tells what it says of itself. */
export const EVENT_CALL: i32 = 2
/** A page that ended: each of its sessions is a record. */
export const EVENT_PAGE: i32 = 3
const EVENT_BYTES: usize = 40

export let eventCount: i32 = 0
export function beginEvents(): void {
  eventCount = 0
}
export function eventsLeft(): bool {
  return eventCount < eventCapacity
}

/**
 * Kind; first byte and end, from the block's first byte; the row that comes next at its beginning; lines and records taken
 * before; three more. The callRecords before it are those that have columns.
 */
export function addEvent(
  kind: i32,
  at: usize,
  end: usize,
  row: i32,
  line: i32,
  record: i32,
  a: usize,
  b: usize,
  c: i32,
): void {
  const event = events + <usize>eventCount * EVENT_BYTES
  store<i32>(event, kind)
  store<u32>(event, <u32>at, 4)
  store<u32>(event, <u32>end, 8)
  store<i32>(event, row, 12)
  store<u32>(event, <u32>a, 16)
  store<u32>(event, <u32>b, 20)
  store<i32>(event, c, 24)
  store<i32>(event, line, 28)
  store<i32>(event, record, 32)
  store<i32>(event, callCount, 36)
  eventCount += 1
}
