/** The options on which it depends what is read from an input: partials go together where they are the same. */

/** Options that change facts. All else is decided when a report is made. */
export interface ReadingOptions {
  readonly hash: boolean
  readonly maxInflatedBytes: number | null
  readonly maxEntries: number
  readonly maxRecordBytes: number
  readonly maxDepth: number
  /** In ticks of 100 ns. */
  readonly maxDurationTicks: bigint
  /** In ticks since 1970-01-01T00:00:00Z, or null. */
  readonly asOf: bigint | null
  readonly names: boolean
}

/** The options as JSON has them: ticks as decimal text. */
export type WrittenOptions = Readonly<Record<keyof ReadingOptions, string | number | boolean | null>>

/** Options that change facts, out of all. */
export function writtenOptions(options: ReadingOptions): WrittenOptions {
  return {
    hash: options.hash,
    maxInflatedBytes: options.maxInflatedBytes,
    maxEntries: options.maxEntries,
    maxRecordBytes: options.maxRecordBytes,
    maxDepth: options.maxDepth,
    maxDurationTicks: String(options.maxDurationTicks),
    asOf: options.asOf === null ? null : String(options.asOf),
    names: options.names,
  }
}

/** The options that were written. */
export function readOptions(written: WrittenOptions): ReadingOptions {
  return {
    hash: Boolean(written.hash),
    maxInflatedBytes: written.maxInflatedBytes === null ? null : Number(written.maxInflatedBytes),
    maxEntries: Number(written.maxEntries),
    maxRecordBytes: Number(written.maxRecordBytes),
    maxDepth: Number(written.maxDepth),
    maxDurationTicks: BigInt(written.maxDurationTicks ?? 0),
    asOf: written.asOf === null ? null : BigInt(written.asOf),
    names: Boolean(written.names),
  }
}

/** In words, which options differ and how; null where they are the same. */
export function differenceInWords(own: WrittenOptions, others: WrittenOptions): string | null {
  const names = Object.keys(others) as (keyof ReadingOptions)[]
  const differing = names.filter((name) => own[name] !== others[name])
  if (differing.length === 0) return null
  return differing.map((name) => `${name} ${String(own[name])} instead of ${String(others[name])}`).join(", ")
}
