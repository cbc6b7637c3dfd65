/**
 * What is known of findings beyond their bit in a row: the evidence of the first of each code, in input order, and
 * how many there are about envelopes and records, which have no row. Those of rows are counted after resolving.
 */
import { SESSION_FINDING_CODES, type FindingCode } from "../check/rules.ts"
import type { FindingFact } from "../worker/protocol.ts"

/**
 * Evidence of one finding; numbers are the input's (`line` and `record` from 0, `envelope` as in `EnvelopeTable.naming`),
 * rows those of the table.
 */
export interface PooledFinding extends FindingFact {
  readonly code: FindingCode
  readonly input: number
  /** The call of an envelope, when its input has ended. */
  callId: string | null
}

/** The findings of one code. */
class CodePool {
  readonly kept: PooledFinding[] = []
  /** Findings without a row in the inputs before the current one. */
  earlierCount = 0
  /** Where those of the current input begin. */
  offsets: number[] = []
  /** Something was left out, so that nothing may follow it even if there is room again. */
  isClosed = false
}

/** The pool of all codes. */
export class FindingPool {
  readonly #pools = new Map<FindingCode, CodePool>()
  readonly #maxKept: number

  /** Keeps the evidence of the first `maxKept` of each code. */
  constructor(maxKept: number) {
    this.#maxKept = maxKept
  }

  /** Adds a finding, after all before it in the input. One session has a finding of a code once. */
  add(finding: PooledFinding): void {
    const pool = this.#poolOf(finding.code)
    if (finding.row < 0) pool.offsets.push(finding.byteOffset)
    else if (pool.kept.at(-1)?.row === finding.row) return
    if (pool.kept.length >= this.#maxKept) pool.isClosed = true
    if (!pool.isClosed) pool.kept.push(finding)
  }

  /** Drops the findings of an input that begin at or after a byte; they are its last. */
  takeBack(input: number, byteOffset: number): void {
    for (const pool of this.#pools.values()) {
      const isFull = pool.kept.length >= this.#maxKept
      while (isTakenBack(pool.kept.at(-1), input, byteOffset)) pool.kept.pop()
      while ((pool.offsets.at(-1) ?? -1) >= byteOffset) pool.offsets.pop()
      // Workers may have been told already that this code is full: what they left out is lost.
      if (isFull && pool.kept.length < this.#maxKept) pool.isClosed = true
    }
  }

  /** Ends an input: its findings stay, and those about envelopes get the call that `callIdOf` says. */
  endInput(input: number, callIdOf: (envelope: number) => string | null): void {
    for (const pool of this.#pools.values()) {
      pool.earlierCount += pool.offsets.length
      pool.offsets = []
      for (let at = pool.kept.length - 1; at >= 0 && pool.kept[at]?.input === input; at--) {
        const finding = pool.kept[at]
        if (finding !== undefined && finding.row < 0) finding.callId = callIdOf(finding.envelope)
      }
    }
  }

  /** The codes about sessions of which no more evidence is kept, as bits of `SESSION_FINDING_CODES`. */
  fullCodes(): number {
    return SESSION_FINDING_CODES.reduce((bits, code, bit) => (this.#isFull(code) ? bits | (1 << bit) : bits), 0)
  }

  /** The kept evidence of a code, in input order. */
  kept(code: FindingCode): readonly PooledFinding[] {
    return this.#pools.get(code)?.kept ?? []
  }

  /** How many findings of a code are about no row. */
  countWithoutRow(code: FindingCode): number {
    return this.#pools.get(code)?.earlierCount ?? 0
  }

  #isFull(code: FindingCode): boolean {
    const pool = this.#pools.get(code)
    return pool === undefined ? this.#maxKept === 0 : pool.isClosed || pool.kept.length >= this.#maxKept
  }

  #poolOf(code: FindingCode): CodePool {
    const known = this.#pools.get(code)
    if (known !== undefined) return known
    const pool = new CodePool()
    this.#pools.set(code, pool)
    return pool
  }
}

function isTakenBack(finding: PooledFinding | undefined, input: number, byteOffset: number): boolean {
  return finding !== undefined && finding.input === input && finding.byteOffset >= byteOffset
}
