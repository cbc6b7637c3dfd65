/** What a callRecord says of itself, written in every way: both engines read the same, and the kernel what Graph writes. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ALL_LISTED, bothResults } from "./engines.ts"

const SESSION =
  '{"id":"s","isTest":false,"modalities":[],"startDateTime":"2026-01-05T05:32:48Z","endDateTime":"2026-01-05T05:41:18Z"}'
const INSTANTS = [
  '"2026-01-05T05:32:48.7999034Z"',
  '"2026-01-05T05:32:48Z"',
  '"2026-01-05T06:32:48+01:00"',
  '"0001-01-01T00:00:00Z"',
  '"9999-12-31T23:59:59.9999999Z"',
  '"/Date(1767591168000)/"',
  '"2026-02-30T05:32:48Z"',
  '"2026-01-05T05:32:48\\u005a"',
  '{"value":"2026-01-05T05:32:48Z"}',
  '""',
  "5",
  "null",
]
const VALUES: Readonly<Record<string, readonly string[]>> = {
  id: [
    '"e523d2ed-2966-4b6b-925b-754a88034cc5"',
    '"E523D2ED-2966-4B6B-925B-754A88034CC5"',
    '"c"',
    '"Zoë"',
    '"\\u0063"',
    '""',
    "7",
    "null",
  ],
  version: [
    "1",
    "0",
    "007",
    "-1",
    "1.0",
    "1e3",
    "123456789012345",
    "9007199254740993",
    '"12"',
    '"012"',
    "true",
    "null",
  ],
  type: ['"groupCall"', '"GroupCall"', '"peerToPeer"', '"newKind"', '"J\\u00fcrg"', '"Jürg"', '""', "{}", "null"],
  startDateTime: INSTANTS,
  endDateTime: INSTANTS,
  lastModifiedDateTime: INSTANTS,
}

const members = fc.tuple(
  ...Object.entries(VALUES).map(([name, values]) =>
    fc.option(fc.constantFrom(...values)).map((value) => (value === null ? null : { name, value })),
  ),
)
const call = fc
  .tuple(members, fc.boolean(), fc.constantFrom("", " "), fc.nat(6))
  .map(([all, isReversed, space, sessionsAt]) => {
    const written = all.flatMap((each) => (each === null ? [] : [`"${each.name}":${space}${each.value}${space}`]))
    if (isReversed) written.reverse()
    written.splice(sessionsAt, 0, `"sessions":[${SESSION}]`)
    return `{${space}${written.join(",")}}`
  })

describe("a callRecord", () => {
  it("says the same to both engines, however it is written", () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 4 }), (calls) => {
        const bytes = Buffer.from(calls.map((each) => `${each}\n`).join(""))
        const { fast, slow } = bothResults(bytes, {}, ALL_LISTED)
        expect(fast).toEqual(slow)
      }),
      { numRuns: 1000 },
    )
  })

  it("that Graph wrote is not handed over", () => {
    const text = `{"id":${VALUES["id"]?.[0]},"version":3,"type":"groupCall","lastModifiedDateTime":${INSTANTS[0]},"startDateTime":${INSTANTS[1]},"endDateTime":null,"sessions":[${SESSION}]}\n`
    const { fast, handedOverCount } = bothResults(Buffer.from(text), {}, ALL_LISTED)
    expect(handedOverCount).toBe(0)
    expect(fast).toMatchObject({
      envelopes: [{ callId: "e523d2ed-2966-4b6b-925b-754a88034cc5", version: "3", type: "groupCall", endTicks: null }],
    })
  })
})
