import { createHash } from "node:crypto"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  generateExport,
  LAYOUT_NAMES,
  PROFILES,
  SHAPES,
  type GenerateOptions,
  type LayoutName,
  type Profile,
  type ShapeName,
} from "#cli/generate/index.ts"
import { bytesOf, rowsOf, textOf } from "./reading.ts"

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const rowsIn = (layout: LayoutName) =>
  rowsOf(layout, textOf({ sessions: 150, seed: 7, layout })).map(({ callId, session }) => [callId, session.id])
const bytesEach = (profile: Profile) => bytesOf({ sessions: 500, seed: 1, profile }).length / 500

const choices = fc.record({
  sessions: fc.nat({ max: 90 }),
  seed: fc.maxSafeNat(),
  profile: fc.constantFrom(...PROFILES),
  layout: fc.constantFrom(...LAYOUT_NAMES),
  shapes: fc.constantFrom(...SHAPES),
})

describe("generateExport", () => {
  it("gives the same bytes for the same options", () => {
    fc.assert(
      fc.property(choices, fc.constantFrom(0, 0.2), (options, anomalyRate) => {
        expect(bytesOf({ ...options, anomalyRate }).equals(bytesOf({ ...options, anomalyRate }))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it.each<[string, GenerateOptions]>([
    ["eb7cc488dca4addb1e1ec2fa27b7598d14a7beebc4978cf98ee6142f66e77b67", { sessions: 500, seed: 1 }],
    [
      "e794569bc65f51f1d06af16a2256bb9dd4e44c858d45931da616160004c8e91a",
      { sessions: 100, seed: 2, profile: "full", layout: "callRecords", shapes: "varied", anomalyRate: 0.1 },
    ],
    [
      "cb727d82bcccae34b8bebd92a6a9d9eb3eed3ff372ff506ec7e3e7d651e13c81",
      { sessions: 100, seed: Number.MAX_SAFE_INTEGER, layout: "concatenated" },
    ],
  ])("gives the bytes it always gave: %s", (hash, options) => {
    expect(sha256(bytesOf(options))).toBe(hash)
  })

  it("gives other bytes for another seed", () => {
    expect(bytesOf({ sessions: 20, seed: 1 }).equals(bytesOf({ sessions: 20, seed: 2 }))).toBe(false)
    expect(bytesOf({ sessions: 20, seed: 1 }).equals(bytesOf({ sessions: 20, seed: 2 ** 32 + 1 }))).toBe(false)
  })

  it("is sound JSON with exactly as many sessions as asked for, in every layout", () => {
    fc.assert(
      fc.property(choices, (options) => {
        const rows = rowsOf(options.layout, textOf(options))
        expect(rows).toHaveLength(options.sessions)
        for (const { session } of rows) expect(session.startDateTime < session.endDateTime).toBe(true)
      }),
      { numRuns: 120 },
    )
  })

  it.each(LAYOUT_NAMES)("can be empty: %s", (layout) => {
    expect(rowsOf(layout, textOf({ sessions: 0, layout }))).toEqual([])
  })

  it("lays the same sessions out in every layout", () => {
    for (const layout of LAYOUT_NAMES) {
      expect(rowsIn(layout).map(([, id]) => id)).toEqual(rowsIn("ndjson").map(([, id]) => id))
    }
  })

  it("names the same calls in every layout that names calls", () => {
    const expected = rowsIn("callRecords")
    expect(new Set(expected.map(([callId]) => callId)).size).toBeGreaterThan(20)
    for (const layout of [
      "pages-ndjson",
      "pages-array",
      "concatenated",
      "callRecords-ndjson",
      "batch",
      "messages",
      "rows",
    ] as const) {
      expect(rowsIn(layout)).toEqual(expected)
    }
  })

  it("comes in chunks of its own memory, of about 1 MiB each", () => {
    const chunks = [...generateExport({ sessions: 4000, seed: 3 })]
    expect(chunks.length).toBeGreaterThan(4)
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(4 * 1024 * 1024)
    expect(Math.min(...chunks.slice(0, -1).map(({ length }) => length))).toBeGreaterThan(1024 * 1024 - 64 * 1024)
    expect(new Set(chunks.map(({ buffer }) => buffer)).size).toBe(chunks.length)
  })

  it("holds no more for a longer export", () => {
    const heldAtFirst = process.memoryUsage().heapUsed
    let grownBytes = 0
    let writtenBytes = 0
    for (const chunk of generateExport({ sessions: 200_000, seed: 3 })) {
      writtenBytes += chunk.length
      grownBytes = Math.max(grownBytes, process.memoryUsage().heapUsed - heldAtFirst)
    }
    expect(grownBytes).toBeLessThan(writtenBytes / 2)
  })

  it("begins at once, however long it is", () => {
    const [first] = generateExport({ sessions: 2 ** 31, seed: 1 })
    expect(first?.length).toBeGreaterThan(0)
  })

  it.each<[string, GenerateOptions]>([
    ["sessions", { sessions: -1 }],
    ["sessions", { sessions: 1.5 }],
    ["sessions", { sessions: Number.NaN }],
    ["seed", { sessions: 1, seed: 2 ** 53 }],
    ["anomalies", { sessions: 1, anomalyRate: 1.1 }],
    ["anomalies", { sessions: 1, anomalyRate: Number.NaN }],
  ])("refuses what is out of range before anything is made: %s", (name, options) => {
    expect(() => generateExport(options)).toThrow(RangeError)
    expect(() => generateExport(options)).toThrow(name)
  })
})

describe("generated data", () => {
  const rows = rowsOf("callRecords", textOf({ sessions: 3000, seed: 5, layout: "callRecords" }))

  it("has ids that do not repeat", () => {
    expect(new Set(rows.map(({ session }) => session.id)).size).toBe(rows.length)
  })

  it("lies in 2026, on working days as a rule", () => {
    const days = rows.map(({ session }) => new Date(session.startDateTime).getUTCDay())
    expect(rows.every(({ session }) => session.startDateTime.startsWith("2026-"))).toBe(true)
    expect(days.filter((day) => day === 0 || day === 6).length / days.length).toBeLessThan(0.1)
  })

  it("has instants of 0 to 7 fractional digits that do not end in 0", () => {
    for (const { session } of rows) {
      expect(session.startDateTime).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?Z$/)
      expect(Number.isNaN(Date.parse(session.endDateTime))).toBe(false)
    }
  })

  it("has calls of one session and of many, and sessions within their calls' size", () => {
    const sizes = new Map<string | null, number>()
    for (const { callId } of rows) sizes.set(callId, (sizes.get(callId) ?? 0) + 1)
    expect(Math.max(...sizes.values())).toBeGreaterThan(20)
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(40)
    expect([...sizes.values()].filter((size) => size === 1).length / sizes.size).toBeGreaterThan(0.3)
  })

  it("has about the size that its profile promises", () => {
    expect(bytesEach("lean")).toBeGreaterThan(1000)
    expect(bytesEach("lean")).toBeLessThan(1400)
    expect(bytesEach("full")).toBeGreaterThan(8000)
    expect(bytesEach("full")).toBeLessThan(10_500)
  })

  it("keeps segments within their sessions", () => {
    for (const { session } of rowsOf("ndjson", textOf({ sessions: 200, seed: 1, profile: "full" }))) {
      for (const segment of session.segments ?? []) {
        expect(segment.startDateTime >= session.startDateTime && segment.endDateTime <= session.endDateTime).toBe(true)
      }
    }
  })

  it("names no domain or number that could be anyone's", () => {
    const text = textOf({ sessions: 2000, seed: 9, layout: "callRecords" })
    const domains = new Set([...text.matchAll(/@([a-z0-9-]+\.[a-z.]+)"/g)].map((match) => match[1]))
    const phones = [...text.matchAll(/"\+(\d+)"/g)].map((match) => match[1])
    expect([...domains]).toEqual(["example.com"])
    expect(phones.length).toBeGreaterThan(0)
    for (const phone of phones) expect(phone).toMatch(/^1\d{3}55501\d\d$/)
  })

  it("has another shape for nearly every session where shapes vary", () => {
    const shapeOf = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)])
        : null
    const shapeCount = (shapes: ShapeName) =>
      new Set(
        rowsOf("ndjson", textOf({ sessions: 300, seed: 1, shapes })).map(({ session }) =>
          JSON.stringify(shapeOf(session)),
        ),
      ).size
    expect(shapeCount("uniform")).toBeLessThan(30)
    expect(shapeCount("varied")).toBeGreaterThan(295)
  })
})
