import { tmpdir } from "node:os"
import fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import type { UnitEvents } from "../../../packages/kernel/dist/index.js"
import { EventsByHour } from "#core/aggregate/hour-events.ts"
import { readStretch } from "#core/aggregate/event-runs.ts"
import { WorkSpace } from "#core/facts/work-space.ts"

const spaces: WorkSpace[] = []
afterEach(() => spaces.splice(0).forEach((space) => space.close()))

function spaceOf(memoryBytes: number): WorkSpace {
  const space = new WorkSpace(memoryBytes, tmpdir())
  spaces.push(space)
  return space
}

/** Batches of hours, each with some events, which are any numbers here. */
const batches = fc.array(
  fc.dictionary(fc.integer({ min: -9, max: 9 }).map(String), fc.array(fc.nat(99), { minLength: 1, maxLength: 9 }), {
    maxKeys: 8,
  }),
  { maxLength: 20 },
)

function unitEvents(batch: Readonly<Record<string, readonly number[]>>): UnitEvents {
  const hours = Object.entries(batch).toSorted(([a], [b]) => Number(a) - Number(b))
  return {
    units: Int32Array.from(hours, ([hour]) => Number(hour)),
    counts: Uint32Array.from(hours, ([, events]) => events.length),
    events: new Uint8Array(Float64Array.from(hours.flatMap(([, events]) => events)).buffer),
  }
}

describe("EventsByHour", () => {
  it.each([
    ["in memory", 2 ** 20],
    ["in a file, several batches at once", 2 ** 11],
    ["in a file", 0],
  ])("gives every hour once, in order, with all its events: %s", (_, memoryBytes) => {
    fc.assert(
      fc.property(batches, (list) => {
        const space = spaceOf(memoryBytes)
        const byHour = new EventsByHour(space)
        for (const batch of list) byHour.add(unitEvents(batch))
        const found: [number, number[]][] = []
        for (const stretch of byHour.inOrder()) {
          const total = stretch.counts.reduce((sum, count) => sum + count, 0)
          const events = new Float64Array(total)
          readStretch(stretch, new Uint8Array(events.buffer, 0, 8 * total))
          let at = 0
          stretch.units.forEach((hour, index) => {
            const end = at + (stretch.counts[index] ?? 0)
            found.push([hour, [...events.subarray(at, end)].toSorted((a, b) => a - b)])
            at = end
          })
        }
        const hours = [...new Set(list.flatMap((batch) => Object.keys(batch)))].map(Number).toSorted((a, b) => a - b)
        expect(found).toEqual(
          hours.map((hour) => [hour, list.flatMap((batch) => batch[hour] ?? []).toSorted((a, b) => a - b)]),
        )
        expect(space.events.take(space.events.limitBytes)).toBe(true)
      }),
    )
  })
})
