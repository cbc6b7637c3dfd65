import { describe, expect, it } from "vitest"
import { ITEM_FIELDS, ItemField, ItemKind } from "#core/framing/block.ts"
import { Skeleton } from "#core/framing/envelope.ts"
import { ItemTableBuilder, type Counters, type FramedItem } from "#core/framing/item-table.ts"

const NO_BYTES = { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
const RECORD: FramedItem = {
  kind: ItemKind.record,
  byteOffset: 0,
  byteLength: 1,
  at: 0,
  keptBytes: 1,
  line: 0,
  record: 0,
  parent: -1,
  number: -1,
  memberCount: 0,
  verdict: 0,
  listKey: -1,
  elementCount: 0,
  holeAt: -1,
  digest: null,
}
const at = (record: number): Counters => ({ line: record, record })

describe("the items of a block", () => {
  it("are counted from where the block before ended", () => {
    const builder = new ItemTableBuilder()
    builder.add(RECORD)
    expect(builder.take(at(3), NO_BYTES)).toMatchObject({
      itemCount: 1,
      lineCount: 3,
      recordCount: 3,
    })
    builder.add({ ...RECORD, kind: ItemKind.envelope, line: 2, record: 4, parent: 3 })
    const { fields, recordCount } = builder.take(at(7), NO_BYTES)
    const field = (name: keyof typeof ItemField): number | undefined => fields[ItemField[name]]
    expect([field("line"), field("record"), field("parent"), recordCount]).toEqual([-1, 1, 3, 4])
  })

  it("are forgotten from the line's start on, with their skeletons and digests", () => {
    const builder = new ItemTableBuilder()
    builder.add(RECORD)
    builder.beginLine()
    builder.addSkeleton(new Skeleton(Uint8Array.of(1, 2), true, 100))
    builder.add({ ...RECORD, digest: new Uint8Array(32) })
    builder.takeBackLine()
    expect(builder.take(at(1), NO_BYTES)).toMatchObject({
      itemCount: 1,
      skeletons: new Uint8Array(0),
      digests: new Uint8Array(0),
    })
  })

  it("of a line that began in the block before are all forgotten", () => {
    const builder = new ItemTableBuilder()
    builder.add(RECORD)
    builder.beginLine()
    builder.add(RECORD)
    builder.take(at(2), NO_BYTES)
    builder.add(RECORD)
    builder.takeBackLine()
    expect(builder.itemCount).toBe(0)
  })

  it("are as many as there are", () => {
    const builder = new ItemTableBuilder()
    for (let record = 0; record < 1000; record++) builder.add({ ...RECORD, record })
    const { fields } = builder.take(at(1000), NO_BYTES)
    expect(fields).toHaveLength(1000 * ITEM_FIELDS)
    expect(fields[999 * ITEM_FIELDS + ItemField.record]).toBe(999)
  })
})
