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
}
