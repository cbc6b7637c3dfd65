/**
 * All rows, in groups of so many that a group is one piece of work. The last group is open: rows are appended to it, and
 * taken back. The others are packed, in memory as long as there is room, beyond that in a temporary file.
 */
import { ColumnStore } from "@callsift/kernel"
import { GroupBuffers, PackedGroup } from "./packed-group.ts"
import { OpenGroup, ROW_BYTES, ROW_COLUMNS, type RowColumn, type RowGroup, type RowStore } from "./row-columns.ts"
import type { SpillFile } from "./spill-file.ts"
import type { MemoryAccount, WorkSpace } from "./work-space.ts"

/** Rows of the largest groups. */
export const MAX_GROUP_ROWS = 2 ** 15
/** A budget has room for so many groups that are not packed at least. */
const MIN_GROUPS = 4

/** Changes some columns of the rows of a group from one on. */
export type ChangeRows = (group: RowGroup, from: number) => void

/** The groups of a table. */
export class RowGroups {
  /** Rows of every group but the last. */
  readonly groupRows: number
  readonly #account: MemoryAccount
  readonly #file: SpillFile
  readonly #closed: PackedGroup[] = []
  /** Made for the first row. */
  #store: RowStore | null = null
  #open: OpenGroup | null = null
  /** For whoever goes through the groups next. */
  readonly #freeBuffers: GroupBuffers[] = []
  /** Groups before this one are all in the file. */
  #kept = 0

  constructor(space: WorkSpace) {
    this.#account = space.rows
    this.#file = space.openFile()
    const fitting = Math.floor(space.rows.limitBytes / ROW_BYTES / MIN_GROUPS)
    this.groupRows = Math.min(MAX_GROUP_ROWS, Math.max(1, fitting))
  }

  get rowCount(): number {
    return this.#open === null ? 0 : this.#open.firstRow + this.#open.rowCount
  }

  /** Whether a group is in the file. */
  get isSpilled(): boolean {
    return this.#file.byteLength > 0
  }

  /** Where the rows of the open group lie. */
  get store(): RowStore {
    return (this.#store ??= new ColumnStore(ROW_COLUMNS, this.groupRows))
  }

  /** The open group, with room for one row at least. */
  open(): OpenGroup {
    const open = this.#lastGroup()
    if (open.rowCount < this.groupRows) return open
    const packed = new PackedGroup(open, this.store.packer)
    this.#closed.push(packed)
    this.#keep(packed, packed.byteLength)
    while (this.#account.isOver && this.#kept < this.#closed.length) this.#spillNext()
    return (this.#open = new OpenGroup(open.firstRow + open.rowCount, this.store))
  }

  /** Drops all rows from this one on. */
  truncate(row: number): void {
    if (this.#open === null || row >= this.rowCount) return
    const open = row < this.#open.firstRow ? this.#reopen(Math.floor(row / this.groupRows)) : this.#open
    open.rowCount = row - open.firstRow
  }

  /** The group that holds a row; unpacked into the buffers. */
  at(row: number, buffers: GroupBuffers): RowGroup {
    return this.#packedAt(row)?.read(buffers) ?? this.#lastGroup()
  }

  /** The groups from that of a row on, in order. Each is valid until the next. */
  *from(row: number): Generator<RowGroup> {
    const buffers = this.#freeBuffers.pop() ?? new GroupBuffers()
    try {
      for (let at = row - (row % this.groupRows); at < this.rowCount; at += this.groupRows) yield this.at(at, buffers)
    } finally {
      this.#freeBuffers.push(buffers)
    }
  }

  /**
   * Changes columns of rows from one on: `change` is given each group, and the place of the first of these rows in it.
   * Packed groups in which these columns hold nothing but `unless` are left as they are.
   */
  change(
    firstRow: number,
    names: readonly ("caller" | "callee" | "envelope")[],
    unless: number,
    change: ChangeRows,
  ): void {
    const buffers = new GroupBuffers()
    for (let at = firstRow - (firstRow % this.groupRows); at < this.rowCount; at += this.groupRows) {
      const packed = this.#packedAt(at)
      if (packed !== null && names.every((name) => packed.isAll(name, unless))) continue
      const group = packed?.read(buffers) ?? this.#lastGroup()
      change(group, Math.max(0, firstRow - at))
      if (packed !== null) this.#replace(packed, group, names)
    }
  }

  /** It may be full. */
  #lastGroup(): OpenGroup {
    return (this.#open ??= new OpenGroup(0, this.store))
  }

  #packedAt(row: number): PackedGroup | null {
    return row >= (this.#open?.firstRow ?? 0) ? null : (this.#closed[Math.floor(row / this.groupRows)] ?? null)
  }

  /** Keeps so many bytes of a group in memory, or spills it. */
  #keep(packed: PackedGroup, byteCount: number): void {
    if (!this.#account.take(byteCount)) this.#spill(packed, packed.byteLength - byteCount)
  }

  #replace(packed: PackedGroup, { columns }: RowGroup, names: readonly RowColumn[]): void {
    const before = packed.byteLength
    for (const name of names) packed.replace(name, columns[name])
    this.#keep(packed, packed.byteLength - before)
  }

  #spill(packed: PackedGroup, takenBytes: number): void {
    packed.spill(this.#file)
    this.#account.give(takenBytes)
  }

  /** Spills the first group that is still in memory: dictionaries have taken its room. */
  #spillNext(): void {
    const packed = this.#closed[this.#kept]
    if (packed !== undefined) this.#spill(packed, packed.byteLength)
    this.#kept += 1
  }

  #reopen(index: number): OpenGroup {
    const group = this.#closed[index]
    if (group === undefined) throw new RangeError(`there is no group ${index}`)
    const open = new OpenGroup(group.firstRow, this.store)
    open.copy(group.read(new GroupBuffers()))
    this.#open = open
    this.#kept = Math.min(this.#kept, index)
    for (const dropped of this.#closed.splice(index)) this.#account.give(dropped.byteLength)
    return open
  }
}
