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
  /** `NUMBERS` an envelope, in their order. */
  readonly numbers: Float64Array
  /** `TICKS` an envelope, 0 where there is none. */
  readonly ticks: BigInt64Array
  /** `TEXTS` an envelope. */
  readonly texts: readonly (string | null)[]
}

const KINDS = ["callRecord", "sessionsPage", "callsPage", "wrapper"] as const
const NUMBERS = ["parent", "elementCount", "byteOffset", "byteLength", "line", "record"] as const
const TICKS = ["startTicks", "endTicks", "lastModifiedTicks"] as const
const TEXTS = ["callId", "version", "type"] as const
const FLAG = { hasList: 1, hasNextLink: 2 } as const
const FIRST_TICK_FLAG = 2

/** Packs envelopes. */
export function packEnvelopes(envelopes: readonly EnvelopeFact[]): PackedEnvelopes {
  const count = envelopes.length
  const stride = NUMBERS.length + 1
  const packed = {
    kinds: new Uint8Array(count),
    flags: new Uint8Array(count),
    numbers: new Float64Array(count * stride),
    ticks: new BigInt64Array(count * TICKS.length),
    texts: envelopes.flatMap((envelope) => TEXTS.map((name) => envelope[name])),
  }
  envelopes.forEach((envelope, index) => {
    packed.kinds[index] = KINDS.indexOf(envelope.kind)
    packed.flags[index] = flagsOf(envelope)
    NUMBERS.forEach((name, at) => (packed.numbers[index * stride + at] = envelope[name]))
    packed.numbers[index * stride + NUMBERS.length] = envelope.declaredCount ?? Number.NaN
    TICKS.forEach((name, at) => (packed.ticks[index * TICKS.length + at] = envelope[name] ?? 0n))
  })
  return packed
}

function flagsOf(envelope: EnvelopeFact): number {
  const own = (envelope.hasList ? FLAG.hasList : 0) | (envelope.hasNextLink ? FLAG.hasNextLink : 0)
  return TICKS.reduce(
    (flags, name, at) => (envelope[name] === null ? flags : flags | (1 << (FIRST_TICK_FLAG + at))),
    own,
  )
}

/** The envelopes that were packed. */
export function unpackEnvelopes({ kinds, flags, numbers, ticks, texts }: PackedEnvelopes): EnvelopeFact[] {
  const stride = NUMBERS.length + 1
  return Array.from(kinds, (kind, index) => {
    const number = (at: number): number => numbers[index * stride + at] ?? 0
    const bits = flags[index] ?? 0
    const tick = (at: number): bigint | null =>
      (bits & (1 << (FIRST_TICK_FLAG + at))) === 0 ? null : (ticks[index * TICKS.length + at] ?? 0n)
    const text = (at: number): string | null => texts[index * TEXTS.length + at] ?? null
    const declaredCount = number(NUMBERS.length)
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
