/**
 * Random numbers that are the same on every machine: sfc32 (Chris Doty-Humphrey, PractRand), in 32-bit integer
 * arithmetic alone. Streams of one seed that bear different names are independent of each other.
 */
const TWO_POW_32 = 4_294_967_296

/** One stream of random numbers. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** The stream called `stream` of the seed, any safe integer ≥ 0. */
  constructor(seed: number, stream: string) {
    this.a = seed >>> 0
    this.b = Math.floor(seed / TWO_POW_32) >>> 0
    this.c = hashOf(stream)
    for (let round = 0; round < 16; round++) this.next()
  }

  /** A whole number from 0 to 2³² − 1. */
  next(): number {
    const result = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0
    return result >>> 0
  }

  /** A whole number from 0 to `count` − 1; `count` is at most 2²¹, so that the product below is exact. */
  below(count: number): number {
    return Math.floor((this.next() * count) / TWO_POW_32)
  }

  /** A whole number from `least` to `most`, both possible; less than 2²¹ apart. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True `count` times in `of`. */
  chance(count: number, of: number): boolean {
    return this.below(of) < count
  }

  /** One of the items, each as likely as the others. The list must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError("nothing to pick from")
    return item
  }

  /** A span of time below `seconds`, in ticks of 100 ns, to the tick. */
  ticksBelow(seconds: number): number {
    return this.below(seconds) * 10_000_000 + this.below(10_000) * 1000 + this.below(1000)
  }
}

/** FNV-1a of the UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
