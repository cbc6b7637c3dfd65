/** The recorder of a run: what a plan decides, written at the head of its partial. */
import { keptEvidence } from "./facts/ledger.ts"
import { writtenOptions, type ReadingOptions } from "./partial/reading-options.ts"
import type { PartialRecorder } from "./partial/recorder.ts"
import type { Sink } from "./partial/section-writer.ts"
import { TOOL } from "./version.ts"

/** What a recorder is opened by; a plan is one. */
export interface RecordingPlan extends ReadingOptions {
  readonly maxEvidence: number
  /** Null where no partial is to be made. */
  readonly onPartial: Sink | null
}

/** The recorder of a run, or null where it has none. */
export async function openRecorder(plan: RecordingPlan): Promise<PartialRecorder | null> {
  const { onPartial, maxEvidence } = plan
  if (onPartial === null) return null
  const { name, version } = TOOL
  const { PartialRecorder } = await import("./partial/recorder.ts")
  const head = { tool: { name, version }, options: writtenOptions(plan), maxEvidence }
  return PartialRecorder.begin(onPartial, head, keptEvidence(maxEvidence))
}
