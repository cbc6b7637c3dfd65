/**
 * Columns of whole numbers in few bytes a value: the difference to the least one, in as many bytes as the greatest
 * difference needs. Values of 32 bits are packed from where they lie; those of 64 bits may be made steps before (the
 * difference to the value before), which are shorter where values ascend. Arithmetic wraps, so nothing overflows.
 *
 * Up to 8 bytes behind what is packed are written, and read.
 */

let least32: i32 = 0
let least64: i64 = 0
let range64: u64 = 0

/** The least of the last `rangeOfWords`, as signed. */
export function leastWord(): i32 {
  return least32
}
/** The least of the last `rangeOfLongs`. */
export function leastLong(): i64 {
  return least64
}
/** The greatest difference to it, unsigned. */
export function longRange(): i64 {
  return range64 as i64
}

/** The greatest difference to the least of `count` values of 32 bits, unsigned; of signed values, of which there is one at least. */
export function rangeOfWords(at: usize, count: i32): i32 {
  const end = at + ((count as usize) << 2)
  let least = load<i32>(at)
  let greatest = least
  const wholeEnd = at + (((count & ~3) as usize) << 2)
  if (at < wholeEnd) {
    let leasts = v128.load(at)
    let greatests = leasts
    for (at += 16; at < wholeEnd; at += 16) {
      const values = v128.load(at)
      leasts = i32x4.min_s(leasts, values)
      greatests = i32x4.max_s(greatests, values)
    }
    least = min(
      min(i32x4.extract_lane(leasts, 0), i32x4.extract_lane(leasts, 1)),
      min(i32x4.extract_lane(leasts, 2), i32x4.extract_lane(leasts, 3)),
    )
    greatest = max(
      max(i32x4.extract_lane(greatests, 0), i32x4.extract_lane(greatests, 1)),
      max(i32x4.extract_lane(greatests, 2), i32x4.extract_lane(greatests, 3)),
    )
  }
  for (; at < end; at += 4) {
    const value = load<i32>(at)
    least = min(least, value)
    greatest = max(greatest, value)
  }
  least32 = least
  return greatest - least
}

/** Packs values of 32 bits, each in `width` bytes, 1 to 4. */
export function packWords(at: usize, count: i32, least: i32, width: usize, to: usize): void {
  const end = at + ((count as usize) << 2)
  for (; at < end; at += 4, to += width) store<i32>(to, load<i32>(at) - least)
}

/** The values of 32 bits that were packed. */
export function unpackWords(from: usize, count: i32, least: i32, width: usize, at: usize): void {
  const end = at + ((count as usize) << 2)
  const mask: u32 = 0xffff_ffff >> (32 - ((width as u32) << 3))
  for (; at < end; at += 4, from += width) store<i32>(at, (load<u32>(from) & mask) + least)
}

/** Doubles from 0 up to 2^52 that have this added hold a whole number in their last bits. */
const WHOLE: f64 = 4503599627370496.0

/** Makes doubles whole numbers of 64 bits, in their place; whether they all were whole. */
export function toLongs(at: usize, count: i32): bool {
  let isWhole = true
  const whole = f64x2.splat(WHOLE)
  const end = at + ((count as usize) << 3)
  while (at < end) {
    while (at + 16 <= end) {
      const values = v128.load(at)
      const shifted = f64x2.add(values, whole)
      const isPlain = v128.and(f64x2.eq(f64x2.sub(shifted, whole), values), isPlainRange(values, whole))
      if (!i64x2.all_true(isPlain)) break
      v128.store(at, v128.xor(shifted, whole))
      at += 16
    }
    if (at < end) isWhole = toLong(at) && isWhole
    at += 8
  }
  return isWhole
}

// @ts-ignore: decorator
@inline
function isPlainRange(values: v128, whole: v128): v128 {
  return v128.and(f64x2.ge(values, f64x2.splat(0)), f64x2.lt(values, whole))
}

function toLong(at: usize): bool {
  const value = load<f64>(at)
  const long = value as i64
  store<i64>(at, long)
  return (long as f64) == value
}

/** Makes whole numbers of 64 bits doubles, in their place. */
export function toDoubles(at: usize, count: i32): void {
  for (const end = at + ((count as usize) << 3); at < end; at += 8) store<f64>(at, load<i64>(at) as f64)
}

/** Subtracts other values of 64 bits from values of 64 bits, in their place. */
export function subtractLongs(at: usize, others: usize, count: i32): void {
  for (const end = at + ((count as usize) << 3); at < end; at += 8, others += 8)
    store<i64>(at, load<i64>(at) - load<i64>(others))
}

/** Adds other values of 64 bits. */
export function addLongs(at: usize, others: usize, count: i32): void {
  for (const end = at + ((count as usize) << 3); at < end; at += 8, others += 8)
    store<i64>(at, load<i64>(at) + load<i64>(others))
}

/** Makes values steps, in their place, but the first, which stays. */
export function toSteps(at: usize, count: i32): void {
  for (let from = at + ((count as usize) << 3) - 8; from > at; from -= 8)
    store<i64>(from, load<i64>(from) - load<i64>(from - 8))
}

/** Makes steps the values they lead to from the first on, which stands there, in their place. */
export function fromSteps(at: usize, count: i32): void {
  let value = load<i64>(at)
  const end = at + ((count as usize) << 3)
  for (at += 8; at < end; at += 8) {
    value += load<i64>(at)
    store<i64>(at, value)
  }
}

/** Subtracts from each step the value of 32 bits that stands before it among others: how far it is from that one's end. */
export function subtractLengths(at: usize, lengths: usize, count: i32): void {
  const end = at + ((count as usize) << 3)
  for (at += 8; at < end; at += 8, lengths += 4) store<i64>(at, load<i64>(at) - load<u32>(lengths))
}

/** Adds to each step what `subtractLengths` took from it. */
export function addLengths(at: usize, lengths: usize, count: i32): void {
  const end = at + ((count as usize) << 3)
  for (at += 8; at < end; at += 8, lengths += 4) store<i64>(at, load<i64>(at) + load<u32>(lengths))
}

/** Finds the least of values of 64 bits, of which there is one at least, and the greatest difference to it. */
export function rangeOfLongs(at: usize, count: i32): void {
  const end = at + ((count as usize) << 3)
  let least = load<i64>(at)
  let greatest = least
  for (at += 8; at < end; at += 8) {
    const value = load<i64>(at)
    least = min(least, value)
    greatest = max(greatest, value)
  }
  least64 = least
  range64 = (greatest - least) as u64
}

/** Packs values of 64 bits, each in `width` bytes, 1 to 8. */
export function packLongs(at: usize, count: i32, least: i64, width: usize, to: usize): void {
  const end = at + ((count as usize) << 3)
  for (; at < end; at += 8, to += width) store<i64>(to, load<i64>(at) - least)
}

/** The values of 64 bits that were packed. */
export function unpackLongs(from: usize, count: i32, least: i64, width: usize, at: usize): void {
  const end = at + ((count as usize) << 3)
  const mask: u64 = 0xffff_ffff_ffff_ffff >> (64 - ((width as u64) << 3))
  for (; at < end; at += 8, from += width) store<i64>(at, (load<u64>(from) & mask) + least)
}
