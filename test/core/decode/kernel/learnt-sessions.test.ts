/** What the kernel learns of whole sessions changes speed, never a result: sessions like those that it was learnt from. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { session } from "../../../arbitraries/session.ts"
import { ALL_LISTED, bothResults } from "./engines.ts"

function expectEqual(lines: readonly (string | Uint8Array)[]): number {
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line as string), Buffer.from("\n")]))
  const { fast, slow } = bothResults(bytes)
  expect(fast).toEqual(slow)
  const counted = bothResults(bytes, {}, ALL_LISTED)
  expect(counted.fast).toEqual(counted.slow)
  return counted.handedOverCount
}

const SESSION =
  '{"id":"48732409-1c5a-4d75-9457-6613baf7c600","modalities":["audio"],"startDateTime":"2026-01-05T05:32:48.7999034Z",' +
  '"endDateTime":"2026-01-05T05:41:18.0000001Z","isTest":false,"failureInfo":null,"caller":{"name":"Zoë","cpuCoresCount":6,' +
  '"userAgent":{"platform":"windows","role":null},"identity":{"phone":null,"user":{"id":"0ab2c924-c9ef-4c16-96b9-625ae81c519f",' +
  '"tenantId":"T"}},"feedback":{"tokens":{}}},"segments":[{"startDateTime":"2026-01-05T05:32:48Z","media":[{"streams":[' +
  '{"averageJitter":"PT0.016S","averagePacketLossRate":1.5e-7},{"packetUtilization":-12,"wasMediaBypassed":true}]}]}],"x":[1]}'
const BYTES = Buffer.from(SESSION)
const INSERTED = ['"', "\\", "{", "}", "[", "]", ",", ":", "\r", " ", "\0", "0", "-", "n", "\u00e9", '":null,"'].map(
  (text) => Buffer.from(text),
)

/** Enough of what was learnt between two lines for it to be used for the next. */
const AGAIN = Array.from({ length: 8 }, () => SESSION)

function changed(at: number, removed: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([BYTES.subarray(0, at), inserted, BYTES.subarray(at + removed)])
}

const CHANGES: Readonly<Record<string, (at: number) => Buffer>> = {
  "a cut": (at) => BYTES.subarray(0, at),
  "a flipped bit": (at) => changed(at, 1, Uint8Array.of((BYTES[at] ?? 0) ^ (1 << (at % 8)))),
  "a missing byte": (at) => changed(at, 1, new Uint8Array(0)),
  "a repeated byte": (at) => changed(at, 0, BYTES.subarray(at, at + 1)),
  "a byte put in": (at) => changed(at, 0, INSERTED[at % INSERTED.length] ?? BYTES),
  "a byte replaced": (at) => changed(at, 1, INSERTED[(at * 5) % INSERTED.length] ?? BYTES),
  "a piece of itself put in": (at) =>
    changed(at, (at * 7) % 40, BYTES.subarray((at * 13) % 600, ((at * 13) % 600) + 50)),
}

describe("the engines agree on a session that was learnt with, at every byte,", () => {
  it.each(Object.keys(CHANGES))("%s", (name) => {
    const places = Array.from(BYTES, (_, at) => at).filter((at) => at > 0)
    expectEqual(places.flatMap((at) => [...AGAIN, CHANGES[name]?.(at) ?? SESSION]))
  })
})

/** Members of an object in any order, some of them twice. */
function membersOf(members: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...members), { minLength: 1, maxLength: members.length + 1 })
    .map((chosen) => `{${chosen.join(",")}}`)
}

const IDENTITY = ['"id":"u1"', '"id":null', '"displayName":"R"', '"tenantId":"t"', '"AdditionalProperties":{}', '"y":1']
const identity = membersOf(IDENTITY)
const identitySet = fc
  .tuple(fc.constantFrom("user", "phone", "newKind", "User"), identity, fc.constantFrom("guest", "user"), identity)
  .map(([first, one, second, other]) => `{"${first}":${one},"${second}":${other},"application":null}`)
const end = fc
  .tuple(identity, identitySet, fc.boolean())
  .map(([alone, set, isSet]) => (isSet ? `{"identity":${set}}` : `{"associatedIdentity":${alone}}`))
const segments = fc
  .array(
    membersOf([
      '"startDateTime":"2026-01-05T05:32:48Z"',
      '"endDateTime":null',
      '"id":"1"',
      '"failureInfo":{"reason":"r"}',
      '"media":[]',
    ]),
    { maxLength: 3 },
  )
  .map((list) => `[${list.join(",")}]`)
