/** Runs → the items that scanning each element gives. In a worker, and where a block is taken apart. */
import {
  FramingVerdict,
  ITEM_FIELDS,
  ItemField,
  ItemKind,
  type Block,
  type FramingLimits,
  type ItemTable,
} from "./block.ts"
import { noBytes } from "./byte-sums.ts"
import { ByteClass, CLASS, LF, COMMA, OPEN_OBJECT } from "./byte-class.ts"
import { Cursor } from "./cursor.ts"
import { ElementScanner } from "./element-scanner.ts"
import { ItemTableBuilder } from "./item-table.ts"
import { OpenElement } from "./open-element.ts"

type Limits = Pick<FramingLimits, "maxRecordBytes" | "maxDepth">

/** The items in the run that is the item `row` of a block's table; their counters are relative to the block. */
export function frameRun(block: Block, items: ItemTable, row: number, limits: Limits): ItemTable {
  const run = items.fields.subarray(row * ITEM_FIELDS, (row + 1) * ITEM_FIELDS)
  const byteOffset = run[ItemField.byteOffset] ?? 0
  const end = byteOffset + (run[ItemField.byteLength] ?? 0)
  const cursor = new Cursor(byteOffset)
  cursor.bytes = block.bytes
  cursor.base = block.byteOffset
  cursor.line = run[ItemField.line] ?? 0
  const scanner = new ElementScanner(cursor, limits, false)
  const builder = new ItemTableBuilder()
  for (let index = 0; cursor.byteOffset < end; index++) {
    addElement(builder, scanElement(cursor, scanner, end), cursor, run, index)
    skipSeparator(cursor, end)
  }
  return builder.take({ line: 0, record: 0 }, noBytes())
}

function scanElement(cursor: Cursor, scanner: ElementScanner, end: number): OpenElement {
  const element = new OpenElement(cursor, undefined, false)
  scanner.begin(OPEN_OBJECT)
  if (scanner.scan(element, end) !== "ended") throw new RangeError("a run holds whole elements")
  return element
}

function addElement(
  builder: ItemTableBuilder,
  { byteOffset, line, memberCount }: OpenElement,
  cursor: Cursor,
  run: Float64Array,
  index: number,
): void {
  const firstIndex = run[ItemField.number] ?? -1
  const isSession = firstIndex >= 0
  const byteLength = cursor.byteOffset - byteOffset
  builder.add({
    kind: isSession ? ItemKind.session : ItemKind.record,
    byteOffset,
    byteLength,
    at: byteOffset - cursor.base,
    keptBytes: byteLength,
    line,
    record: (run[ItemField.record] ?? 0) + (isSession ? 0 : index),
    parent: run[ItemField.parent] ?? -1,
    number: isSession ? firstIndex + index : -1,
    memberCount,
    verdict: FramingVerdict.none,
    listKey: -1,
    elementCount: 0,
    holeAt: -1,
    digest: null,
  })
}

function skipSeparator(cursor: Cursor, end: number): void {
  const { bytes, base } = cursor
  for (; cursor.byteOffset < end; cursor.byteOffset += 1) {
    const byte = bytes[cursor.byteOffset - base] ?? 0
    if (byte === LF) cursor.line += 1
    else if (byte !== COMMA && CLASS[byte] !== ByteClass.space) return
  }
}
