/** What partials are read with: libraries, loaded when they are needed first, and memory that is used again. */
import type { XXHashAPI } from "xxhash-wasm"
import { ColumnMemory } from "./column-memory.ts"
import { loadHash } from "./container.ts"
import { SectionMemory } from "./section-memory.ts"

/** The means of one run, for one partial after the other. */
export interface ReadingMeans {
  readonly hash: XXHashAPI
  readonly sections: SectionMemory
  readonly columns: ColumnMemory
}

/** Loads what partials are read with. */
export async function loadReadingMeans(): Promise<ReadingMeans> {
  return { hash: await loadHash(), sections: new SectionMemory(), columns: new ColumnMemory(true) }
}
