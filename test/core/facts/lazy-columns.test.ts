import { describe, expect, it } from "vitest"
import { lazyColumns } from "#core/facts/lazy-columns.ts"

describe("lazyColumns", () => {
  it("makes a column when it is first asked for, once", () => {
    const Columns = lazyColumns<{ readonly a: number[]; readonly b: number[] }>(["a", "b"])
    const asked: string[] = []
    const make = (name: string): number[] => [asked.push(name)]
    const [one, other] = [new Columns(make), new Columns(make)]
    expect(asked).toEqual([])
    expect([one.b, one.b, other.b, one.a]).toEqual([[1], [1], [2], [3]])
    expect(asked).toEqual(["b", "b", "a"])
  })
})
