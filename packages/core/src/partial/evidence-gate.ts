/**
 * Which evidence of an input is kept in its partial: as much of each code as a report could list if this were the first
 * input of all. A report takes the first by input, and what lies behind as much is never asked for.
 */
import { SESSION_FINDING_CODES } from "../check/rules.ts"
import type { FindingFact } from "../worker/protocol.ts"

/** What is kept of one code. */
interface CodeGate {
  /** First bytes of the findings that are kept. */
  readonly offsets: number[]
  /** The last of them is about this row. */
  lastRow: number
  /** Something was left out, so that nothing may follow it even if there is room again. */
  isClosed: boolean
}

/** The evidence of one input; its block results come in order. */
export class EvidenceGate {
  readonly #codes = new Map<string, CodeGate>()
  readonly #maxKept: number
  #rowCount = 0

  /** Keeps the first `maxKept` findings of each code about sessions, and all others. */
  constructor(maxKept: number) {
    this.#maxKept = maxKept
  }

  /** Those findings of a result of `rowCount` rows that are kept. */
  pass(findings: readonly FindingFact[], rowCount: number): readonly FindingFact[] {
    const kept = findings.filter((finding) => this.#keeps(finding))
    this.#rowCount += rowCount
    return kept.length === findings.length ? findings : kept
  }

  /** Forgets the findings that begin at or after a byte; they are the last. */
  takeBack(byteOffset: number): void {
    for (const gate of this.#codes.values()) {
      const isFull = gate.offsets.length >= this.#maxKept
      while ((gate.offsets.at(-1) ?? -1) >= byteOffset) gate.offsets.pop()
      // Workers may have left something out by now.
      if (isFull && gate.offsets.length < this.#maxKept) gate.isClosed = true
    }
  }

  /** The codes of which no more is kept, as bits of `SESSION_FINDING_CODES`. */
  fullCodes(): number {
    return SESSION_FINDING_CODES.reduce((bits, code, bit) => (this.#isFull(code) ? bits | (1 << bit) : bits), 0)
  }

  #isFull(code: string): boolean {
    const gate = this.#codes.get(code)
    return gate !== undefined && (gate.isClosed || gate.offsets.length >= this.#maxKept)
  }

  #keeps({ code, row, byteOffset }: FindingFact): boolean {
    if (row < 0) return true
    const gate = this.#gateOf(code)
    const rowInInput = this.#rowCount + row
    if (gate.lastRow === rowInInput) return false
    if (gate.offsets.length >= this.#maxKept) gate.isClosed = true
    if (gate.isClosed) return false
    gate.offsets.push(byteOffset)
    gate.lastRow = rowInInput
    return true
  }

  #gateOf(code: string): CodeGate {
    const known = this.#codes.get(code)
    if (known !== undefined) return known
    const gate = { offsets: [], lastRow: -1, isClosed: false }
    this.#codes.set(code, gate)
    return gate
  }
}
