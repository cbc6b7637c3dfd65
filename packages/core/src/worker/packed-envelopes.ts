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
const TICKS = ["startTicks", "endTicks", "lastModifiedTicks"] as const
const DECLARED_COUNT = 6
const NUMBER_COUNT = 7
const TEXT_COUNT = 3
const FLAG = { hasList: 1, hasNextLink: 2 } as const
const FIRST_TICK_FLAG = 2

/** Packs envelopes. */
export function packEnvelopes(envelopes: readonly EnvelopeFact[]): PackedEnvelopes {
  const count = envelopes.length
  const texts: (string | null)[] = []
  const packed = {
    kinds: new Uint8Array(count),
    flags: new Uint8Array(count),
    numbers: new Float64Array(count * NUMBER_COUNT),
    ticks: new BigInt64Array(count * TICKS.length),
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
    const tick = index * TICKS.length
    ticks[tick] = envelope.startTicks ?? 0n
    ticks[tick + 1] = envelope.endTicks ?? 0n
    ticks[tick + 2] = envelope.lastModifiedTicks ?? 0n
    texts.push(envelope.callId, envelope.version, envelope.type)
  }
  return packed
}

function flagsOf(envelope: EnvelopeFact): number {
  const own = (envelope.hasList ? FLAG.hasList : 0) | (envelope.hasNextLink ? FLAG.hasNextLink : 0)
  let flags = own
  TICKS.forEach((name, at) => {
    if (envelope[name] !== null) flags |= 1 << (FIRST_TICK_FLAG + at)
  })
  return flags
}

/** The envelopes that were packed. */
export function unpackEnvelopes({ kinds, flags, numbers, ticks, texts }: PackedEnvelopes): EnvelopeFact[] {
  return Array.from(kinds, (kind, index) => {
    const number = (at: number): number => numbers[index * NUMBER_COUNT + at] ?? 0
    const bits = flags[index] ?? 0
    const tick = (at: number): bigint | null =>
      (bits & (1 << (FIRST_TICK_FLAG + at))) === 0 ? null : (ticks[index * TICKS.length + at] ?? 0n)
    const text = (at: number): string | null => texts[index * TEXT_COUNT + at] ?? null
    const declaredCount = number(DECLARED_COUNT)
    return {
      kind: KINDS[kind] ?? "wrapper",
      hasList: (bits & FLAG.hasList) !== 0,
      hasNextLink: (bits & FLAG.hasNextLink) !== 0,
      parent: number(0),
      elementCount: number(1),
      byteOffset: number(2),
      byteLength: number(3),
      line: number(4),
      record: number(5),
      declaredCount: Number.isNaN(declaredCount) ? null : declaredCount,
      startTicks: tick(0),
      endTicks: tick(1),
      lastModifiedTicks: tick(2),
      callId: text(0),
      version: text(1),
      type: text(2),
    }
  })
}
