/** Recorded block results → whoever joins them, as when they were recorded. */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { SourceEnd } from "../facts/input.ts"
import type { FramingEnd } from "../framing/block.ts"
import type { BlockResult } from "../worker/protocol.ts"
import { readChunk } from "./chunk.ts"
import { ColumnMemory } from "./column-memory.ts"
import { cutOff, damaged } from "./container.ts"
import { PartialError } from "./partial-error.ts"
import type { ReadingMeans } from "./reading-means.ts"
import type { InputRecord } from "./recorder.ts"
import type { StoredSection } from "./section-reader.ts"

/** What takes a replayed input; as the ledger. */
export interface ReplayTarget {
  readonly begin: (record: InputRecord) => void
  /** Where it gives a promise, the next result waits for that. */
  readonly add: (result: BlockResult, isLines: boolean) => unknown
  readonly end: (framing: FramingEnd | null, source: SourceEnd) => unknown
  readonly listedInFull: () => number
  /** Whether a result is looked at when the next one is added already. */
  readonly keepsResults: boolean
}

/** Replays block results up to the section that `isEnd` picks, and gives that. Marks are passed over. Throws a `PartialError`. */
export async function replayChunks(
  sections: Generator<StoredSection>,
  { columns }: ReadingMeans,
  target: Pick<ReplayTarget, "add" | "listedInFull" | "keepsResults">,
  isEnd: (section: StoredSection) => boolean,
): Promise<StoredSection> {
  const memory = target.keepsResults ? new ColumnMemory(false) : columns
  for (let next = sections.next(); next.done !== true; next = sections.next()) {
    const section = next.value
    if (isEnd(section)) return section
    if (section.kind === "MARK") continue
    const { result, isLines } = asDamage(() => readChunk(section, sections, target.listedInFull(), memory))
    await target.add(result, isLines)
    // Signals are heard meanwhile.
    await nextTurn()
  }
  throw cutOff()
}

/** Sums are right where they are read, so what cannot be read was written by something else. */
function asDamage<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw cause instanceof PartialError ? cause : new PartialError("damaged", damaged("a table").message, { cause })
  }
}
