/** Rows that lie in given memory, whatever it holds, are the rows that lie in memory of their own. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FACT_ROW_BYTES, receivedFacts, sentFacts } from "../../../packages/core/src/decode/fact-columns.ts"
import type { Item } from "../../../packages/core/src/decode/item.ts"
import { RowBuilder, type SessionFacts } from "../../../packages/core/src/decode/row-builder.ts"
import type { FactsColumns } from "../../../packages/core/src/worker/protocol.ts"

const id = fc.oneof(fc.uuid(), fc.string({ minLength: 1 }))
const text = fc.option(fc.string())
const facts: fc.Arbitrary<SessionFacts> = fc.record({
  startTicks: fc.bigInt(-(2n ** 60n), 2n ** 60n),
  endTicks: fc.bigInt(-(2n ** 60n), 2n ** 60n),
  sessionId: id,
  callerId: fc.option(id),
  calleeId: fc.option(id),
  callerKind: fc.nat(9),
  calleeKind: fc.nat(9),
  callerTenant: text,
  calleeTenant: text,
  callerName: text,
  calleeName: text,
  modalities: fc.nat(255),
  flags: fc.nat(255),
  failureStage: text,
  failureReason: text,
  endpoints: fc.string(),
  unknownProperties: text,
})

const ITEM = { kind: 0, verdict: 0, listKey: -1, elementCount: 0, holeAt: -1, digest: -1, at: 0, keptBytes: 7 } as const

function itemOf(row: number): Item {
  return {
    ...ITEM,
    byteOffset: 100 * row,
    byteLength: 7,
    line: row,
    record: row,
    parent: -1,
    number: -1,
    memberCount: 4,
  }
}

function built(sessions: readonly SessionFacts[], memory?: SharedArrayBuffer): FactsColumns {
  const builder = new RowBuilder(memory)
  sessions.forEach((session, row) => builder.add(session, itemOf(row), row, -1))
  return builder.columns()
}

describe("rows", () => {
  it("are the same in memory that is used again, as long as there is room and beyond it", () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 12 }), fc.nat(16), fc.nat(255), (sessions, rowsOfMemory, stale) => {
        const memory = new SharedArrayBuffer(rowsOfMemory * FACT_ROW_BYTES + 3)
        new Uint8Array(memory).fill(stale)
        const rows = built(sessions, memory)
        expect(rows).toEqual(built(sessions))
        expect(rows.startTicks.buffer === memory).toBe(sessions.length <= rowsOfMemory)
        expect(receivedFacts(structuredClone(sentFacts(rows)))).toEqual(rows)
      }),
    )
  })
})
