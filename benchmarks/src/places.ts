/** Where things lie. */
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const built = dirname(fileURLToPath(import.meta.url))

/** The folder of the benchmarks. */
export const BENCHMARKS = dirname(built)
/** Generated exports and compiled peers; not kept. */
export const DATA = join(BENCHMARKS, "data")
/** What the last run of each suite measured. */
export const RESULTS = join(BENCHMARKS, "results")
/** The command that is measured. */
export const CALLSIFT = join(BENCHMARKS, "../packages/cli/dist/callsift.js")

/** A built script of these benchmarks, by its path without ending. */
export function script(path: string): string {
  return join(built, `${path}.js`)
}
