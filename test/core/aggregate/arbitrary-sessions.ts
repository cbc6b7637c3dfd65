/** Sessions for properties: few instants and few people, so that ties, touching and empty intervals are common. */
import fc from "fast-check"
import { MODALITIES } from "#core/model/modality.ts"
import type { TestEnd, TestSession } from "./facts-builder.ts"

const HOUR = 36_000_000_000n
const YEAR_1 = -621_355_968_000_000_000n
const YEAR_9999 = 2_534_023_008_000_000_000n - 2n

/** Instants: mostly within two days around hour edges, some at the ends of time, some before 1970. */
export const instants: fc.Arbitrary<bigint> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(-1n, 0n, 0n, 1n, HOUR / 2n))
      .map(([hour, ticks]) => 17_900_000_000_000_000n - (17_900_000_000_000_000n % HOUR) + BigInt(hour) * HOUR + ticks),
  },
  { weight: 1, arbitrary: fc.constantFrom(YEAR_1, YEAR_1 + 1n, YEAR_9999, YEAR_9999 - HOUR, 0n, -1n, -HOUR) },
  { weight: 1, arbitrary: fc.bigInt({ min: YEAR_1, max: YEAR_9999 }) },
)

const people: fc.Arbitrary<TestEnd> = fc.record(
  {
    id: fc.constantFrom("ann", "ben", "cat", null),
    kind: fc.constantFrom("user" as const, "guest" as const, "phone" as const),
    tenant: fc.constantFrom("tenant-1", "tenant-2"),
    name: fc.constantFrom("Ann", "Anna", "Z"),
    platform: fc.constantFrom("windows", "iOS"),
    family: fc.constantFrom("teams", "lync"),
  },
  { requiredKeys: ["id"] },
)

/** A session, with start after end now and then. */
export const sessions: fc.Arbitrary<TestSession> = fc
  .record({
    ends: fc.tuple(instants, instants, fc.integer({ min: 0, max: 9 })),
    id: fc.constantFrom("s1", "s2", "s3", "11111111-2222-3333-4444-555555555555"),
    call: fc.constantFrom("call-1", "call-2", "call-3", null, null),
    caller: people,
    callee: people,
    modalities: fc.subarray([...MODALITIES]),
    failure: fc.option(
      fc.record({ stage: fc.constantFrom("callSetup", "midcall", null), reason: fc.constantFrom("a", "b", null) }),
    ),
    test: fc.constantFrom(false, false, true),
    segmentFailed: fc.boolean(),
    unknown: fc.option(fc.subarray(["/a", "/b", "/c/*/d"], { minLength: 1 })),
  })
  .map(({ ends: [a, b, kind], failure, unknown, ...session }) => {
    const [first, last] = a <= b ? [a, b] : [b, a]
    const [start, end] = kind === 0 ? [last, first] : kind === 1 ? [first, first] : [first, last]
    return {
      ...session,
      start,
      end,
      ...(failure === null ? {} : { failure }),
      ...(unknown === null ? {} : { unknown }),
    }
  })

/** Lists of them. */
export const sessionLists = (maxLength = 60): fc.Arbitrary<TestSession[]> =>
  fc.array(sessions, { maxLength, size: "max" })

/** Calls of which some have a type. */
export const CALLS = [
  { id: "call-1", type: "groupCall", isOpen: true },
  { id: "call-2", type: "peerToPeer" },
  { id: "call-3", type: null },
] as const
