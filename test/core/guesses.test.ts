import { describe, expect, it } from "vitest"
import { withGuesses } from "#core/guesses.ts"
import { resolvePlan, type AnalyzeOptions } from "#core/options.ts"
import type { RejectLine } from "#core/report/schema.ts"

const RIGHT = "0".repeat(64)
const WRONG = "1".repeat(64)
const reject = (record: number): RejectLine => ({ record }) as RejectLine
const later = async (sha256: string): Promise<{ sizeBytes: number; sha256: string }> => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  return { sizeBytes: 1, sha256 }
}

function planTo(told: number[], options: AnalyzeOptions = {}): ReturnType<typeof resolvePlan> {
  const onReject = ({ record }: RejectLine): void => void told.push(record)
  return resolvePlan(["x"], { state: { folder: "x" }, onReject, ...options })
}

describe("guesses", () => {
  it("that are right let go of rejects in their order, when all are known", async () => {
    const told: number[] = []
    const result = await withGuesses(planTo(told), async (guesses) => {
      guesses.onReject(reject(1))
      guesses.add(RIGHT, later(RIGHT))
      guesses.onReject(reject(2))
      guesses.onReject(reject(3))
      expect(told).toEqual([1])
      return "done"
    })
    expect([result, told]).toEqual(["done", [1, 2, 3]])
  })

  it.each([["another digest", later(WRONG)] as const, ["no digest", Promise.resolve(null)] as const])(
    "that are wrong by %s have all done again without any, and nobody is told of what was held",
    async (_, digest) => {
      const told: number[] = []
      const tries: boolean[] = []
      const result = await withGuesses(planTo(told), async (guesses) => {
        tries.push(guesses.areAllowed)
        if (guesses.areAllowed) guesses.add(RIGHT, digest)
        guesses.onReject(reject(tries.length))
        return tries.length
      })
      expect([result, tries, told]).toEqual([2, [true, false], [2]])
    },
  )

  it("end the try as soon as one is known to be wrong", async () => {
    let tries = 0
    await withGuesses(planTo([]), async (guesses) => {
      tries += 1
      if (!guesses.areAllowed) return
      guesses.add(RIGHT, Promise.resolve(null))
      guesses.add(RIGHT, new Promise(() => {}))
      await later(RIGHT)
      await guesses.makeRoom()
    })
    expect(tries).toBe(2)
  })

  it("hold a bounded number of rejects", async () => {
    const told: number[] = []
    await withGuesses(planTo(told), async (guesses) => {
      guesses.add(RIGHT, later(RIGHT))
      for (let record = 0; record < 2 ** 14; record++) guesses.onReject(reject(record))
      await guesses.makeRoom()
      expect(told).toHaveLength(2 ** 14)
    })
  })

  it("are not made where the time of change is trusted, nothing is kept, or a partial is written", async () => {
    const areAllowed = (options: AnalyzeOptions): Promise<boolean> =>
      withGuesses(planTo([], options), (guesses) => Promise.resolve(guesses.areAllowed))
    expect(await areAllowed({})).toBe(true)
    expect(await areAllowed({ state: { folder: "x", trustMtime: true } })).toBe(false)
    expect(await areAllowed({ onPartial: () => {} })).toBe(false)
    expect(await withGuesses(resolvePlan(["x"], {}), (guesses) => Promise.resolve(guesses.areAllowed))).toBe(false)
  })

  it("pass on what else goes wrong", async () => {
    const failure = new Error("no room")
    const run = withGuesses(planTo([]), () => Promise.reject(failure))
    await expect(run).rejects.toBe(failure)
  })
})
