import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { eachOnce, inMergeOrder } from "#core/partial/merge-order.ts"
import type { PartialFile, PartialInput } from "#core/partial/partial-file.ts"

const input = fc.record({
  path: fc.constantFrom("a", "a/b", "ä", "\ud83d\ude00", "\uffff"),
  sha256: fc.constantFrom("00", "11", null),
})

function partialOf(inputs: readonly { path: string; sha256: string | null }[]): PartialFile {
  const list = inputs.map(({ path, sha256 }) => ({
    record: { path, compression: "none", encoding: "utf-8" },
    done: { framing: null, source: { sizeBytes: 1, sha256, error: null } },
    place: { byteOffset: 0, position: 0 },
  }))
  return { inputs: list } as unknown as PartialFile
}

const namesOf = (files: readonly PartialFile[]): string[] =>
  inMergeOrder(files).map(
    ({ input: { record, done } }: { input: PartialInput }) => `${record.path} ${done.source.sha256}`,
  )

describe("the order of merging", () => {
  it("has each input once, by the bytes of its path, whatever the order of the partials", () => {
    fc.assert(
      fc.property(fc.array(fc.array(input, { maxLength: 3 }), { maxLength: 4 }), (parts) => {
        const files = parts.map(partialOf)
        const names = namesOf(files)
        expect(new Set(names).size).toBe(names.length)
        expect(new Set(namesOf(files.toReversed()))).toEqual(new Set(names))
        const paths = names.map((name) => Buffer.from(name.slice(0, name.lastIndexOf(" "))))
        expect(paths).toEqual(paths.toSorted((a, b) => Buffer.compare(a, b)))
      }),
    )
  })

  it("lists what several partials list once", () => {
    expect(eachOnce([[{ path: "b" }, { path: "a" }], [{ path: "b" }]])).toEqual([{ path: "a" }, { path: "b" }])
  })
})
