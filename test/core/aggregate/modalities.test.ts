import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { modalities } from "#core/aggregate/modalities.ts"
import { nearestDouble, secondsOf } from "#core/aggregate/rational.ts"
import { MODALITIES, type Modality } from "#core/model/modality.ts"
import { sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts, type TestSession } from "./facts-builder.ts"
import { run } from "./run-aggregate.ts"

const has = ({ modalities: set = [] }: TestSession, modality: Modality): boolean => set.includes(modality)

function counted(list: readonly TestSession[]): { sessions: number; seconds: number } {
  const ticks = list.reduce((sum, { start, end }) => (start <= end ? sum + end - start : sum), 0n)
  return { sessions: list.length, seconds: secondsOf(ticks) }
}

const session = (...set: Modality[]): TestSession => ({ start: 0n, end: 1n, modalities: set })

describe("modalities", () => {
  it("go together as the obvious way says", () => {
    fc.assert(
      fc.property(sessionLists(200), (list) => {
        const result = run(modalities, buildFacts(list))
        expect(result.single).toEqual(
          MODALITIES.map((modality) => ({ modality, ...counted(list.filter((each) => has(each, modality))) })),
        )
        const nonEmpty = list.filter(({ modalities: set = [] }) => set.length > 0).length
        for (const { a, b, sessions, seconds, jaccard, lift } of result.pairs) {
          const [withA, withB] = [list.filter((each) => has(each, a)), list.filter((each) => has(each, b))]
          const both = withA.filter((each) => has(each, b))
          const either = list.filter((each) => has(each, a) || has(each, b)).length
          expect({ sessions, seconds }).toEqual(counted(both))
          expect(jaccard).toBe(either === 0 ? null : both.length / either)
          const divisor = BigInt(withA.length * withB.length)
          expect(lift).toBe(divisor === 0n ? null : nearestDouble(BigInt(both.length * nonEmpty), divisor))
        }
        expect(result.pairs).toHaveLength(21)
        const sets = groups(list)
        expect(
          Object.fromEntries(
            result.sets.map((each) => [each.modalities.join(), { sessions: each.sessions, seconds: each.seconds }]),
          ),
        ).toEqual(Object.fromEntries([...sets].map(([name, own]) => [name, counted(own)])))
      }),
      { numRuns: 60 },
    )
  })

  it("are in order: sets and pairs by sessions then name, members as in the model", () => {
    const result = run(
      modalities,
      buildFacts([session("video"), session("audio"), session("audio", "video"), session("audio"), session()]),
    )
    expect(result.sets.map((each) => each.modalities)).toEqual([["audio"], [], ["audio", "video"], ["video"]])
    expect(result.pairs[0]).toEqual({ a: "audio", b: "video", sessions: 1, seconds: 1e-7, jaccard: 0.25, lift: 4 / 6 })
    expect(result.pairs.at(-1)).toMatchObject({ sessions: 0, jaccard: null, lift: null })
    expect(result.single.map(({ modality }) => modality)).toEqual([...MODALITIES])
  })
})

function groups(list: readonly TestSession[]): Map<string, TestSession[]> {
  const sets = new Map<string, TestSession[]>()
  for (const each of list) {
    const name = MODALITIES.filter((modality) => has(each, modality)).join()
    sets.set(name, [...(sets.get(name) ?? []), each])
  }
  return sets
}
