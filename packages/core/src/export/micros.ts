/**
 * Instants in microseconds since 1970-01-01T00:00:00Z, rounded down: the finest unit that DuckDB, pandas and Spark all read
 * from a file, with room for every year. Exact ticks stand in columns of their own.
 */
const TICKS_PER_MICROSECOND = 10n

/** The last microsecond at or before an instant in ticks of 100 ns. */
export function microsOf(ticks: bigint): bigint {
  const micros = ticks / TICKS_PER_MICROSECOND
  return micros * TICKS_PER_MICROSECOND > ticks ? micros - 1n : micros
}
