/**
 * Counts where the bytes of a stream went, in stream order: each byte before `#countedTo` is in exactly one number.
 * What a line gave can be taken back, also after it was handed out: then the numbers become negative by as much, so
 * that the sums over all accounts of an input are those of the line as a whole.
 */
import type { ByteAccount } from "./block.ts"
import { noBytes } from "./byte-sums.ts"

export class AccountBuilder {
  #sums = noBytes()
  #countedTo: number
  /** The sums as they were where the line began, less what was handed out since. */
  readonly #atLine = noBytes()
  #lineCountedTo = 0

  constructor(byteOffset: number) {
    this.#countedTo = byteOffset
  }

  /** Counts the bytes before `byteOffset` that are not counted yet. */
  countTo(name: keyof ByteAccount, byteOffset: number): void {
    this.#sums[name] += byteOffset - this.#countedTo
    this.#countedTo = byteOffset
  }

  /** Counts a run that ends before `byteOffset`: its elements have `recordBytes`, the rest lies between them. */
  countRun(recordBytes: number, byteOffset: number): void {
    this.#sums.recordBytes += recordBytes
    this.#sums.separatorBytes += byteOffset - this.#countedTo - recordBytes
    this.#countedTo = byteOffset
  }

  /** Leaves the bytes before `byteOffset` that are not counted yet to somebody else. */
  leaveOut(byteOffset: number): void {
    this.#countedTo = byteOffset
  }

  beginLine(): void {
    Object.assign(this.#atLine, this.#sums)
    this.#lineCountedTo = this.#countedTo
  }

  takeBackLine(): void {
    Object.assign(this.#sums, this.#atLine)
    this.#countedTo = this.#lineCountedTo
  }

  /** Hands out what was counted since the last time. */
  take(): ByteAccount {
    const taken = this.#sums
    this.#sums = noBytes()
    for (const name of NAMES) this.#atLine[name] -= taken[name]
    return taken
  }
}

const NAMES = ["recordBytes", "separatorBytes", "envelopeBytes", "damageBytes"] as const
