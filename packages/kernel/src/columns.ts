/** The columns that the kernel fills, in the order in which they lie: the widest first. Kept equal with assembly/row.ts. */

/** 16 bytes a row: a GUID's bytes in the order of its text, or the block's number of a text in the first 4. */
const WIDE = ["sessionId", "callerId", "calleeId"] as const
/** Ticks of 100 ns since 1970-01-01T00:00:00Z. */
const LONG = ["startTicks", "endTicks"] as const
/** Numbers of texts within the block, -1 for none, up to `unknownProperties`, and `endpoints`. */
const WORD = [
  "callerTenant",
  "calleeTenant",
  "callerName",
  "calleeName",
  "failureStage",
  "failureReason",
  "unknownProperties",
  /** Members of the session at all depths. */
  "memberCount",
  /** Bits of `RowMark`. */
  "marks",
  /** First byte of the callRecord around it, from the block's; -1 without one. */
  "envelopeAt",
  /** First byte, from the block's, and bytes. */
  "byteAt",
  "byteLength",
  /** Lines and records that the kernel took before it in the block. */
  "line",
  "record",
  "sessionIndex",
  "endpoints",
] as const
/** Forms: 0 none, 1 a GUID, 2 a text. Kinds by their index in the order of kinds. Flags as facts have them. */
const BYTE = ["sessionForm", "callerForm", "calleeForm", "callerKind", "calleeKind", "modalities", "flags"] as const

/** Views of the kernel's memory with room for all rows; valid until the next run or growth. */
export type KernelColumns = {
  readonly [Name in (typeof WIDE)[number] | (typeof BYTE)[number]]: Uint8Array
} & { readonly [Name in (typeof LONG)[number]]: BigInt64Array } & {
  readonly [Name in (typeof WORD)[number]]: Int32Array
}

const ROW_NAMES = { wide: WIDE, long: LONG, word: WORD, byte: BYTE }

/** Bytes of all columns of `capacity` rows. */
export function columnBytes(capacity: number): number {
  return bytesOfColumns(ROW_NAMES, capacity)
}

/** The columns of `capacity` rows that lie from `at` on. */
export function columnsAt(buffer: ArrayBufferLike, at: number, capacity: number): KernelColumns {
  return layColumns(ROW_NAMES, buffer, at, capacity) as unknown as KernelColumns
}

/** Names of columns by the width of their values: 16, 8, 4 and 1 bytes. */
export interface ColumnNames {
  readonly wide: readonly string[]
  readonly long: readonly string[]
  readonly word: readonly string[]
  readonly byte: readonly string[]
}

/** Bytes of these columns, of `capacity` rows. */
export function bytesOfColumns({ wide, long, word, byte }: ColumnNames, capacity: number): number {
  return (16 * wide.length + 8 * long.length + 4 * word.length + byte.length) * capacity
}

/** Views of these columns, of `capacity` rows, that lie one after the other from `at` on, the widest first. */
export function layColumns(
  { wide, long, word, byte }: ColumnNames,
  buffer: ArrayBufferLike,
  at: number,
  capacity: number,
): Record<string, Uint8Array | BigInt64Array | Int32Array> {
  let next = at
  const take = <View>(names: readonly string[], width: number, view: (byteOffset: number) => View): [string, View][] =>
    names.map((name) => {
      const column = view(next)
      next += width * capacity
      return [name, column]
    })
  return Object.fromEntries<Uint8Array | BigInt64Array | Int32Array>([
    ...take(wide, 16, (byteOffset) => new Uint8Array(buffer, byteOffset, 16 * capacity)),
    ...take(long, 8, (byteOffset) => new BigInt64Array(buffer, byteOffset, capacity)),
    ...take(word, 4, (byteOffset) => new Int32Array(buffer, byteOffset, capacity)),
    ...take(byte, 1, (byteOffset) => new Uint8Array(buffer, byteOffset, capacity)),
  ])
}
