/**
 * Exact arithmetic on columns of 64-bit ticks without a BigInt a row. A column is seen as pairs of 32-bit words;
 * every number made of them is an integer below 2^53, so nothing is ever rounded.
 */

/** Views of the same memory as the column: element `index` has its words at `2 * index`. */
export interface TickWords {
  /** ticks = high · 2^32 + low. */
  readonly high: Int32Array
  readonly low: Uint32Array
}

const WORD = 2 ** 32
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const HIGH_BYTE = IS_LITTLE_ENDIAN ? 4 : 0
const LOW_BYTE = IS_LITTLE_ENDIAN ? 0 : 4

const viewsOfColumn = new WeakMap<BigInt64Array, TickWords>()

/** The words of a column, without a copy; made once for each column, so it may be asked for every row. */
export function tickWords(column: BigInt64Array): TickWords {
  const known = viewsOfColumn.get(column)
  if (known !== undefined) return known
  const views = viewsOf(column)
  viewsOfColumn.set(column, views)
  return views
}

function viewsOf({ buffer, byteOffset, length }: BigInt64Array): TickWords {
  const wordCount = Math.max(0, 2 * length - 1)
  return {
    high: new Int32Array(buffer, length === 0 ? byteOffset : byteOffset + HIGH_BYTE, wordCount),
    low: new Uint32Array(buffer, length === 0 ? byteOffset : byteOffset + LOW_BYTE, wordCount),
  }
}

/** Whether `a[aIndex]` is an earlier instant than `b[bIndex]`. */
export function isBefore(a: TickWords, aIndex: number, b: TickWords, bIndex: number): boolean {
  const aHigh = a.high[2 * aIndex] ?? 0
  const bHigh = b.high[2 * bIndex] ?? 0
  return aHigh === bHigh ? (a.low[2 * aIndex] ?? 0) < (b.low[2 * bIndex] ?? 0) : aHigh < bHigh
}

/** Upper word of `to[toIndex] − from[fromIndex]`, which is not negative. */
export function spanHigh(from: TickWords, fromIndex: number, to: TickWords, toIndex: number): number {
  const fromLow = from.low[2 * fromIndex] ?? 0
  const toLow = to.low[2 * toIndex] ?? 0
  return (to.high[2 * toIndex] ?? 0) - (from.high[2 * fromIndex] ?? 0) - (toLow < fromLow ? 1 : 0)
}

/** Lower word of `to[toIndex] − from[fromIndex]`. */
export function spanLow(from: TickWords, fromIndex: number, to: TickWords, toIndex: number): number {
  return ((to.low[2 * toIndex] ?? 0) - (from.low[2 * fromIndex] ?? 0)) >>> 0
}

/**
 * How many whole units an instant lies after 1970-01-01T00:00:00Z, rounded down. Exact for every instant where
 * `unitTicks` is that of an hour or a day: their odd factors have 25 and 26 bits, so each product below fits in 53.
 */
export function wholeUnits(words: TickWords, index: number, unitTicks: number): number {
  const high = (words.high[2 * index] ?? 0) * WORD
  const units = Math.floor(high / unitTicks)
  return units + Math.floor((high - units * unitTicks + (words.low[2 * index] ?? 0)) / unitTicks)
}
