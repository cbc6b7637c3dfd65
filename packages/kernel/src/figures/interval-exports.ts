/** What the module of figures does with rows that are intervals. Addresses are places in its memory. */
type Address = number

export interface IntervalExports {
  readonly splitIntoEvents: (
    rows: Address,
    rowCount: number,
    starts: Address,
    ends: Address,
    sets: Address,
    unitTicks: bigint,
    maxUnits: bigint,
    events: Address,
    units: Address,
    summary: Address,
  ) => number
  readonly sortByUnit: (
    events: Address,
    units: Address,
    count: number,
    sorted: Address,
    sortedUnits: Address,
    places: Address,
  ) => void
  readonly countUnits: (units: Address, count: number, distinct: Address, counts: Address) => number
  readonly sweepUnits: (
    units: Address,
    counts: Address,
    unitCount: number,
    unitTicks: bigint,
    events: Address,
    spare: Address,
    places: Address,
    state: Address,
    figures: Address,
  ) => void
  readonly measureLengths: (
    rows: Address,
    rowCount: number,
    starts: Address,
    ends: Address,
    sets: Address,
    marks: Address,
    markMask: number,
    groups: Address,
    classes: Address,
    table: Address,
    mask: number,
    keys: Address,
    cellCount: number,
    recent: Address,
    lengths: Address,
    cells: Address,
  ) => number
  readonly countLengths: (
    lengths: Address,
    cells: Address,
    count: number,
    moments: Address,
    shift: bigint,
    table: Address,
    mask: number,
    edges: Address,
    binCount: number,
    bins: Address,
  ) => number
  readonly keepLengths: (
    lengths: Address,
    cells: Address,
    count: number,
    shift: bigint,
    isWanted: Address,
    buckets: Address,
    bucketsMask: number,
    wanted: number,
    kept: Address,
    keptMask: number,
  ) => number
  readonly findBuckets: (
    order: Address,
    count: number,
    classes: Address,
    members: Address,
    counters: Address,
    ranks: Address,
    buckets: Address,
    before: Address,
    isWanted: Address,
  ) => number
  readonly takeRanks: (
    order: Address,
    count: number,
    shift: bigint,
    classes: Address,
    members: Address,
    counters: Address,
    ranks: Address,
    buckets: Address,
    before: Address,
    values: Address,
  ) => void
  readonly movePairs: (table: Address, slotCount: number, to: Address, toMask: number) => void
  readonly sortPairs: (table: Address, slotCount: number, order: Address, spare: Address) => number
  readonly chooseRows: (
    rowCount: number,
    states: Address,
    starts: Address,
    ends: Address,
    sets: Address,
    marks: Address,
    since: bigint,
    until: bigint,
    setMask: number,
    markMask: number,
    barringMarks: number,
    chosen: Address,
    intervals: Address,
    counts: Address,
  ) => void
  readonly listMarked: (rows: Address, count: number, marks: Address, mask: number, marked: Address) => number
  readonly addToSets: (
    chosen: Address,
    chosenCount: number,
    intervals: Address,
    intervalCount: number,
    starts: Address,
    ends: Address,
    sets: Address,
    sums: Address,
  ) => void
  readonly countStarts: (
    chosen: Address,
    count: number,
    starts: Address,
    unitTicks: bigint,
    table: Address,
    mask: number,
  ) => number
  readonly countLabels: (chosen: Address, count: number, labels: Address, table: Address, mask: number) => number
  readonly countUngrouped: (chosen: Address, count: number, groups: Address) => number
  readonly splitIntervals: (
    chosen: Address,
    count: number,
    firstRow: number,
    starts: Address,
    ends: Address,
    groups: Address,
    from: Address,
    to: Address,
    fromKinds: Address,
    toKinds: Address,
    bucketCount: number,
    bucketEnds: Address,
    records: Address,
  ) => void
}
