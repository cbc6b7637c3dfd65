/** The place for facts that memory has no room for, as long as a run needs it. */
import { AnalyzeError } from "./analyze-error.ts"
import { SpillError } from "./facts/spill-error.ts"
import { WorkSpace } from "./facts/work-space.ts"
import type { Plan } from "./options.ts"

/**
 * Carries work out with such a place, of which nothing is left afterwards. Rejects with an `AnalyzeError` where facts
 * cannot be written there, or read again.
 */
export async function withWorkSpace<Result>(
  { memoryBytes, tempDir }: Pick<Plan, "memoryBytes" | "tempDir">,
  work: (space: WorkSpace) => Promise<Result>,
): Promise<Result> {
  const space = new WorkSpace(memoryBytes, tempDir)
  try {
    return await work(space)
  } catch (cause) {
    throw cause instanceof SpillError ? new AnalyzeError("temporary-space", cause.message, { cause }) : cause
  } finally {
    space.close()
  }
}