const wholeSession = fc
  .tuple(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 4 }), end, end, segments, fc.nat(3))
  .map(([order, caller, callee, list, twice]) => {
    const members = [
      '"id":"48732409-1c5a-4d75-9457-6613baf7c600"',
      '"modalities":["audio"]',
      '"startDateTime":"2026-01-05T05:32:48Z"',
      '"endDateTime":"2026-01-05T05:41:18Z"',
      `"caller":${caller}`,
      `"callee":${callee}`,
      `"segments":${list}`,
    ]
    return `{${[...order, ...(twice === 0 ? order.slice(0, 1) : [])].map((index) => members[index]).join(",")}}`
  })

const MEMBERS = {
  id: '"id":"48732409-1c5a-4d75-9457-6613baf7c600"',
  modalities: '"modalities":["audio"]',
  start: '"startDateTime":"2026-01-05T05:32:48Z"',
  end: '"endDateTime":"2026-01-05T05:41:18Z"',
  test: '"isTest":false',
  caller: '"caller":{"associatedIdentity":{"id":"u1","tenantId":"t"}}',
  callerTurned: '"caller":{"associatedIdentity":{"tenantId":"t","id":"u1"}}',
  callerTwice: '"caller":{"associatedIdentity":{"id":"u1","tenantId":"t","id":"u1"}}',
  unknown: '"x":1',
  other: '"y":1',
} as const

function sessionOf(...names: readonly (keyof typeof MEMBERS)[]): string {
  return `{${names.map((name) => MEMBERS[name]).join(",")}}`
}

/** Sessions to learn from, and one that their steps lead through but that cannot be taken as it stands. */
const COMBINED: Readonly<Record<string, readonly [learnt: readonly string[], last: string]>> = {
  "a property twice": [
    [sessionOf("id", "modalities", "start", "end", "test"), sessionOf("modalities", "start", "end", "test", "id")],
    sessionOf("id", "modalities", "start", "end", "test", "id"),
  ],
  "a property of an identity twice": [
    [
      sessionOf("id", "modalities", "start", "end", "caller"),
      sessionOf("id", "modalities", "start", "end", "callerTurned"),
    ],
    sessionOf("id", "modalities", "start", "end", "callerTwice"),
  ],
  "an unknown property twice": [
    [
      sessionOf("unknown", "id", "modalities", "start", "end", "test"),
      sessionOf("id", "modalities", "start", "end", "test", "unknown"),
    ],
    sessionOf("unknown", "id", "modalities", "start", "end", "test", "unknown"),
  ],
  "nothing that only sessions have": [
    [sessionOf("test", "id", "modalities", "start", "end"), sessionOf("id", "modalities", "start", "end", "test")],
    sessionOf("id", "modalities", "start", "end"),
  ],
  "no modalities": [
    [
      sessionOf("id", "start", "end", "test", "modalities"),
      sessionOf("modalities", "id", "start", "end", "test"),
      sessionOf("other", "id", "modalities", "start", "end", "test"),
    ],
    sessionOf("id", "start", "end", "test"),
  ],
}

describe("the engines agree on a session that learnt steps lead through, but with", () => {
  it.each(Object.keys(COMBINED))("%s", (name) => {
    const [learnt = [], last = ""] = COMBINED[name] ?? []
    const lines = learnt.flatMap((line) => Array.from({ length: 40 }, () => line))
    expectEqual([...lines, last, ...lines])
    expect(expectEqual([...lines, last])).toBe(1)
  })
})

describe("the engines agree on sessions whose parts were learnt in any order:", () => {
  it("members repeated, absent, null and at other places", () => {
    fc.assert(
      fc.property(fc.array(wholeSession, { minLength: 1, maxLength: 30 }), (sessions) => {
        expectEqual(sessions.flatMap((each) => [...AGAIN, each, each]))
      }),
      { numRuns: 100 },
    )
  })

  it("sessions of the model, each several times and in callRecords", () => {
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 8 }), (sessions) => {
        const lines = sessions.map((each) => JSON.stringify(each))
        const calls = lines.map((line) => `{"id":"c","version":1,"sessions":[${line},${line}]}`)
        expectEqual([...lines, ...AGAIN, ...lines, ...AGAIN, ...calls, ...AGAIN, ...lines])
      }),
      { numRuns: 100 },
    )
  })

  it("more shapes than there is room for", () => {
    // Each is a step of its own, of some hundred bytes.
    const shapes = Array.from({ length: 600 }, (_, spaces) => SESSION.replace('"x":', `${" ".repeat(spaces)}"x":`))
    expect(expectEqual(shapes.flatMap((shape) => [...AGAIN.slice(4), shape, shape]))).toBe(0)
  })
})
