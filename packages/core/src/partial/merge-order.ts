/** The inputs of several partials in the order in which one run would have read them, each once. */
import { compareUtf8 } from "../facts/byte-order.ts"
import type { PartialFile, PartialInput } from "./partial-file.ts"

/** An input, and the partial that holds it. */
export interface PlacedInput {
  readonly file: PartialFile
  readonly input: PartialInput
}

/** The inputs of one path in one partial: one, or the entries of an archive, in their order. */
interface PathInputs {
  readonly path: string
  readonly keys: string
  readonly inputs: readonly PlacedInput[]
}

/** By byte order of the path, then as they stand in their partial. Does not depend on the order of the partials. */
export function inMergeOrder(files: readonly PartialFile[]): PlacedInput[] {
  const groups = files
    .flatMap(groupByPath)
    .toSorted((a, b) => compareUtf8(a.path, b.path) || compareUtf8(a.keys, b.keys))
  const seen = new Set<string>()
  return groups.flatMap(({ inputs }) => inputs.filter(({ input }) => isFirst(seen, keyOf(input))))
}

/** What several partials list, each once, in an order of its own. */
export function eachOnce(lists: readonly (readonly unknown[])[]): unknown[] {
  const texts = new Set(lists.flat().map((item) => JSON.stringify(item)))
  return [...texts].toSorted(compareUtf8).map((text): unknown => JSON.parse(text))
}

function groupByPath(file: PartialFile): PathInputs[] {
  const byPath = new Map<string, PlacedInput[]>()
  for (const input of file.inputs) {
    const { path } = input.record
    const inputs = byPath.get(path)
    if (inputs === undefined) byPath.set(path, [{ file, input }])
    else inputs.push({ file, input })
  }
  return [...byPath].map(([path, inputs]) => ({ path, inputs, keys: inputs.map(({ input }) => keyOf(input)).join() }))
}

/** An input is known by path, entry and SHA-256; where there is none, by what else was found out. */
function keyOf({ record, done }: PartialInput): string {
  const { sizeBytes, sha256, error } = done.source
  return JSON.stringify([record.path, record.entry ?? null, sha256, sizeBytes, error?.code ?? null])
}

function isFirst(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false
  seen.add(key)
  return true
}
