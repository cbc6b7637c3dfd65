/**
 * Which records an input holds, told by what was taken, and by rejects that were known for sessions, though not for
 * good ones.
 */
import { EnvelopeKind } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"
import type { HeldReject } from "./held-rejects.ts"
import type { InputContent } from "./input.ts"
import type { RowGroup } from "./row-columns.ts"
import type { RowTable } from "./row-table.ts"

/** Looks at the parts of one input. */
export class ContentOfInput {
  #hasSessions = false
  #hasCallRecords = false

  /** Looks at a reject. A value that lacks what every session has may be anything. */
  noteReject({ code, pointer }: HeldReject): void {
    if (!code.startsWith("session/") || code === "session/not-an-object") return
    if (pointer?.startsWith("/sessions/") === true) this.#hasCallRecords = true
    else if (code !== "session/missing-property") this.#hasSessions = true
  }

  /** Looks at the rows from `firstRow` on. */
  noteRows({ groups }: RowTable, firstRow: number): void {
    for (const group of groups.from(firstRow)) this.#noteGroup(group, Math.max(0, firstRow - group.firstRow))
  }

  /** Looks at the envelopes from `firstIndex` on. */
  noteEnvelopes({ columns, count }: EnvelopeTable, firstIndex: number): void {
    for (let index = firstIndex; index < count; index++) {
      if (columns.kind[index] === EnvelopeKind.callRecord) this.#hasCallRecords = true
    }
  }

  #noteGroup({ columns: { sessionIndex }, rowCount, isAll }: RowGroup, from: number): void {
    if (from < rowCount && isAll("sessionIndex", -1)) {
      this.#hasSessions = true
      return
    }
    for (let row = from; row < rowCount; row++) {
      if ((sessionIndex[row] ?? -1) < 0) this.#hasSessions = true
      else this.#hasCallRecords = true
    }
  }

  /** What it holds. */
  value(): InputContent {
    if (this.#hasSessions) return this.#hasCallRecords ? "mixed" : "sessions"
    return this.#hasCallRecords ? "callRecords" : "none"
  }
}
