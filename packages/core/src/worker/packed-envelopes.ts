/**
 * Envelopes as columns while they cross from a worker to the main thread: an object for each costs many times what its
 * values do.
 */
import type { EnvelopeFact } from "./protocol.ts"

/** Envelopes, by column. */
export interface PackedEnvelopes {
  /** Index in `KINDS`, and bits of `FLAG`, one of each an envelope. */
  readonly kinds: Uint8Array
  readonly flags: Uint8Array
  /** An envelope: parent, elements, byte offset, byte length, line, record, declared count. */
  readonly numbers: Float64Array
  /** `TICKS` an envelope, 0 where there is none. */
  readonly ticks: BigInt64Array
  /** An envelope: call, version, type. */
  readonly texts: readonly (string | null)[]
}

const KINDS = ["callRecord", "sessionsPage", "callsPage", "wrapper"] as const
const DECLARED_COUNT = 6
const NUMBER_COUNT = 7
const TICK_COUNT = 3
const TEXT_COUNT = 3
const FLAG = { hasList: 1, hasNextLink: 2 } as const
/** That the first of the ticks is there; the bits of the others are above. */
const FIRST_TICK_FLAG = 4

/** Packs envelopes. */
export function packEnvelopes(envelopes: readonly EnvelopeFact[]): PackedEnvelopes {
  const count = envelopes.length
  const texts: (string | null)[] = []
  const packed = {
    kinds: new Uint8Array(count),
    flags: new Uint8Array(count),
    numbers: new Float64Array(count * NUMBER_COUNT),
    ticks: new BigInt64Array(count * TICK_COUNT),
    texts,
  }
  // One by one: a list of names to go by costs many times as much.
  for (const [index, envelope] of envelopes.entries()) {
    packed.kinds[index] = KINDS.indexOf(envelope.kind)
    packed.flags[index] = flagsOf(envelope)
    const { numbers, ticks } = packed
    const number = index * NUMBER_COUNT
    numbers[number] = envelope.parent
    numbers[number + 1] = envelope.elementCount
    numbers[number + 2] = envelope.byteOffset
    numbers[number + 3] = envelope.byteLength
    numbers[number + 4] = envelope.line
    numbers[number + 5] = envelope.record
    numbers[number + DECLARED_COUNT] = envelope.declaredCount ?? Number.NaN
    const tick = index * TICK_COUNT
    ticks[tick] = envelope.startTicks ?? 0n
    ticks[tick + 1] = envelope.endTicks ?? 0n
    ticks[tick + 2] = envelope.lastModifiedTicks ?? 0n
    texts.push(envelope.callId, envelope.version, envelope.type)
  }
  return packed
}

function flagsOf(envelope: EnvelopeFact): number {
  return (
    (envelope.hasList ? FLAG.hasList : 0) |
    (envelope.hasNextLink ? FLAG.hasNextLink : 0) |
    (envelope.startTicks === null ? 0 : FIRST_TICK_FLAG) |
    (envelope.endTicks === null ? 0 : FIRST_TICK_FLAG << 1) |
    (envelope.lastModifiedTicks === null ? 0 : FIRST_TICK_FLAG << 2)
  )
}

/** The envelopes that were packed. */
export function unpackEnvelopes(packed: PackedEnvelopes): EnvelopeFact[] {
  const envelopes: EnvelopeFact[] = []
  for (let index = 0; index < packed.kinds.length; index++) envelopes.push(envelopeAt(packed, index))
  return envelopes
}

function envelopeAt({ kinds, flags, numbers, ticks, texts }: PackedEnvelopes, index: number): EnvelopeFact {
  const bits = flags[index] ?? 0
  const number = index * NUMBER_COUNT
  const tick = index * TICK_COUNT
  const text = index * TEXT_COUNT
  const declaredCount = numbers[number + DECLARED_COUNT] ?? 0
  return {
    kind: KINDS[kinds[index] ?? -1] ?? "wrapper",
    hasList: (bits & FLAG.hasList) !== 0,
    hasNextLink: (bits & FLAG.hasNextLink) !== 0,
    parent: numbers[number] ?? 0,
    elementCount: numbers[number + 1] ?? 0,
    byteOffset: numbers[number + 2] ?? 0,
    byteLength: numbers[number + 3] ?? 0,
    line: numbers[number + 4] ?? 0,
    record: numbers[number + 5] ?? 0,
    declaredCount: Number.isNaN(declaredCount) ? null : declaredCount,
    startTicks: (bits & FIRST_TICK_FLAG) === 0 ? null : (ticks[tick] ?? 0n),
    endTicks: (bits & (FIRST_TICK_FLAG << 1)) === 0 ? null : (ticks[tick + 1] ?? 0n),
    lastModifiedTicks: (bits & (FIRST_TICK_FLAG << 2)) === 0 ? null : (ticks[tick + 2] ?? 0n),
    callId: texts[text] ?? null,
    version: texts[text + 1] ?? null,
    type: texts[text + 2] ?? null,
  }
}
