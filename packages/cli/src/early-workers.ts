/** Workers that are started before the command line is understood. */
import type { StartedWorkers } from "@callsift/core"

/** The commands that decode. */
const DECODING: ReadonlySet<string | undefined> = new Set(["analyze", "validate", "export"])
/** Where one of these is written, other workers may be needed, or none. */
const OTHERWISE = /^(?:--workers|--engine|--state|--help|-h$)/

/** Starts the workers that these arguments will need, or gives null where that cannot be told. */
export async function startEarly([command, ...others]: readonly string[]): Promise<StartedWorkers | null> {
  if (!DECODING.has(command) || others.some((argument) => OTHERWISE.test(argument))) return null
  const { startWorkers } = await import("@callsift/core/workers")
  try {
    return startWorkers()
  } catch {
    // Whoever needs them meets the same again, and tells.
    return null
  }
}
