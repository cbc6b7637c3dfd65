/** The fast engine gives what the reference gives, for any lines: the project's most important test. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { damage, damaged } from "../../../arbitraries/damage.ts"
import { callRecord, exportModel } from "../../../arbitraries/export.ts"
import { smallJson } from "../../../arbitraries/json.ts"
import { LAYOUTS } from "../../../arbitraries/layout.ts"
import { powerShellRecord, powerShellSession } from "../../../arbitraries/powershell.ts"
import { session } from "../../../arbitraries/session.ts"
import { textStyle } from "../../../arbitraries/text-style.ts"
import { ALL_LISTED, bothResults } from "./engines.ts"

function expectEqual(text: string | Uint8Array, changes: Parameters<typeof bothResults>[1] = {}, listed = 0): number {
  const { fast, slow, handedOverCount } = bothResults(Buffer.from(text as string), changes, listed)
  expect(fast).toEqual(slow)
  // Where nothing is listed any more, the reference sees nothing of what the kernel takes.
  const counted = bothResults(Buffer.from(text as string), changes, ALL_LISTED)
  expect(counted.fast).toEqual(counted.slow)
  return handedOverCount
}

const NDJSON_LAYOUTS = LAYOUTS.filter(({ name }) => /lines|ndjson/i.test(name))

describe("the engines agree on", () => {
  it("lines of sessions and callRecords, in every style", () => {
    expect(NDJSON_LAYOUTS.length).toBeGreaterThan(1)
    fc.assert(
      fc.property(exportModel, textStyle, fc.constantFrom(...NDJSON_LAYOUTS), (model, style, layout) => {
        for (const { bytes } of layout.files(model, style)) expectEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it("lines as PowerShell writes them", () => {
    fc.assert(
      fc.property(exportModel, ({ calls }) => {
        expectEqual(calls.map((call) => JSON.stringify(powerShellRecord(call))).join("\n"))
        expectEqual(
          calls.flatMap(({ sessions }) => sessions.map((each) => JSON.stringify(powerShellSession(each)))).join("\n"),
        )
      }),
      { numRuns: 300 },
    )
  })

  it("lines with any damage", () => {
    fc.assert(
      fc.property(
        exportModel,
        textStyle,
        fc.constantFrom(...NDJSON_LAYOUTS),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        (model, style, layout, changes) => {
          for (const { bytes } of layout.files(model, style)) expectEqual(changes.reduce(damaged, bytes))
        },
      ),
      { numRuns: 500 },
    )
  })

  it("sessions with white space of any kind between their parts, line breaks too", () => {
    const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t", "\0"), maxLength: 3 })
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 3 }), space, fc.nat(), (sessions, inserted, seed) => {
        const text = sessions.map((each) => JSON.stringify(each)).join("\n")
        const places = [...text.matchAll(/[{}[\],:]/g)].map(({ index }) => index)
        const at = (places[seed % places.length] ?? 0) + (seed % 2)
        expectEqual(text.slice(0, at) + inserted + text.slice(at))
      }),
      { numRuns: 1000 },
    )
  })

  it("sessions under any limit, and whatever is listed in full", () => {
    const limits = fc.record({
      maxRecordBytes: fc.integer({ min: 200, max: 3000 }),
      maxDepth: fc.integer({ min: 8, max: 20 }),
      maxDurationTicks: fc.bigInt({ min: 0n, max: 2n ** 70n }),
      asOfTicks: fc.option(fc.bigInt({ min: 0n, max: 2n ** 55n })),
      withNames: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(session, { maxLength: 5 }), limits, fc.integer(), (sessions, changes, listed) => {
        expectEqual(sessions.map((each) => JSON.stringify(each)).join("\n"), changes, listed)
      }),
      { numRuns: 500 },
    )
  })

  it("sessions that hold any value in place of any other", () => {
    fc.assert(
      fc.property(session, smallJson, fc.nat(), fc.boolean(), (value, other, seed, inCall) => {
        const changed = replaced(value, other, seed)
        expectEqual(JSON.stringify(inCall ? { id: "c1", version: 3, sessions: [value, changed] } : changed))
      }),
      { numRuns: 1000 },
    )
  })

  it("callRecords whose own properties hold any value", () => {
    fc.assert(
      fc.property(callRecord, smallJson, fc.nat(), ({ head, sessions }, other, seed) => {
        expectEqual(JSON.stringify({ ...(replaced(head, other, seed) as object), sessions }))
      }),
      { numRuns: 500 },
    )
  })
})

/** The value with one of its parts, chosen by `seed`, replaced. */
function replaced(value: unknown, other: unknown, seed: number): unknown {
  const paths = pathsOf(value, [])
  return withAt(value, paths[seed % paths.length] ?? [], other)
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== "object" || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function withAt(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? withAt(each, rest, other) : each))
  return { ...(value as object), [key]: withAt((value as Record<string, unknown>)[key], rest, other) }
}
