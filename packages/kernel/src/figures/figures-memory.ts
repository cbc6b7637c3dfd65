/** An instance of the figures' module, and regions of its memory, which whatever works together shares. */
import { Layout } from "../layout.ts"
import { wasmModule } from "../module.ts"

const PAGE_BYTES = 64 * 1024
/** A memory grows by this part of itself at least: growing costs more than room that nobody touches. */
const GROWTH_SHARE = 1 / 4
const MIN_GROWTH_BYTES = 2 ** 20

/** Where the regions begin, by name. */
export type Regions<Name extends string> = Readonly<Record<Name, number>>

interface OwnExports {
  readonly memory: WebAssembly.Memory
  readonly heapBase: () => number
}

/** `Exports` are the functions of the module that are used. */
export class FiguresMemory<Exports> {
  readonly exports: Exports
  readonly #own: OwnExports
  /** All of the memory; another after each `lay` and `take`. */
  bytes: Uint8Array
  #layout: Layout

  constructor() {
    const { exports } = new WebAssembly.Instance(wasmModule("figures"), {})
    this.#own = exports as unknown as OwnExports
    this.exports = exports as unknown as Exports
    this.bytes = new Uint8Array(this.#own.memory.buffer)
    this.#layout = new Layout(this.#own.heapBase())
  }

  /**
   * Lays out regions of so many bytes, each at a multiple of 64, in this order. What the memory held stays, so a region
   * whose place does not change keeps its content. Views of the memory that were made before are detached.
   */
  lay<Name extends string>(sizes: Readonly<Record<Name, number>>): Regions<Name> {
    this.#layout = new Layout(this.#own.heapBase())
    return this.take(sizes)
  }

  /** Lays out more regions behind those that are there, which stay as they are. What was never used is zero. */
  take<Name extends string>(sizes: Readonly<Record<Name, number>>): Regions<Name> {
    const regions = {} as Record<Name, number>
    for (const name of Object.keys(sizes) as Name[]) regions[name] = this.#layout.take(sizes[name])
    this.#makeRoom(this.#layout.take(0))
    return regions
  }

  /** The same memory, used by other functions of the module. */
  withExports<OtherExports>(): FiguresMemory<OtherExports> {
    return this as unknown as FiguresMemory<OtherExports>
  }

  #makeRoom(byteCount: number): void {
    const missing = byteCount - this.bytes.length
    if (missing > 0) this.#grow(missing)
    this.bytes = new Uint8Array(this.#own.memory.buffer)
  }

  #grow(missingBytes: number): void {
    const bytes = Math.max(missingBytes, MIN_GROWTH_BYTES, this.bytes.length * GROWTH_SHARE)
    this.#own.memory.grow(Math.ceil(bytes / PAGE_BYTES))
  }
}
