/** JSON bytes → columns, in WebAssembly SIMD, by tables. Knows JSON and tables, no Graph. */
export type { CallColumns } from "./call-columns.ts"
export type { KernelColumns } from "./columns.ts"
export { ElementSkipper, type Envelopes, type Passable, type Passed } from "./element-skipper.ts"
export type { KernelEvent } from "./events.ts"
export {
  ColumnPacker,
  type Companion,
  type PackableColumn,
  type PackedColumn,
  type PackedColumns,
  type Packing,
} from "./figures/column-packer.ts"
export { ColumnStore, type RowRange } from "./figures/column-store.ts"
export { IntervalEvents, EVENT_BYTES, type IntervalSummary, type UnitEvents } from "./figures/interval-events.ts"
export { EndTrait, EndValues, SET_BITS, type EndBatch, type EndCounts } from "./figures/end-values.ts"
export { IntervalLengths, LENGTH_BYTES, type LengthCell, type LengthPlan } from "./figures/interval-lengths.ts"
export { IntervalRows, OUTSIDE, type ChosenRows, type IntervalBatch, type RowLimits } from "./figures/interval-rows.ts"
export { NumberMap } from "./figures/number-map.ts"
export { RowCounts, SetSums, type SetSum } from "./figures/row-counts.ts"
export { SLOT_COUNT, UnitSweep, type SlotPeak, type UnitFigures } from "./figures/unit-sweep.ts"
export { FiguresMemory, type Regions } from "./figures/figures-memory.ts"
export { GroupBounds, type GroupedIntervals } from "./figures/group-bounds.ts"
export { GroupSplit, GROUP_WORDS, type GroupColumns } from "./figures/group-split.ts"
export { GroupMembers, type GroupResults } from "./figures/group-members.ts"
export { IdNumbers, type FormedIds, type IndexIds } from "./figures/id-numbers.ts"
export { MemoryFull, openKernelMemory, takeRegion, type KernelMemory } from "./kernel-memory.ts"
export { INTERVAL_WORDS } from "./figures/interval.ts"
export { IntervalSplit, type IntervalEnds } from "./figures/interval-split.ts"
export { IntervalSweep, type IntervalResults } from "./figures/interval-sweep.ts"
export type { OverlapResults, OverlapTotals } from "./figures/overlap-results.ts"
export { ID_RECORD_WORDS, RepeatedIds, type IdRows } from "./figures/repeated-ids.ts"
export type { SplitRecords } from "./figures/split-records.ts"
export type { TalkResults } from "./figures/talk-results.ts"
export { Kernel, type BlockForm, type KernelCounts, type KernelRun } from "./kernel.ts"
export {
  IdentityRank,
  InstantMark,
  MembersMeaning,
  NodeRole,
  RowMark,
  Side,
  Slot,
  TextSpace,
  ValueType,
  type KernelHost,
  type KernelLimits,
  type KernelProperty,
  type NodeSpec,
  type PropertySpec,
} from "./spec.ts"
