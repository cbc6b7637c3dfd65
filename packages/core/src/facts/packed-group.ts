/**
 * A group of rows that takes no more bytes than its values need, in memory or in a temporary file. A column is unpacked
 * when it is asked for; ids of sessions are kept as they are.
 */
import type { ColumnPacker, PackableColumn, PackedColumns, Packing } from "@callsift/kernel"
import { GUID_BYTES } from "./guid.ts"
import { lazyColumns } from "./lazy-columns.ts"
import { ROW_COLUMN_NAMES, ROW_COLUMNS, type RowColumn, type RowColumns, type RowGroup } from "./row-columns.ts"
import type { SpillFile } from "./spill-file.ts"

/** Columns that another one foretells: ends by starts, and where a record begins by the length of the one before. */
const COMPANIONS: Partial<Readonly<Record<RowColumn, "startTicks" | "byteLength">>> = {
  endTicks: "startTicks",
  byteOffset: "byteLength",
}

const UnpackedColumns = lazyColumns<RowColumns>(ROW_COLUMN_NAMES)

/** Where columns are unpacked; they are overwritten by the next group that is read there. */
export class GroupBuffers {
  readonly #columns = new Map<string, ArrayBuffer>()

  /** Memory of at least so many bytes, the same for the same name. */
  of(name: string, byteLength: number): ArrayBuffer {
    const known = this.#columns.get(name)
    if (known !== undefined && known.byteLength >= byteLength) return known
    const fresh = new ArrayBuffer(byteLength)
    this.#columns.set(name, fresh)
    return fresh
  }
}

/** Bytes that lie together, in memory or in a file. */
class Stretch {
  #bytes: Uint8Array | null
  #file: SpillFile | null = null
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#bytes?.length ?? 0
  }

  spill(file: SpillFile): void {
    if (this.#bytes === null) return
    this.#at = file.append(this.#bytes)
    this.#file = file
    this.#bytes = null
  }

  /** A part of them: where it lies, or read into the buffers. */
  read(from: number, byteLength: number, buffers: GroupBuffers): Uint8Array {
    if (this.#bytes !== null) return this.#bytes.subarray(from, from + byteLength)
    const bytes = new Uint8Array(buffers.of("packed", byteLength), 0, byteLength)
    this.#file?.read(this.#at + from, bytes)
    return bytes
  }
}

/** A packed column, and where it lies. */
interface StoredColumn {
  readonly packing: Packing
  readonly stretch: Stretch
  readonly from: number
  readonly byteLength: number
}

/** Packed rows. */
export class PackedGroup {
  readonly firstRow: number
  readonly rowCount: number
  readonly #packer: ColumnPacker
  readonly #columns: Record<RowColumn, StoredColumn>
  readonly #ids: Stretch

  /** Packs a group, of one row at least. */
  constructor({ firstRow, rowCount, columns, sessionBytes }: RowGroup, packer: ColumnPacker) {
    this.firstRow = firstRow
    this.rowCount = rowCount
    this.#packer = packer
    this.#ids = new Stretch(sessionBytes.slice(0, rowCount * GUID_BYTES))
    const { parts, bytes } = packer.packAll(
      ROW_COLUMN_NAMES.map((name) => [used(columns[name], rowCount), companionOf(name, columns, rowCount)]),
    )
    this.#columns = storedColumns(parts, new Stretch(bytes.slice()))
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return [...this.#stretches()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** Whether all values of a column are this one. */
  isAll(name: RowColumn, value: number): boolean {
    const { packing } = this.#columns[name]
    return packing.form === "words" && packing.width === 0 && packing.least === value
  }

  /** Moves to a file what lies in memory. Throws a `SpillError`. */
  spill(file: SpillFile): void {
    for (const stretch of this.#stretches()) stretch.spill(file)
  }

  /** Puts other values into a column that foretells none. They lie in memory until they are spilled. */
  replace(name: RowColumn, column: PackableColumn): void {
    const { packing, bytes } = this.#packer.pack(column)
    this.#columns[name] = { packing, stretch: new Stretch(bytes.slice()), from: 0, byteLength: bytes.length }
  }

  /** The rows, each column unpacked into the buffers when it is first asked for. */
  read(buffers: GroupBuffers): RowGroup {
    const columns: RowColumns = new UnpackedColumns((name) => this.#unpack(name, columns, buffers))
    const readIds = (): Uint8Array => this.#readIds(buffers)
    let ids: Uint8Array | null = null
    return {
      firstRow: this.firstRow,
      rowCount: this.rowCount,
      columns,
      isAll: (name, value) => this.isAll(name, value),
      get sessionBytes() {
        return (ids ??= readIds())
      },
    }
  }

  #stretches(): ReadonlySet<Stretch> {
    return new Set([this.#ids, ...ROW_COLUMN_NAMES.map((name) => this.#columns[name].stretch)])
  }

  /** Ids are words to some, and lie at a multiple of four; those in memory do, for they lie alone. */
  #readIds(buffers: GroupBuffers): Uint8Array {
    const length = this.rowCount * GUID_BYTES
    if (this.#ids.byteLength > 0) return this.#ids.read(0, length, buffers)
    const ids = new Uint8Array(buffers.of("sessionBytes", length), 0, length)
    ids.set(this.#ids.read(0, length, buffers))
    return ids
  }

  #unpack(name: RowColumn, columns: RowColumns, buffers: GroupBuffers): RowColumns[RowColumn] {
    // It may have to be unpacked, too, in the same memory.
    const companion = companionOf(name, columns, this.rowCount)
    const { packing, stretch, from, byteLength } = this.#columns[name]
    const Type = ROW_COLUMNS[name]
    const column = new Type(buffers.of(name, this.rowCount * Type.BYTES_PER_ELEMENT), 0, this.rowCount)
    this.#packer.unpack(packing, stretch.read(from, byteLength, buffers), column, companion)
    return column
  }
}

/** Where packed columns lie that lie side by side, in the order of their names. */
function storedColumns(parts: PackedColumns["parts"], stretch: Stretch): Record<RowColumn, StoredColumn> {
  const columns = {} as Record<RowColumn, StoredColumn>
  let from = 0
  for (const [index, part] of parts.entries()) {
    columns[ROW_COLUMN_NAMES[index] as RowColumn] = { ...part, stretch, from }
    from += part.byteLength
  }
  return columns
}

function companionOf(name: RowColumn, columns: RowColumns, rowCount: number): BigInt64Array | Uint32Array | null {
  const companion = COMPANIONS[name]
  return companion === undefined ? null : columns[companion].subarray(0, rowCount)
}

function used(column: PackableColumn, rowCount: number): PackableColumn {
  return column.subarray(0, rowCount)
}
