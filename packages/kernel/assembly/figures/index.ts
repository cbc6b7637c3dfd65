/** The inner loops of figures. Each works on regions of the memory that the host lays out; none keeps anything itself. */
export { countByteEnds, countSharing, countTextEnds, countTexts, listUnnumbered } from "./end-values"
export { countMembers, memberTableBytes, splitGroups } from "./group-members"
export { groupTableBytes } from "./group-table"
export { measureParticipants, orderByParticipant } from "./participation"
export { findId, numberId, numberIdPairs, placeIds } from "./id-numbers"
export { findRepeated, idTableBytes, splitIds } from "./repeated-ids"
export { addToDoubles, renumber, renumberIds } from "./row-values"
export { numberRecords, sortRecords } from "./sort"
export { splitIntervals } from "./split-intervals"
export { listPresent } from "./talk-time"

/** Where the host may lay out regions. */
export function heapBase(): usize {
  return __heap_base
}

export * from "./packing"
export { sweepUnits } from "./event-sweep"
export { countUnits, sortByUnit, splitIntoEvents } from "./unit-events"
export { countLengths, keepLengths, measureLengths } from "./lengths"
export { findBuckets, takeRanks } from "./length-ranks"
export { movePairs, sortPairs } from "./pair-table"
export { gatherNumbers } from "./gather"
export { listOutside } from "./outside-bounds"
export { chooseRows, listMarked } from "./choose-rows"
export { addToSets, countLabels, countStarts, countUngrouped } from "./row-counts"
