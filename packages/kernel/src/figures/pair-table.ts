/** A table of values by pairs of numbers in the figures' module, whose form assembly/figures/pair-table.ts knows. */
import type { FiguresMemory } from "./figures-memory.ts"
import type { IntervalExports } from "./interval-exports.ts"

const SLOT_BYTES = 16
const VALUE = 12
const ADDRESS_BYTES = 4

/** A list of addresses of slots. */
export interface SlotOrder {
  readonly at: number
  readonly count: number
}

/** A table that begins empty. Where it grows it is moved, and what it was in is not used again. */
export class PairTable {
  /** Pairs that it holds, as its user says. */
  size = 0
  at = 0
  #slotCount = 0
  readonly #memory: FiguresMemory<IntervalExports>

  constructor(memory: FiguresMemory<IntervalExports>) {
    this.#memory = memory
  }

  /** What numbers of slots are cut to. */
  get mask(): number {
    return this.#slotCount - 1
  }

  /** Makes room for so many more pairs. */
  reserve(pairCount: number): void {
    const slotCount = 2 ** Math.ceil(Math.log2(2 * (this.size + pairCount + 1)))
    if (slotCount <= this.#slotCount) return
    const { table } = this.#memory.take({ table: SLOT_BYTES * slotCount })
    this.#memory.exports.movePairs(this.at, this.#slotCount, table, slotCount - 1)
    this.at = table
    this.#slotCount = slotCount
  }

  /** The values by the first number of their pairs, ascending. */
  values(): readonly (readonly [first: bigint, value: number])[] {
    const { at, count } = this.inOrder()
    const view = new DataView(this.#memory.bytes.buffer)
    return Array.from({ length: count }, (_, index) => {
      const slot = view.getUint32(at + ADDRESS_BYTES * index, true)
      return [view.getBigInt64(slot, true), view.getUint32(slot + VALUE, true)]
    })
  }

  /** The slots of all pairs, ascending by the first number. */
  inOrder(): SlotOrder {
    const bytes = ADDRESS_BYTES * this.size
    const { order, spare } = this.#memory.take({ order: bytes, spare: bytes })
    const count = this.#memory.exports.sortPairs(this.at, this.#slotCount, order, spare)
    return { at: order, count }
  }
}
