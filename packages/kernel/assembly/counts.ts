// Where the bytes of a block went, of the records that were taken and are no event, and between all of them.
export let recordBytes: f64 = 0
export let envelopeBytes: f64 = 0
export let separatorBytes: f64 = 0

export function beginBytes(): void {
  recordBytes = 0
  envelopeBytes = 0
  separatorBytes = 0
}

/** Bytes of sessions, of what stands around those of a callRecord, and between records. */
export function countBytes(ofRecords: usize, ofEnvelopes: usize, ofSeparators: usize): void {
  recordBytes += <f64>ofRecords
  envelopeBytes += <f64>ofEnvelopes
  separatorBytes += <f64>ofSeparators
}
