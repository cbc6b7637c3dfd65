/** Where things of a block stand. */
import type { BlockResult, EnvelopeColumns } from "../worker/protocol.ts"

/** Lines on which the last of each kind of thing in a block begins, relative to the block. */
export function lastLines({ rejects, nulRuns, envelopes, facts }: BlockResult): number[] {
  const items = [rejects.at(-1), nulRuns.at(-1)?.reject]
  const lines = items.flatMap((item) => (item === undefined ? [] : [item.line]))
  if (envelopes.count > 0) lines.push(envelopes.line[envelopes.count - 1] ?? 0)
  if (facts.rowCount > 0) lines.push(facts.line[facts.rowCount - 1] ?? 0)
  return lines
}

/** The first envelope from `from` on that does not close before a byte. */
export function closedBefore({ byteOffset, byteLength, count }: EnvelopeColumns, from: number, byte: number): number {
  let index = from
  while (index < count && (byteOffset[index] ?? 0) + (byteLength[index] ?? 0) <= byte) index += 1
  return index
}
