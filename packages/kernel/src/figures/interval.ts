/** The record of an interval of one participant, as `assembly/figures/interval.ts` lays it out. */
export const INTERVAL_WORDS = 8
export const INTERVAL_BYTES = 4 * INTERVAL_WORDS
