/**
 * Columns that grow together. A column is replaced by a larger one when it is full, so nobody keeps a column
 * across a call of `reserve`; values up to the old length are kept, the rest is zero.
 */

/** Any typed array type. */
export type ColumnType =
  | typeof BigInt64Array
  | typeof BigUint64Array
  | typeof Float64Array
  | typeof Int32Array
  | typeof Uint32Array
  | typeof Uint8Array
export type Columns<Types extends Readonly<Record<string, ColumnType>>> = {
  -readonly [Name in keyof Types]: InstanceType<Types[Name]>
}

const FIRST_CAPACITY = 256
// Doubling copies each value twice at most, all in all.
const GROWTH = 2

/** A typed array of the same type with at least `length` elements, the first of them those of `column`. */
export function grown<Column extends ArrayBufferView & { readonly length: number }>(
  column: Column,
  length: number,
): Column {
  if (length <= column.length) return column
  const capacity = Math.max(length, FIRST_CAPACITY, Math.ceil(column.length * GROWTH))
  const larger = new (column.constructor as new (length: number) => Column)(capacity)
  new Uint8Array(larger.buffer).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
  return larger
}

/** Empty columns of the given types. */
export function emptyColumns<Types extends Readonly<Record<string, ColumnType>>>(types: Types): Columns<Types> {
  return Object.fromEntries(Object.entries(types).map(([name, Type]) => [name, new Type(0)])) as Columns<Types>
}

/** Makes room for `rowCount` rows in every column. */
export function reserve<Types extends Readonly<Record<string, ColumnType>>>(
  columns: Columns<Types>,
  rowCount: number,
): void {
  for (const name in columns) columns[name] = grown(columns[name], rowCount)
}
