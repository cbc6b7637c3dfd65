/** What callRecords say of themselves, a row each, in the order in which the columns lie. Kept equal with assembly/call.ts. */
import { bytesOfColumns, layColumns } from "./columns.ts"

/** A GUID's bytes in the order of its text, or the number of a text among all texts in the first 4. */
const WIDE = ["id"] as const
/** 0 where the flag says that there is none. Ticks of 100 ns since 1970-01-01T00:00:00Z. */
const LONG = ["version", "startTicks", "endTicks", "lastModifiedTicks"] as const
const WORD = [
  /** The number of a text among all texts, -1 for none. */
  "type",
  "sessionCount",
  /** First byte, from the block's, and bytes. */
  "byteAt",
  "byteLength",
  /** Lines and records that the kernel took before it in the block. */
  "line",
  "record",
] as const
/** Flags as facts have them. Forms: 0 none, 1 a GUID, 2 a text. */
const BYTE = ["flags", "idForm"] as const

const NAMES = { wide: WIDE, long: LONG, word: WORD, byte: BYTE }

/** Views of the kernel's memory with room for all callRecords of a run; valid until the next run or growth. */
export type CallColumns = {
  readonly [Name in (typeof WIDE)[number] | (typeof BYTE)[number]]: Uint8Array
} & { readonly [Name in (typeof LONG)[number]]: BigInt64Array } & {
  readonly [Name in (typeof WORD)[number]]: Int32Array
}

/** Bytes of all columns of `capacity` callRecords. */
export function callColumnBytes(capacity: number): number {
  return bytesOfColumns(NAMES, capacity)
}

/** The columns of `capacity` callRecords that lie from `at` on. */
export function callColumnsAt(buffer: ArrayBufferLike, at: number, capacity: number): CallColumns {
  return layColumns(NAMES, buffer, at, capacity) as unknown as CallColumns
}
