/**
 * Where facts and what is made of them are kept: in memory up to a budget, beyond it in temporary files. Some quarter of the
 * budget is for what can lie in a file: rows, and what figures need of them all at once. The rest is for what figures know
 * of each participant, and for garbage.
 */
import { SpillFile } from "./spill-file.ts"
import { TemporaryFolder } from "./temporary-folder.ts"

/** How much of a part of the budget is taken. */
export class MemoryAccount {
  readonly limitBytes: number
  #takenBytes = 0
  /** Has what else may be taken, where it is left over there. */
  readonly #lender: MemoryAccount | null
  #lentBytes = 0

  constructor(limitBytes: number, lender: MemoryAccount | null = null) {
    this.limitBytes = limitBytes
    this.#lender = lender
  }

  /** How much is taken. */
  get takenBytes(): number {
    return this.#takenBytes
  }

  /** Whether more is taken than there is room for. */
  get isOver(): boolean {
    return this.#takenBytes > this.limitBytes
  }

  /** Takes so much if there is room for it; whether there was. */
  take(bytes: number): boolean {
    const missing = this.#takenBytes + bytes - this.limitBytes - this.#lentBytes
    if (missing > 0 && !this.#borrow(missing)) return false
    this.#takenBytes += bytes
    return true
  }

  /** Takes what cannot lie anywhere else, whether there is room for it or not. */
  require(bytes: number): void {
    this.#takenBytes += bytes
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.#takenBytes -= bytes
    const unused = Math.min(this.#lentBytes, this.limitBytes + this.#lentBytes - this.#takenBytes)
    if (unused <= 0) return
    this.#lender?.give(unused)
    this.#lentBytes -= unused
  }

  #borrow(bytes: number): boolean {
    if (this.#lender?.take(bytes) !== true) return false
    this.#lentBytes += bytes
    return true
  }
}

/** Memory for records comes in pieces of so many words, which are used again. */
export const SLAB_WORDS = 2 ** 18
const SLAB_BYTES = SLAB_WORDS * 4

/** The space of one run. */
export class WorkSpace {
  readonly rows: MemoryAccount
  /**
   * Records that are told apart by what they are of, and events that are told apart by hours: made when no more rows
   * come, so what rows left over is theirs, too.
   */
  readonly records: MemoryAccount
  readonly events: MemoryAccount
  /** Durations of all sessions, where there are so few that they fit. */
  readonly durations: MemoryAccount
  readonly #folder: TemporaryFolder
  readonly #freeSlabs: Int32Array[] = []
  /** Memory for slabs that were never taken. */
  readonly #lentSlabs: Int32Array[] = []

  /** `memoryBytes` is the budget, `temporaryFolder` the folder in which one for temporary files may be made. */
  constructor(memoryBytes: number, temporaryFolder: string) {
    this.rows = new MemoryAccount((3 * memoryBytes) / 16)
    this.records = new MemoryAccount(memoryBytes / 16, this.rows)
    this.events = new MemoryAccount(memoryBytes / 32, this.rows)
    this.durations = new MemoryAccount(memoryBytes / 16)
    this.#folder = new TemporaryFolder(temporaryFolder)
  }

  /** Memory for records, or null where there is no room for more; not empty. */
  takeSlab(): Int32Array | null {
    const free = this.#freeSlabs.pop()
    if (free !== undefined) return free
    return this.records.take(SLAB_BYTES) ? (this.#lentSlabs.pop() ?? new Int32Array(SLAB_WORDS)) : null
  }

  /**
   * Has records lie in memory that its owner needs no more: the system would have to clear new memory. Not where anything
   * lies in a file, for then memory is scarce, and more than this may hang on it.
   */
  lend(memory: readonly Uint8Array[]): void {
    if (this.isSpilled) return
    for (const { buffer, byteOffset, length } of memory) {
      for (let at = 0; at + SLAB_BYTES <= length; at += SLAB_BYTES) {
        this.#lentSlabs.push(new Int32Array(buffer, byteOffset + at, SLAB_WORDS))
      }
    }
  }

  /** Gives memory for records back, to be taken again. */
  giveSlabs(slabs: readonly Int32Array[]): void {
    this.#freeSlabs.push(...slabs)
  }

  /** Whether anything did not fit into the budget. */
  get isSpilled(): boolean {
    return this.#folder.isMade
  }

  /** Lets go of the memory for records that was given back: no more are told apart. */
  forgetSlabs(): void {
    this.records.give(this.#freeSlabs.length * SLAB_BYTES)
    this.#freeSlabs.length = 0
    this.#lentSlabs.length = 0
  }

  /** A new temporary file. */
  openFile(): SpillFile {
    return new SpillFile(this.#folder)
  }

  /** Removes all temporary files. */
  close(): void {
    this.#folder.close()
  }
}
