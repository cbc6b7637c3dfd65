import { tableFromIPC } from "apache-arrow"
import { describe, expect, it } from "vitest"
import { loadArrow, writeTable } from "#core/partial/arrow-table.ts"
import { ColumnMemory } from "#core/partial/column-memory.ts"
import { ReadTable } from "#core/partial/read-table.ts"

const TABLE = {
  rowCount: 3,
  ticks: { startTicks: BigInt64Array.of(1n, -(2n ** 63n), 2n ** 63n - 1n) },
  ids: { sessionId: Uint8Array.from({ length: 48 }, (_, index) => index), callerId: null },
  texts: { callerName: Int32Array.of(-1, -1, -1), endpoints: Int32Array.of(1, -1, 0) },
  numbers: {
    line: { values: Float64Array.of(2 ** 50, 2 ** 50 + 2, 2 ** 50), none: null },
    sessionIndex: { values: Int32Array.of(-1, 4, 0), none: -1 },
    flags: { values: Uint8Array.of(9, 9, 9), none: null },
  },
  strings: ["plain", "\ud800 alone", "ü"],
}

describe("a table", () => {
  it("gives its columns back, in memory that is used again too", async () => {
    const arrow = await loadArrow()
    const memory = new ColumnMemory(true)
    const bytes = writeTable(arrow, TABLE)
    for (const read of [new ReadTable(bytes), new ReadTable(bytes, memory), new ReadTable(bytes, memory)]) {
      expect(read.rowCount).toBe(3)
      expect(read.ticks("startTicks")).toEqual(TABLE.ticks.startTicks)
      expect(read.ids("sessionId")).toEqual(TABLE.ids.sessionId)
      expect(read.ids("callerId")).toEqual(new Uint8Array(48))
      expect([read.texts("callerName"), read.texts("endpoints")]).toEqual(Object.values(TABLE.texts))
      expect(read.numbers("line", null, Float64Array)).toEqual(TABLE.numbers.line.values)
      expect(read.numbers("sessionIndex", -1, Int32Array)).toEqual(TABLE.numbers.sessionIndex.values)
      expect(read.numbers("flags", null, Uint8Array)).toEqual(TABLE.numbers.flags.values)
      expect(read.strings()).toEqual(TABLE.strings)
    }
  })

  it("is one that any reader of Arrow understands", async () => {
    const table = tableFromIPC(writeTable(await loadArrow(), TABLE))
    expect(table.getChild("endpoints")?.toArray()).toEqual(["\ufffd alone", null, "plain"])
    expect(table.getChild("sessionIndex")?.toJSON()).toEqual([null, 4, 0])
    expect(table.getChild("startTicks")?.get(1)).toBe(-(2n ** 63n))
    expect(table.schema.fields.find(({ name }) => name === "line")?.metadata.get("base")).toBe(String(2 ** 50))
    expect(JSON.parse(table.schema.metadata.get("constants") ?? "")).toEqual({
      callerId: null,
      callerName: null,
      flags: 9,
    })
  })

  it("without a column is damaged", async () => {
    const arrow = await loadArrow()
    const read = new ReadTable(writeTable(arrow, TABLE))
    for (const get of [() => read.ticks("endTicks"), () => read.ids("calleeId"), () => read.texts("callerTenant")])
      expect(get).toThrow("damaged")
  })
})
