/** What the kernel says beside its rows. The layout is that of assembly/events.ts. */

export const EVENT_BYTES = 88
const CALL_SLOTS = 6

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
  /**
   * Of a callRecord: first byte and end of its id, version, type, start, end and last modification, -1 for what is
   * absent; null where only its text tells.
   */
  readonly callValues: readonly number[] | null
}

/** The events that `view` begins with. */
export function eventsAt(view: DataView, count: number): KernelEvent[] {
  return Array.from({ length: count }, (_event, index) => {
    const word = (field: number): number => view.getInt32(EVENT_BYTES * index + 4 * field, true)
    return {
      kind: word(0) === 1 ? "left" : "call",
      byteAt: word(1),
      byteEnd: word(2),
      row: word(3),
      listAt: word(4),
      listEnd: word(5),
      sessionCount: word(6),
      line: word(7),
      record: word(8),
      callValues:
        word(0) === 1 || word(9) !== 0 ? null : Array.from({ length: 2 * CALL_SLOTS }, (_, at) => word(10 + at)),
    }
  })
}
