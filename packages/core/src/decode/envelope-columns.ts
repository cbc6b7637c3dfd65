/** The columns of a block's callRecords and pages, over one buffer: it crosses from a worker to the main thread as one thing. */
import { GUID_BYTES } from "../facts/guid.ts"
import type { EnvelopeColumns } from "../worker/protocol.ts"

/** The columns while they are filled. */
export type MutableEnvelopes = Omit<EnvelopeColumns, "count" | "strings">

/** Bytes of a row. */
const ENVELOPE_ROW_BYTES = GUID_BYTES + 11 * 8 + 4 + 3

/** Envelopes as they cross: `buffer` holds their columns as `envelopesOver` lays them. */
export interface SentEnvelopes {
  readonly buffer: ArrayBufferLike
  readonly count: number
  readonly strings: readonly string[]
}

/** What crosses of envelopes whose columns lie as `envelopesOver` lays them. */
export function sentEnvelopes({ version, count, strings }: EnvelopeColumns): SentEnvelopes {
  return { buffer: version.buffer, count, strings }
}

/** The envelopes that crossed. */
export function receivedEnvelopes({ buffer, count, strings }: SentEnvelopes): EnvelopeColumns {
  return { count, ...envelopesOver(buffer), strings }
}

/** Memory for so many envelopes. */
export function envelopeMemory(capacity: number): ArrayBuffer {
  return new ArrayBuffer(ENVELOPE_ROW_BYTES * capacity)
}

/** How many there is room for. */
export function envelopeCapacity(buffer: ArrayBufferLike): number {
  return Math.floor(buffer.byteLength / ENVELOPE_ROW_BYTES)
}

/** Columns one after the other, the widest first, with room for as many envelopes as fit. */
export function envelopesOver(buffer: ArrayBufferLike): MutableEnvelopes {
  const rows = envelopeCapacity(buffer)
  let next = 0
  const take = (width: number): number => {
    const at = next
    next += width * rows
    return at
  }
  const ids = new Uint8Array(buffer, take(GUID_BYTES), GUID_BYTES * rows)
  const version = new BigUint64Array(buffer, take(8), rows)
  const ticks = (): BigInt64Array => new BigInt64Array(buffer, take(8), rows)
  const double = (): Float64Array => new Float64Array(buffer, take(8), rows)
  const byte = (): Uint8Array => new Uint8Array(buffer, take(1), rows)
  return {
    version,
    startTicks: ticks(),
    endTicks: ticks(),
    lastModifiedTicks: ticks(),
    declaredCount: double(),
    elementCount: double(),
    parent: double(),
    byteOffset: double(),
    byteLength: double(),
    line: double(),
    record: double(),
    type: new Int32Array(buffer, take(4), rows),
    callId: { bytes: ids, forms: byte() },
    kind: byte(),
    flags: byte(),
  }
}
