/**
 * A group of rows in a temporary file. Of whole numbers the differences to the least one are kept, in as many bytes as
 * the greatest difference needs; a column that holds one value takes none. A column is read when it is asked for.
 */
import { GUID_BYTES } from "./guid.ts"
import { ROW_COLUMN_NAMES, ROW_COLUMNS, type RowColumn, type RowColumns, type RowGroup } from "./row-columns.ts"
import type { SpillFile } from "./spill-file.ts"

/** Bytes of a packed value, by width. */
const WIDTHS = [Uint8Array, Uint8Array, Uint16Array, null, Uint32Array] as const
const WHOLE = -1

/** How a column lies in the file. */
interface PackedColumn {
  /** Bytes of a value: 0 where all are equal to `least`, WHOLE where the column is there as it is. */
  readonly width: 0 | 1 | 2 | 4 | typeof WHOLE
  readonly least: number
  /** Where it begins in the file. */
  readonly at: number
}

/** Any column but those of ticks. */
type NumberColumn = Exclude<RowColumns[RowColumn], BigInt64Array>

/** Where columns are read to; they are overwritten by the next group that is read there. */
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

/** Rows in a file. */
export class PackedGroup {
  readonly firstRow: number
  readonly rowCount: number
  readonly #file: SpillFile
  readonly #columns: Readonly<Record<RowColumn, PackedColumn>>
  readonly #idsAt: number

  /** Writes a group to a file; the buffers are free again afterwards. */
  constructor({ firstRow, rowCount, columns, sessionBytes }: RowGroup, file: SpillFile, buffers: GroupBuffers) {
    this.firstRow = firstRow
    this.rowCount = rowCount
    this.#file = file
    this.#columns = Object.fromEntries(
      ROW_COLUMN_NAMES.map((name) => [name, pack(columns[name], rowCount, file, buffers)]),
    ) as Record<RowColumn, PackedColumn>
    this.#idsAt = file.append(sessionBytes.subarray(0, rowCount * GUID_BYTES))
  }

  /** Whether all values of a column are this one. */
  isAll(name: RowColumn, value: number): boolean {
    return this.#columns[name].width === 0 && this.#columns[name].least === value
  }

  /** The rows, each column read into the buffers when it is first asked for. */
  read(buffers: GroupBuffers): RowGroup {
    const columns = {} as RowColumns
    for (const name of ROW_COLUMN_NAMES) defineLazy(columns, name, () => this.#unpack(name, buffers))
    const group = { firstRow: this.firstRow, rowCount: this.rowCount, columns } as RowGroup
    defineLazy(group, "sessionBytes", () => this.#readIds(buffers))
    return group
  }

  #readIds(buffers: GroupBuffers): Uint8Array {
    const length = this.rowCount * GUID_BYTES
    const ids = new Uint8Array(buffers.of("sessionBytes", length), 0, length)
    this.#file.read(this.#idsAt, ids)
    return ids
  }

  #unpack(name: RowColumn, buffers: GroupBuffers): RowColumns[RowColumn] {
    const { width, least, at } = this.#columns[name]
    const Type = ROW_COLUMNS[name]
    const column = new Type(buffers.of(name, this.rowCount * Type.BYTES_PER_ELEMENT), 0, this.rowCount)
    if (width === WHOLE) this.#file.read(at, new Uint8Array(column.buffer, 0, column.byteLength))
    else if (width === 0) (column as NumberColumn).fill(least)
    else this.#addPacked(column as NumberColumn, WIDTHS[width], least, at, buffers)
    return column
  }

  #addPacked(
    column: NumberColumn,
    Packed: typeof Uint8Array | typeof Uint16Array | typeof Uint32Array,
    least: number,
    at: number,
    buffers: GroupBuffers,
  ): void {
    const length = this.rowCount * Packed.BYTES_PER_ELEMENT
    const buffer = buffers.of("packed", length)
    this.#file.read(at, new Uint8Array(buffer, 0, length))
    const packed = new Packed(buffer, 0, this.rowCount)
    for (let row = 0; row < packed.length; row++) column[row] = (packed[row] ?? 0) + least
  }
}

/** A property that is made when it is first asked for. */
function defineLazy<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  make: () => Owner[Name],
): void {
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make()
      Object.defineProperty(owner, name, { value, enumerable: true })
      return value
    },
  })
}

function pack(column: RowColumns[RowColumn], rowCount: number, file: SpillFile, buffers: GroupBuffers): PackedColumn {
  const used = column.subarray(0, rowCount)
  if (used instanceof BigInt64Array) return { width: WHOLE, least: 0, at: file.append(bytesOf(used)) }
  let least = used[0] ?? 0
  let greatest = least
  for (let row = 1; row < used.length; row++) {
    const value = used[row] ?? 0
    if (value < least) least = value
    else if (value > greatest) greatest = value
  }
  const width = widthOf(greatest - least)
  if (width === 0) return { width, least, at: file.byteLength }
  if (width === WHOLE) return { width, least, at: file.append(bytesOf(used)) }
  const packed = new WIDTHS[width](buffers.of("packed", rowCount * width), 0, rowCount)
  for (let row = 0; row < used.length; row++) packed[row] = (used[row] ?? 0) - least
  return { width, least, at: file.append(bytesOf(packed)) }
}

function widthOf(range: number): PackedColumn["width"] {
  if (range === 0) return 0
  if (range < 2 ** 8) return 1
  if (range < 2 ** 16) return 2
  return range < 2 ** 32 ? 4 : WHOLE
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
