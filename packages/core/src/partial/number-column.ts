/**
 * Columns of whole numbers, stored in as few bytes as their range needs: value = stored + `base`, and -1 stands for none.
 * A column that says the same in every row is not stored at all.
 */

/** The arrays that columns come in. */
export type NumberArray = Float64Array | Int32Array | Uint32Array | Uint8Array
/** The arrays that they are stored in. */
export type StoredArray = Int8Array | Int16Array | Int32Array | Float64Array

/** A column as it is stored. */
export interface StoredNumbers {
  readonly stored: StoredArray
  readonly base: number
  /** How many rows have none. */
  readonly noneCount: number
}

/** A column that has one value in every row; null: none in every row. */
export interface ConstantNumbers {
  readonly constant: number | null
}

/**
 * Packs the numbers of a column, in which `none` stands for none (null: every row has a number). `fixedBase` is for
 * columns that are read by others as they are stored.
 */
export function packNumbers(
  values: NumberArray,
  none: number | null,
  fixedBase: number | null = null,
): StoredNumbers | ConstantNumbers {
  let min = Infinity
  let max = -Infinity
  let noneCount = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0
    if (value === none) noneCount += 1
    else {
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  if (noneCount === values.length) return { constant: null }
  if (noneCount === 0 && min === max) return { constant: min }
  // Without a base, conversion is a copy.
  const base = fixedBase ?? (min >= 0 && widthOf(max) === widthOf(max - min) ? 0 : min)
  return { stored: narrowed(values, none, base, widthOf(max - base)), base, noneCount }
}

/** Unpacks a column of `rowCount` rows into an array of its own. */
export function unpackNumbers<Target extends NumberArray>(
  column: StoredNumbers | ConstantNumbers,
  none: number | null,
  target: Target,
): Target {
  if ("constant" in column) return target.fill(column.constant ?? none ?? 0) as Target
  target.set(column.stored)
  const { base, noneCount } = column
  if (noneCount === 0) addBase(target, base)
  else if (base !== 0 || none !== -1) restore(target, column.stored, base, none ?? 0)
  return target
}

/** Bytes of the smallest array that holds all from -1 to `max`. */
function widthOf(max: number): 1 | 2 | 4 | 8 {
  return max < 2 ** 7 ? 1 : max < 2 ** 15 ? 2 : max < 2 ** 31 ? 4 : 8
}

const ARRAYS = { 1: Int8Array, 2: Int16Array, 4: Int32Array, 8: Float64Array } as const

function narrowed(values: NumberArray, none: number | null, base: number, width: 1 | 2 | 4 | 8): StoredArray {
  const stored = new ARRAYS[width](values.length)
  if (base === 0 && (none === null || none === -1)) {
    stored.set(values)
    return stored
  }
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0
    stored[row] = value === none ? -1 : value - base
  }
  return stored
}

function addBase(target: NumberArray, base: number): void {
  if (base === 0) return
  for (let row = 0; row < target.length; row++) target[row] = (target[row] ?? 0) + base
}

function restore(target: NumberArray, stored: StoredArray, base: number, none: number): void {
  for (let row = 0; row < target.length; row++) {
    const value = stored[row] ?? 0
    target[row] = value === -1 ? none : value + base
  }
}
