/** What the kernel says beside its rows. The layout is that of assembly/events.ts. */

export const EVENT_BYTES = 40

/** What happened between rows. Bytes count from the block's first. */
export interface KernelEvent {
  /**
   * `left`: a line or element from `byteAt` to `byteEnd` that the reference has to decode. `call`: a callRecord of which
   * only its text tells what it says of itself. `page`: a page, whose sessions are records by themselves; it is told by
   * its text alone.
   */
  readonly kind: "left" | "call" | "page"
  readonly byteAt: number
  readonly byteEnd: number
  /** Rows of this run before it; of a callRecord or page: before its sessions. */
  readonly row: number
  /** CallRecords with columns of this run before it. */
  readonly call: number
  /** Lines and records that the kernel took before it in the block. */
  readonly line: number
  readonly record: number
  /** Of a callRecord or page: first byte in its list of sessions, its closing bracket, and how many sessions. */
  readonly listAt: number
  readonly listEnd: number
  readonly sessionCount: number
}

const KINDS = ["left", "call", "page"] as const

/** The events that `view` begins with. */
export function eventsAt(view: DataView, count: number): KernelEvent[] {
  const events: KernelEvent[] = []
  for (let at = 0; at < EVENT_BYTES * count; at += EVENT_BYTES) events.push(eventAt(view, at))
  return events
}

function eventAt(view: DataView, at: number): KernelEvent {
  return {
    kind: KINDS[view.getInt32(at, true) - 1] ?? "left",
    byteAt: view.getInt32(at + 4, true),
    byteEnd: view.getInt32(at + 8, true),
    row: view.getInt32(at + 12, true),
    listAt: view.getInt32(at + 16, true),
    listEnd: view.getInt32(at + 20, true),
    sessionCount: view.getInt32(at + 24, true),
    line: view.getInt32(at + 28, true),
    record: view.getInt32(at + 32, true),
    call: view.getInt32(at + 36, true),
  }
}
