/** Places of rows and envelopes as evidence and as words. */
import { inputFields, rowEvidence, type RowPlace } from "./evidence.ts"
import type { FindingPlace } from "./finding-list.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** The evidence fields of a row. */
export function rowFields({ facts, inputs }: ResolvedFacts, row: number): RowPlace {
  return rowEvidence(facts, inputs, row)
}

/** The evidence fields of a callRecord or page. */
export function envelopeFields({ inputs, joined }: ResolvedFacts, index: number): RowPlace {
  const { columns } = joined.envelopes
  const callId = joined.envelopes.callId(index)
  return {
    ...inputFields(inputs, columns.input[index] ?? -1),
    offset: columns.byteOffset[index] ?? 0,
    length: columns.byteLength[index] ?? 0,
    line: (columns.line[index] ?? 0) + 1,
    record: columns.record[index] ?? 0,
    ...(callId === null ? {} : { callId }),
  }
}

/** Where a row stands among all findings. */
export function placeOfRow({ facts }: ResolvedFacts, row: number): FindingPlace {
  const { input, byteOffset, firstRow } = facts.batchAt(row)
  return { input: input[row - firstRow] ?? 0, byteOffset: byteOffset[row - firstRow] ?? 0 }
}

/** Where a callRecord or page stands among all findings. */
export function placeOfEnvelope({ joined }: ResolvedFacts, index: number): FindingPlace {
  const { input, byteOffset } = joined.envelopes.columns
  return { input: input[index] ?? 0, byteOffset: byteOffset[index] ?? 0 }
}

/** The place of a row in words, as seen from another place. Of the row no more is looked up than the words need. */
export function rowInWords({ facts, inputs }: ResolvedFacts, row: number, here: RowPlace): string {
  const { input, byteOffset, line, firstRow } = facts.batchAt(row)
  const at = row - firstRow
  const place = { offset: byteOffset[at] ?? 0, line: (line[at] ?? 0) + 1 }
  return placeInWords({ ...inputFields(inputs, input[at] ?? -1), ...place }, here)
}

type WordedPlace = Pick<RowPlace, "input" | "entry" | "offset" | "line">

/** A place in words, as seen from another: the input is named only where it is a different one. */
export function placeInWords(there: WordedPlace, here: RowPlace): string {
  const place = `at byte ${there.offset}, line ${there.line}`
  const isSameInput = there.input === here.input && there.entry === here.entry
  return isSameInput ? place : `${place} of ${inputInWords(there)}`
}

/** The name of an input in words. */
export function inputInWords({ input, entry }: Pick<RowPlace, "input" | "entry">): string {
  return entry === undefined ? JSON.stringify(input) : `${JSON.stringify(input)}, entry ${JSON.stringify(entry)}`
}
