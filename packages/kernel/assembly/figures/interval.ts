// The record of an interval of one participant, 32 bytes: start and end in ticks, i64 each, then i32 each the
// participant, the group it is of, the row it comes from, and the kinds of the participant at its two ends.

export const RECORD_BYTES: usize = 32
export const START: usize = 0
/** A group of its own, which no other interval is of. */
export const OWN_GROUP: i32 = -1

// @ts-ignore: decorator
@inline
export function startOf(record: usize): i64 {
  return load<i64>(record)
}

// @ts-ignore: decorator
@inline
export function endOf(record: usize): i64 {
  return load<i64>(record, 8)
}

// @ts-ignore: decorator
@inline
export function participantOf(record: usize): u32 {
  return load<u32>(record, 16)
}

/** As it came; or what `numberGroups` put there. */
// @ts-ignore: decorator
@inline
export function groupOf(record: usize): i32 {
  return load<i32>(record, 20)
}

// @ts-ignore: decorator
@inline
export function setGroup(record: usize, group: i32): void {
  store<i32>(record, group, 20)
}

// @ts-ignore: decorator
@inline
export function rowOf(record: usize): i32 {
  return load<i32>(record, 24)
}

/** The kind at one end + 1, 0 where the participant is not there. */
// @ts-ignore: decorator
@inline
export function kindOfFrom(record: usize): u32 {
  return load<u8>(record, 28)
}

// @ts-ignore: decorator
@inline
export function kindOfTo(record: usize): u32 {
  return load<u8>(record, 29)
}

// @ts-ignore: decorator
@inline
export function writeInterval(record: usize, start: i64, end: i64, participant: i32, group: i32, row: i32, kinds: u32): void {
  store<i64>(record, start)
  store<i64>(record, end, 8)
  store<i32>(record, participant, 16)
  store<i32>(record, group, 20)
  store<i32>(record, row, 24)
  store<u32>(record, kinds, 28)
}
