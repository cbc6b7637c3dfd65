/**
 * All rows, in groups of so many that a group is one piece of work: in memory as long as there is room, beyond that in
 * a temporary file. The last group is open: rows are appended to it, and taken back.
 */
import { GroupBuffers, PackedGroup } from "./packed-group.ts"
import { OpenGroup, openCopy, ROW_BYTES, type RowColumn, type RowGroup } from "./row-columns.ts"
import type { SpillFile } from "./spill-file.ts"
import type { MemoryAccount, WorkSpace } from "./work-space.ts"

const MAX_GROUP_ROWS = 2 ** 15
/** A budget has room for so many groups at least. */
const MIN_GROUPS = 4

/** Changes the rows of a group from one on. */
export type ChangeRows = (group: OpenGroup, from: number) => void

/** The groups of a table. */
export class RowGroups {
  /** Rows of every group but the last. */
  readonly groupRows: number
  readonly #account: MemoryAccount
  readonly #file: SpillFile
  readonly #closed: (OpenGroup | PackedGroup)[] = []
  #open = new OpenGroup(0)
  readonly #packing = new GroupBuffers()
  /** Groups before this one are all in the file. */
  #kept = 0

  constructor(space: WorkSpace) {
    this.#account = space.rows
    this.#file = space.openFile()
    const fitting = Math.floor(space.rows.limitBytes / ROW_BYTES / MIN_GROUPS)
    this.groupRows = Math.min(MAX_GROUP_ROWS, Math.max(1, fitting))
  }

  get rowCount(): number {
    return this.#open.firstRow + this.#open.rowCount
  }

  /** Whether a group is in the file. */
  get isSpilled(): boolean {
    return this.#closed.some((group) => group instanceof PackedGroup)
  }

  /** The open group, with room for one row at least. */
  open(): OpenGroup {
    if (this.#open.rowCount === this.groupRows) {
      const full = this.#open
      const stored = this.#stored(full)
      this.#closed.push(stored)
      while (this.#account.isOver && this.#kept < this.#closed.length) this.#packNext()
      this.#open = new OpenGroup(this.rowCount, stored === full ? null : full)
    }
    return this.#open
  }

  /** Drops all rows from this one on. */
  truncate(row: number): void {
    if (row >= this.rowCount) return
    if (row < this.#open.firstRow) this.#reopen(Math.floor(row / this.groupRows))
    this.#open.rowCount = row - this.#open.firstRow
  }

  /** The group that holds a row; read into the buffers where it is in the file. */
  at(row: number, buffers: GroupBuffers): RowGroup {
    const group = this.#groupAt(row)
    return group instanceof OpenGroup ? group : group.read(buffers)
  }

  /** The groups from that of a row on, in order. Each is valid until the next. */
  *from(row: number): Generator<RowGroup> {
    const buffers = new GroupBuffers()
    for (let at = row - (row % this.groupRows); at < this.rowCount; at += this.groupRows) {
      const group = this.#groupAt(at)
      yield group instanceof OpenGroup ? group : group.read(buffers)
    }
  }

  /**
   * Changes rows from one on: `change` is given each group, and the place of the first of these rows in it. Groups in
   * the file in which these columns hold nothing but `unless` are left as they are.
   */
  change(firstRow: number, names: readonly RowColumn[], unless: number, change: ChangeRows): void {
    for (let at = firstRow - (firstRow % this.groupRows); at < this.rowCount; at += this.groupRows) {
      const group = this.#groupAt(at)
      if (group instanceof PackedGroup && names.every((name) => group.isAll(name, unless))) continue
      const changed = group instanceof OpenGroup ? group : openCopy(group.read(new GroupBuffers()))
      change(changed, Math.max(0, firstRow - at))
      if (group instanceof PackedGroup)
        this.#closed[at / this.groupRows] = new PackedGroup(changed, this.#file, this.#packing)
    }
  }

  #groupAt(row: number): OpenGroup | PackedGroup {
    return row >= this.#open.firstRow ? this.#open : (this.#closed[Math.floor(row / this.groupRows)] ?? this.#open)
  }

  #stored(group: OpenGroup): OpenGroup | PackedGroup {
    return this.#account.take(group.rowCount * ROW_BYTES) ? group : new PackedGroup(group, this.#file, this.#packing)
  }

  /** Puts the first group that is still in memory into the file: dictionaries have taken its room. */
  #packNext(): void {
    const group = this.#closed[this.#kept]
    if (group instanceof OpenGroup) {
      this.#closed[this.#kept] = new PackedGroup(group, this.#file, this.#packing)
      this.#account.give(group.rowCount * ROW_BYTES)
    }
    this.#kept += 1
  }

  #reopen(index: number): void {
    const group = this.#closed[index]
    if (group === undefined) throw new RangeError(`there is no group ${index}`)
    this.#open = group instanceof OpenGroup ? group : openCopy(group.read(new GroupBuffers()))
    this.#kept = Math.min(this.#kept, index)
    for (const dropped of this.#closed.splice(index)) {
      if (dropped instanceof OpenGroup) this.#account.give(dropped.rowCount * ROW_BYTES)
    }
  }
}
