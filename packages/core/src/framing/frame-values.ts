/** Values that were only stepped over → the items that framing each gives. */
import { ITEM_FIELDS, ItemField, NO_ENVELOPE, type Block, type FramingLimits, type ItemTable } from "./block.ts"
import { CLASS, ByteClass, LF, OPEN_OBJECT } from "./byte-class.ts"
import { Cursor } from "./cursor.ts"
import { ElementScanner } from "./element-scanner.ts"
import { ItemWriter } from "./item-writer.ts"
import { ValueFramer } from "./value-framer.ts"

/** Where values lie: a part of an item of that kind. */
export type ValuesPlace = { readonly [Name in "byteOffset" | "byteLength" | "line" | "parent" | "number"]: number }

/** Reads the place out of an item's fields. */
export function valuesPlace(fields: Float64Array): ValuesPlace {
  return {
    byteOffset: fields[ItemField.byteOffset] ?? 0,
    byteLength: fields[ItemField.byteLength] ?? 0,
    line: fields[ItemField.line] ?? 0,
    parent: fields[ItemField.parent] ?? NO_ENVELOPE,
    number: fields[ItemField.number] ?? -1,
  }
}

/**
 * The items in values of a block. Lines are the block's; records, which are counted in the table as bytes are, begin
 * with the first.
 */
export function frameValues(
  block: Block,
  { byteOffset, byteLength, line, parent, number }: ValuesPlace,
  limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">,
): ItemTable {
  const cursor = new Cursor(byteOffset)
  cursor.bytes = block.bytes
  cursor.base = block.byteOffset
  cursor.line = line
  const writer = new ItemWriter(cursor, limits.maxRecordBytes)
  const framer = new ValueFramer(cursor, new ElementScanner(cursor, limits, false), writer, false, null)
  const end = byteOffset + byteLength
  if (number >= 0) {
    framer.enterArray()
    scan(framer, end)
  } else
    for (; cursor.byteOffset < end; skipSpace(cursor, end)) {
      framer.begin(OPEN_OBJECT)
      scan(framer, end)
    }
  writer.account.countTo("separatorBytes", end)
  const table = writer.table.take({ line: 0, record: writer.recordCount }, writer.account.take())
  setParent(table, parent)
  return table
}

/** Puts what is in no envelope of the values into the one around them. */
function setParent({ fields }: ItemTable, parent: number): void {
  for (let at: number = ItemField.parent; at < fields.length; at += ITEM_FIELDS)
    if (fields[at] === NO_ENVELOPE) fields[at] = parent
}

function scan(framer: ValueFramer, end: number): void {
  const outcome = framer.scan(end, true)
  if (outcome !== "ended" && outcome !== "more") throw new RangeError("values can be taken apart to their end")
}

function skipSpace(cursor: Cursor, end: number): void {
  for (; cursor.byteOffset < end; cursor.byteOffset += 1) {
    const byte = cursor.bytes[cursor.index] ?? 0
    if (byte === LF) cursor.line += 1
    else if (CLASS[byte] !== ByteClass.space) return
  }
}
