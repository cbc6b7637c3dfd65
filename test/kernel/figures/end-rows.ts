/** Rows with two ends for tests, and what is made of them one by one. */
import fc from "fast-check"
import type { EndBatch, EndTrait, EndValues } from "../../../packages/kernel/dist/index.js"

export interface EndRow {
  readonly from: number
  readonly to: number
  readonly fromByte: number
  readonly toByte: number
  readonly fromText: number
  readonly toText: number
  readonly sharedText: number
  readonly mark: number
}

/** Lists of rows of participants and texts below these numbers, or of none. */
export function rowsOf(participantCount: number, textCount: number): fc.Arbitrary<EndRow[]> {
  const participant = fc.integer({ min: -1, max: participantCount - 1 })
  const text = fc.integer({ min: -1, max: textCount - 1 })
  const byte = fc.nat(40)
  const row = fc.record({
    from: participant,
    to: participant,
    fromByte: byte,
    toByte: byte,
    fromText: text,
    toText: text,
    sharedText: text,
    mark: fc.nat(255),
  })
  return fc.array(row, { maxLength: 200, size: "max" })
}

export function endBatch(rows: readonly EndRow[]): EndBatch {
  return {
    rowCount: rows.length,
    from: Int32Array.from(rows, ({ from }) => from),
    to: Int32Array.from(rows, ({ to }) => to),
    fromBytes: Uint8Array.from(rows, ({ fromByte }) => fromByte),
    toBytes: Uint8Array.from(rows, ({ toByte }) => toByte),
    fromTexts: Int32Array.from(rows, ({ fromText }) => fromText),
    toTexts: Int32Array.from(rows, ({ toText }) => toText),
    sharedTexts: Int32Array.from(rows, ({ sharedText }) => sharedText),
    marks: Uint8Array.from(rows, ({ mark }) => mark),
  }
}

/** Numbers the texts of columns as they come; the number of each, which nobody is asked for twice. */
export function numbered(
  ends: EndValues,
  trait: Exclude<EndTrait, 0>,
  columns: readonly ("fromTexts" | "toTexts" | "sharedTexts")[],
  known = new Map<number, number>(),
): Map<number, number> {
  for (const column of columns) {
    ends.number(trait, column, (text) => {
      if (known.has(text)) throw new Error(`text ${text} has a number`)
      known.set(text, known.size)
      return known.size - 1
    })
  }
  return known
}
