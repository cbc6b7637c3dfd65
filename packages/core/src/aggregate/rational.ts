/**
 * From exact integers to the double that stands in the report. Everything before is integer arithmetic; the one
 * rounding is done here, to the nearest double, ties to even, so a figure is the same on every machine.
 */
import { TICKS_PER_SECOND } from "../model/instant.ts"

/** More bits than a double's 53, so that what is cut off never decides a tie. */
const KEPT_BITS = 56

/** The double nearest to `numerator / denominator`. The denominator is positive; results stay in the normal range. */
export function nearestDouble(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -nearestDouble(-numerator, denominator)
  const [dividend, divisor] = [Number(numerator), Number(denominator)]
  // Division of doubles rounds once; where both are exact, that is the rounding asked for.
  if (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor)) return dividend / divisor
  const shift = Math.max(0, KEPT_BITS + bitLength(denominator) - bitLength(numerator))
  const scaled = numerator << BigInt(shift)
  const quotient = scaled / denominator
  const hasRest = quotient * denominator !== scaled
  return roundedWithRest(quotient, hasRest, shift)
}

/** The double nearest to the square root of `numerator / denominator`. Neither is negative, the denominator is not 0. */
export function nearestRoot(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0
  const shift = Math.max(0, KEPT_BITS + Math.ceil((bitLength(denominator) - bitLength(numerator)) / 2))
  const scaled = numerator << BigInt(2 * shift)
  const quotient = scaled / denominator
  const root = integerRoot(quotient)
  const hasRest = root * root * denominator !== scaled
  return roundedWithRest(root, hasRest, shift)
}

/** Ticks of 100 ns as seconds, to the nearest double. */
export function secondsOf(ticks: bigint): number {
  return nearestDouble(ticks, TICKS_PER_SECOND)
}

/** `value / 2^shift`, where `hasRest` says that something smaller than one was cut off of `value`. */
function roundedWithRest(value: bigint, hasRest: boolean, shift: number): number {
  // The appended bit breaks ties that are none; Number() of a BigInt rounds to nearest, ties to even.
  return Number((value << 1n) | (hasRest ? 1n : 0n)) * 2 ** -(shift + 1)
}

/** The largest integer whose square is at most `value`. By Newton's method from above. */
function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(bitLength(value) / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

function bitLength(value: bigint): number {
  return value.toString(2).length
}
