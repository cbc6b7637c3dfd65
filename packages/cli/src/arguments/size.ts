/** Sizes: `16MiB`, `16MB`, `16777216`. */
import { InvalidArgumentError } from "commander"

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["kib", 2 ** 10],
  ["mib", 2 ** 20],
  ["gib", 2 ** 30],
  ["tib", 2 ** 40],
  ["kb", 1e3],
  ["mb", 1e6],
  ["gb", 1e9],
  ["tb", 1e12],
])

/** Bytes. Throws commander's error for any other text. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  const unit = UNITS.get((match?.[2] ?? "?").toLowerCase())
  const bytes = Math.round(Number(match?.[1]) * (unit ?? Number.NaN))
  if (!Number.isSafeInteger(bytes)) throw new InvalidArgumentError("A size is written 16MiB, 16MB or 16777216.")
  return bytes
}

/** A parser of sizes from `least` to `most`, which are written as sizes themselves. */
export function sizeWithin(least: string, most: string): (text: string) => number {
  const [leastBytes, mostBytes] = [parseSize(least), parseSize(most)]
  return (text) => {
    const bytes = parseSize(text)
    if (bytes < leastBytes || bytes > mostBytes)
      throw new InvalidArgumentError(`It must be a size from ${least} to ${most}.`)
    return bytes
  }
}
