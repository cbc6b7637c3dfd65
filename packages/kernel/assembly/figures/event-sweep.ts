/**
 * The sweep over units of time: how many intervals run at once, in each of 8 slots, of which the last is that of all
 * intervals. At one instant what ends comes before what starts.
 */
import { sortEvents } from "./event-sort"
import { EMPTY, KIND_SHIFT, START, TICK_SHIFT, UNITS_SHIFT } from "./unit-events"

// The state: by slot how many run, the most that ever ran, the unit in which they first did (i32 each), and the ticks
// into it (u64).
const PEAKS: usize = 32
const PEAK_UNITS: usize = 64
const PEAK_TICKS: usize = 96
const SLOT_COUNT: usize = 8
/** The last slot, by lane of the upper four. */
const ALL_SLOT: u8 = 3

// What is said of a unit: intervals that start in it, the most at once, how many run at its end, through how many more
// units one of those that start runs at most (u32 each), and the time after each start less that after each end (i64).
const FIGURES_BYTES: usize = 24

/**
 * Sweeps over units in the order of time: their numbers stand at `units` (i32), how many events each has at `counts`
 * (u32), all events one unit after the other at `events`. `spare` has room for the events of the greatest unit, `places`
 * for a number of 32 bits more than these. Writes the figures of each unit to `figures`.
 */
export function sweepUnits(
  units: usize,
  counts: usize,
  unitCount: u32,
  unitTicks: i64,
  events: usize,
  spare: usize,
  places: usize,
  state: usize,
  figures: usize,
): void {
  for (let unit: u32 = 0; unit < unitCount; unit++) {
    const count = load<u32>(counts)
    const sorted = sortEvents(events, count, unitTicks, spare, places)
    sweepUnit(sorted, count, load<i32>(units), unitTicks, state, figures)
    units += 4
    counts += 4
    events += (count as usize) << 3
    figures += FIGURES_BYTES
  }
}

function sweepUnit(events: usize, count: u32, unit: i32, unitTicks: i64, state: usize, figures: usize): void {
  const lowSlots = i32x4(1, 2, 4, 8)
  const highSlots = i32x4(16, 32, 64, 128)
  let low = v128.load(state)
  let high = v128.load(state, 16)
  let all = i32x4.extract_lane(high, ALL_SLOT)
  let most = all
  let started: u32 = 0
  let furthest: u64 = 0
  let balance: i64 = 0
  for (const end = events + ((count as usize) << 3); events < end; events += 8) {
    const event = load<u64>(events)
    const kind = (event >> KIND_SHIFT) & 3
    if (kind == EMPTY) {
      started += 1
      continue
    }
    const ticks = (event >> TICK_SHIFT) as i64
    const set = i32x4.splat(event as i32)
    // All bits of a lane, so -1, where a slot is meant.
    const inLow = i32x4.eq(v128.and(set, lowSlots), lowSlots)
    const inHigh = i32x4.eq(v128.and(set, highSlots), highSlots)
    if (kind != START) {
      low = i32x4.add(low, inLow)
      high = i32x4.add(high, inHigh)
      balance -= unitTicks - ticks
      continue
    }
    low = i32x4.sub(low, inLow)
    high = i32x4.sub(high, inHigh)
    balance += unitTicks - ticks
    started += 1
    furthest = max(furthest, (event >> UNITS_SHIFT) & 63)
    all = i32x4.extract_lane(high, ALL_SLOT)
    most = max(most, all)
    const isMore = v128.or(
      i32x4.gt_s(low, v128.load(state, PEAKS)),
      i32x4.gt_s(high, v128.load(state, PEAKS + 16)),
    )
    if (v128.any_true(isMore)) {
      v128.store(state, low)
      v128.store(state, high, 16)
      notePeaks(state, unit, ticks)
    }
  }
  v128.store(state, low)
  v128.store(state, high, 16)
  store<u32>(figures, started)
  store<u32>(figures, most, 4)
  store<u32>(figures, i32x4.extract_lane(high, ALL_SLOT), 8)
  store<u32>(figures, furthest as u32, 12)
  store<i64>(figures, balance, 16)
}

function notePeaks(state: usize, unit: i32, ticks: i64): void {
  for (let slot: usize = 0; slot < SLOT_COUNT; slot++) {
    const at = state + (slot << 2)
    const running = load<i32>(at)
    if (running <= load<i32>(at, PEAKS)) continue
    store<i32>(at, running, PEAKS)
    store<i32>(at, unit, PEAK_UNITS)
    store<i64>(state + (slot << 3), ticks, PEAK_TICKS)
  }
}
