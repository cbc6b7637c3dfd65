/** What the kernel says beside its rows. The layout is that of assembly/events.ts. */

export const EVENT_BYTES = 88
const CALL_AT = 40
const CallBit = { needsText: 1, version: 2, start: 4, end: 8, lastModified: 16 } as const

/** What happened between rows. Bytes count from the block's first. */
export interface KernelEvent {
  /** `left`: a line or element from `byteAt` to `byteEnd` that the reference has to decode. `call`: a callRecord. */
  readonly kind: "left" | "call"
  readonly byteAt: number
  readonly byteEnd: number
  /** Rows of this run before it; of a callRecord: before its sessions. */
  readonly row: number
  /** Lines and records that the kernel took before it in the block. */
  readonly line: number
  readonly record: number
  /** Of a callRecord: first byte in its list of sessions, its closing bracket, and how many sessions. */
  readonly listAt: number
  readonly listEnd: number
  readonly sessionCount: number
  /** What a callRecord says; null where only its text tells. */
  readonly call: KernelCall | null
}

/** What a callRecord says of itself; null for what is absent, null, or said to be not set. */
export interface KernelCall {
  /** First byte of its id, without its quote, and bytes, which are ASCII and no escapes; -1 where it has none. */
  readonly idAt: number
  readonly idLength: number
  /** Not negative. */
  readonly version: number | null
  /** Number of its type among all texts; -1 where it has none. */
  readonly type: number
  /** Ticks of 100 ns since 1970-01-01T00:00:00Z. */
  readonly startTicks: bigint | null
  readonly endTicks: bigint | null
  readonly lastModifiedTicks: bigint | null
}

/** The events that `view` begins with. */
export function eventsAt(view: DataView, count: number): KernelEvent[] {
  const events: KernelEvent[] = []
  for (let at = 0; at < EVENT_BYTES * count; at += EVENT_BYTES) events.push(eventAt(view, at))
  return events
}

function eventAt(view: DataView, at: number): KernelEvent {
  const isCall = view.getInt32(at, true) !== 1
  return {
    kind: isCall ? "call" : "left",
    byteAt: view.getInt32(at + 4, true),
    byteEnd: view.getInt32(at + 8, true),
    row: view.getInt32(at + 12, true),
    listAt: view.getInt32(at + 16, true),
    listEnd: view.getInt32(at + 20, true),
    sessionCount: view.getInt32(at + 24, true),
    line: view.getInt32(at + 28, true),
    record: view.getInt32(at + 32, true),
    call: isCall ? callAt(view, at + CALL_AT) : null,
  }
}

function callAt(view: DataView, at: number): KernelCall | null {
  const bits = view.getInt32(at, true)
  if ((bits & CallBit.needsText) !== 0) return null
  return {
    idAt: view.getInt32(at + 4, true),
    idLength: view.getInt32(at + 8, true),
    type: view.getInt32(at + 12, true),
    version: (bits & CallBit.version) === 0 ? null : view.getFloat64(at + 16, true),
    startTicks: (bits & CallBit.start) === 0 ? null : view.getBigInt64(at + 24, true),
    endTicks: (bits & CallBit.end) === 0 ? null : view.getBigInt64(at + 32, true),
    lastModifiedTicks: (bits & CallBit.lastModified) === 0 ? null : view.getBigInt64(at + 40, true),
  }
}
