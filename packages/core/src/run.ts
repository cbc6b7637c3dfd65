/** What runs have in common: the ways to what was read and to resolved facts. */
import { AnalyzeError } from "./analyze-error.ts"
import { collectGarbage } from "./collect-garbage.ts"
import { endInterning } from "./facts/fact-tables.ts"
import { resolve, type ResolvedFacts } from "./facts/resolve.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import type { Guesses } from "./guesses.ts"
import type { Plan } from "./options.ts"
import { inputRuns, readInputs, type ReadInputs } from "./read-inputs.ts"
import type { FinishRun } from "./run-document.ts"
import { listSources } from "./source/source-list.ts"
import { TOOL } from "./version.ts"
import type { BlockPool } from "./worker/pool.ts"

/** Reads a plan's inputs into a space: source → framing → workers → join. Rejects with an `AnalyzeError` where there is none. */
export async function readPlanned(
  plan: Plan,
  pool: BlockPool,
  space: WorkSpace,
  guesses: Guesses,
): Promise<ReadInputs> {
  const list = await listSources(plan.inputs, plan.excludedPaths)
  if (list.sources.length === 0)
    throw new AnalyzeError("no-input", `there is nothing to read in ${plan.inputs.join(", ")}`)
  const read = await readInputs(list, plan, pool, space, guesses)
  // Nothing is decoded any more: figures can have the memory of the workers. That they ended is waited for with the run.
  pool.close().catch(() => {})
  return read
}

/**
 * Where memory is scarce, gives figures what blocks lay in and what ids and texts were found by. Blocks go first, for ids
 * are copied.
 */
export async function makeRoomForFigures({ joined }: ReadInputs): Promise<void> {
  if (!joined.space.isSpilled) return
  await collectGarbage()
  endInterning(joined)
  await collectGarbage()
}

/** Decides which of the sessions that were read count. Throws an `AnalyzeError` where no input could be opened. */
export function resolveRead({ joined }: ReadInputs): ResolvedFacts {
  const resolved = resolve(joined)
  refuseNothing(resolved)
  return resolved
}

/** What `run.json` says of a run beside times and the machine. */
export function runCounts(plan: Plan, read: ReadInputs, { inputs }: ResolvedFacts): Parameters<FinishRun>[0] {
  const counts = read.counts()
  const sessionCount = inputs.reduce((sum, { sessions }) => sum + sessions, 0)
  return {
    tool: TOOL,
    workers: plan.workerCount,
    engine: plan.engine,
    ...counts,
    handedOverShare: counts.handedOver / Math.max(sessionCount, 1),
    inputs: inputRuns(inputs),
  }
}

/** A report on nothing would look like one on an empty archive. */
function refuseNothing({ inputs }: ResolvedFacts): void {
  if (inputs.some(({ status }) => status !== "unreadable")) return
  const [first] = inputs
  const others = inputs.length > 1 ? `, and ${inputs.length - 1} more` : ""
  throw new AnalyzeError(
    "no-input",
    `no input could be opened: ${first?.path ?? ""}: ${first?.error?.message ?? ""}${others}`,
  )
}
