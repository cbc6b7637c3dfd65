/** The columns of a block's rows, over one buffer: it crosses from a worker to the main thread as one thing. */
import { GUID_BYTES } from "../facts/guid.ts"
import type { FactsColumns } from "../worker/protocol.ts"

/** The columns of a block while they are filled. */
export type MutableColumns = {
  -readonly [Name in Exclude<keyof FactsColumns, "rowCount" | "strings">]: FactsColumns[Name]
}

/** Bytes of a row. */
export const FACT_ROW_BYTES = 3 * GUID_BYTES + 6 * 8 + 11 * 4 + 7

/** Rows of a block as they cross: `buffer` holds their columns as `columnsOver` lays them, with room for more perhaps. */
export interface SentFacts {
  readonly buffer: ArrayBufferLike
  readonly rowCount: number
  readonly strings: readonly string[]
}

/** What crosses of rows whose columns lie as `columnsOver` lays them. */
export function sentFacts({ startTicks, rowCount, strings }: FactsColumns): SentFacts {
  return { buffer: startTicks.buffer, rowCount, strings }
}

/** The rows that crossed: columns of exactly as many elements as there are rows. */
export function receivedFacts({ buffer, rowCount, strings }: SentFacts): FactsColumns {
  return { rowCount, ...columnsOver(buffer, rowCount), strings }
}

/** How many rows there is room for. */
export function capacityOf(buffer: ArrayBufferLike): number {
  return Math.floor(buffer.byteLength / FACT_ROW_BYTES)
}

/**
 * Columns that lie where as many rows as there is room for have theirs, the widest first, so that each is aligned; of so
 * many rows. What the buffer holds is in them.
 */
export function columnsOver(buffer: ArrayBufferLike, rows = capacityOf(buffer)): MutableColumns {
  const capacity = capacityOf(buffer)
  let next = 0
  const take = (width: number): number => {
    const at = next
    next += width * capacity
    return at
  }
  const guids = (): Uint8Array => new Uint8Array(buffer, take(GUID_BYTES), GUID_BYTES * rows)
  const ticks = (): BigInt64Array => new BigInt64Array(buffer, take(8), rows)
  const double = (): Float64Array => new Float64Array(buffer, take(8), rows)
  const int = (): Int32Array => new Int32Array(buffer, take(4), rows)
  const unsigned = (): Uint32Array => new Uint32Array(buffer, take(4), rows)
  const byte = (): Uint8Array => new Uint8Array(buffer, take(1), rows)
  const [sessionIds, callerIds, calleeIds] = [guids(), guids(), guids()] as const
  return {
    startTicks: ticks(),
    endTicks: ticks(),
    envelope: double(),
    byteOffset: double(),
    line: double(),
    record: double(),
    callerTenant: int(),
    calleeTenant: int(),
    callerName: int(),
    calleeName: int(),
    failureStage: int(),
    failureReason: int(),
    endpoints: int(),
    unknownProperties: int(),
    sessionIndex: int(),
    findings: unsigned(),
    byteLength: unsigned(),
    sessionId: { bytes: sessionIds, forms: byte() },
    callerId: { bytes: callerIds, forms: byte() },
    calleeId: { bytes: calleeIds, forms: byte() },
    callerKind: byte(),
    calleeKind: byte(),
    modalities: byte(),
    flags: byte(),
  }
}
