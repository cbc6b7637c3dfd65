// Where everything lies. The host lays the memory out once and says so by `configure`; nothing is allocated here.

// ---- decisions of the run
export let maxDurationTicks: i64 = 0
export let asOfTicks: i64 = 0
export let maxRecordBytes: u32 = 0
export let maxDepth: i32 = 0
export let keepsNames: bool = false
/** The 8 bytes before a GUID that are dropped from an identity's id. */
export let idPrefix: u64 = 0
/** The kind of an identity whose id is a GUID, where nothing else tells it. */
export let guidKind: i32 = 0

/** Sets the decisions from `p`: i64 maxDurationTicks, i64 asOfTicks, u64 idPrefix, then i32 each. */
export function decide(p: usize): void {
  maxDurationTicks = load<i64>(p)
  asOfTicks = load<i64>(p, 8)
  idPrefix = load<u64>(p, 16)
  maxRecordBytes = load<u32>(p, 24)
  maxDepth = load<i32>(p, 28)
  keepsNames = load<i32>(p, 32) != 0
  guidKind = load<i32>(p, 36)
}

// ---- output: columns of `rowCapacity` rows, and events of EVENT_BYTES
export let columns: usize = 0
export let rowCapacity: i32 = 0
export let events: usize = 0
export let eventCapacity: i32 = 0
/** Columns of `callCapacity` callRecords. */
export let calls: usize = 0
export let callCapacity: i32 = 0

/** Lays out the columns of rows and of callRecords (widest values first), and the events. */
export function placeOutput(columnsAt: usize, rows: i32, eventsAt: usize, eventCount: i32, callsAt: usize, callCount: i32): void {
  columns = columnsAt
  rowCapacity = rows
  events = eventsAt
  eventCapacity = eventCount
  calls = callsAt
  callCapacity = callCount
}
