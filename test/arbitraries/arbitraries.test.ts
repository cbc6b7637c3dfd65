/** The arbitraries make what they say, so that properties over them mean something. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { damage, damaged, damageOffset, garbageLine, withLine } from "./damage.ts"
import { exportModel, sessionsOf } from "./export.ts"
import { graphInstantText, graphInstantTicks } from "./instant.ts"
import { LAYOUTS } from "./layout.ts"
import { interval, session } from "./session.ts"
import { PLAIN_STYLE, textStyle } from "./text-style.ts"

const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })

describe("instants", () => {
  it("are read as they were printed", () => {
    fc.assert(
      fc.property(fc.bigInt(-621_355_968_000_000_000n, 2_534_023_007_999_999_999n), (ticks) => {
        expect(graphInstantTicks(graphInstantText(ticks))).toBe(ticks)
      }),
    )
  })
})

describe("sessions", () => {
  it("survive JSON with all their members, and end no sooner than they start", () => {
    fc.assert(
      fc.property(session, (each) => {
        const read: unknown = JSON.parse(JSON.stringify(each))
        expect(Object.keys(read as object)).toEqual(Object.keys(each))
        expect(graphInstantTicks(each.startDateTime) <= graphInstantTicks(each.endDateTime)).toBe(true)
      }),
    )
  })

  it("overlap, touch and are empty now and then", () => {
    const intervals = fc.sample(interval, { numRuns: 300, seed: 1 })
    const starts = new Set(intervals.map(([start]) => start))
    expect(intervals.some(([start, end]) => start === end)).toBe(true)
    expect(intervals.some(([, end]) => starts.has(end))).toBe(true)
    expect(starts.size).toBeLessThan(intervals.length)
  })
})

describe("layouts", () => {
  it.each(LAYOUTS.map((layout) => [layout.name, layout] as const))("hold the id of every session: %s", (_, layout) => {
    fc.assert(
      fc.property(exportModel, textStyle, (model, style) => {
        const files = layout.files(model, { ...style, encoding: "utf-8" })
        const text = files.map((file) => Buffer.from(file.bytes).toString("utf8")).join("\n")
        for (const { id } of sessionsOf(model)) expect(text).toContain(id)
        expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
      }),
      { numRuns: 10 },
    )
  })

  it("say the same in every encoding", () => {
    const [layout] = LAYOUTS
    fc.assert(
      fc.property(exportModel, textStyle, (model, style) => {
        const textIn = (encoding: typeof style.encoding, label: string) =>
          layout?.files(model, { ...style, encoding }).map((file) => new TextDecoder(label).decode(file.bytes))
        const plain = textIn("utf-8", "utf-8")
        expect(textIn("utf-8-bom", "utf-8")).toEqual(plain)
        expect(textIn("utf-16le", "utf-16le")).toEqual(plain)
        expect(textIn("utf-16be", "utf-16be")).toEqual(plain)
      }),
      { numRuns: 30 },
    )
  })
})

describe("damage", () => {
  it("changes one place only", () => {
    fc.assert(
      fc.property(bytes, damage, (sound, change) => {
        const broken = damaged(sound, change)
        const offset = damageOffset(change, sound.length)
        const lengths = {
          truncate: offset,
          "flip-bit": sound.length,
          insert: sound.length + 1,
          delete: sound.length - 1,
          double: sound.length + 1,
        }
        expect(broken.length).toBe(lengths[change.kind])
        expect(Buffer.from(broken).subarray(0, offset).equals(Buffer.from(sound).subarray(0, offset))).toBe(true)
      }),
    )
  })

  it("does nothing to no bytes but insert", () => {
    fc.assert(
      fc.property(damage, (change) => {
        expect(damaged(new Uint8Array(0), change).length).toBe(change.kind === "insert" ? 1 : 0)
      }),
    )
  })

  it("by a garbage line adds that line where it says", () => {
    const layout = LAYOUTS.find(({ name }) => name === "NDJSON of sessions")
    fc.assert(
      fc.property(exportModel, garbageLine, fc.nat(), (model, line, before) => {
        const [file] = layout?.files(model, PLAIN_STYLE) ?? []
        const sound = file?.bytes ?? new Uint8Array(0)
        const { bytes: broken, byteOffset } = withLine(sound, line, before)
        const added = Buffer.from(`${line}\n`, "utf8")
        expect(
          Buffer.from(broken)
            .subarray(byteOffset, byteOffset + added.length)
            .equals(added),
        ).toBe(true)
        expect(broken.length).toBe(sound.length + added.length)
        expect(() => JSON.parse(line)).toThrow(SyntaxError)
      }),
      { numRuns: 50 },
    )
  })
})
