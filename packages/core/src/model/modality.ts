/** Modalities, and sets of them as bits. */
import { lookUpMember, MODALITY } from "./enums.ts"

/** The members in the order of the model (Graph's `callRecords.modality`, with `unknown`, which its pages add in front). */
export const MODALITIES = MODALITY.members
export type Modality = (typeof MODALITIES)[number]

/** What a text of a `modalities` list stands for. */
export interface ReadModality {
  /** Index in `MODALITIES`; of a member that the model does not know that of `unknownFutureValue`. */
  readonly index: number
  readonly isKnown: boolean
  /** Whether it is written in other letter case. */
  readonly isUnusual: boolean
}

const UNKNOWN: ReadModality = { index: MODALITIES.indexOf("unknownFutureValue"), isKnown: false, isUnusual: false }

/** The member that `text` means. */
export function readModality(text: string): ReadModality {
  const member = lookUpMember(MODALITY, text)
  return member === null ? UNKNOWN : { index: member.index, isKnown: true, isUnusual: member.name !== text }
}

/** The names of a set, in the order of the model. */
export function modalityNames(bits: number): Modality[] {
  return MODALITIES.filter((_, index) => (bits & (1 << index)) !== 0)
}
