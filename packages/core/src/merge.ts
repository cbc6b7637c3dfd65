/**
 * From partials to one report: each is looked through, their inputs are put in the order of one run, replayed into the
 * ledger, and go on as in one run. What was recorded is what the ledger was given, so the report is that of one run.
 */
import { AnalyzeError } from "./analyze-error.ts"
import { conclude, type Analysis } from "./analyze.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import { InputJoin } from "./input-join.ts"
import { openRecorder } from "./open-recorder.ts"
import { resolvePlan, type AnalyzeOptions, type Plan } from "./options.ts"
import { eachOnce, inMergeOrder, type PlacedInput } from "./partial/merge-order.ts"
import { PartialError, type PartialErrorCode } from "./partial/partial-error.ts"
import { PartialFile } from "./partial/partial-file.ts"
import { differenceInWords, readOptions, type ReadingOptions } from "./partial/reading-options.ts"
import { loadReadingMeans } from "./partial/reading-means.ts"
import type { PartialRecorder } from "./partial/recorder.ts"
import type { ReadInputs } from "./read-inputs.ts"
import { makeRoomForFigures } from "./run.ts"
import { startRun } from "./run-document.ts"
import type { Archive, Skipped } from "./source/input.ts"
import { withWorkSpace } from "./with-work-space.ts"

/** What may be decided when partials are merged. The rest was decided when they were made. */
export type MergeOptions = Pick<
  AnalyzeOptions,
  | "since"
  | "until"
  | "participant"
  | "modality"
  | "failed"
  | "includeTests"
  | "names"
  | "pseudonymKey"
  | "maxEvidence"
  | "memoryBytes"
  | "tempDir"
  | "signal"
  | "onReject"
  | "onPartial"
>

/** A partial that was left out. */
export interface RefusedPartial {
  readonly path: string
  readonly code: PartialErrorCode
  /** Why, and what to do. */
  readonly message: string
}

/** What merging gives. */
export interface Merged extends Analysis {
  /** Partials that could not be used; the report is of the others. */
  readonly refused: readonly RefusedPartial[]
}

/** Merges partials, as `mergePartials` says. */
export async function merge(paths: readonly string[], options: MergeOptions): Promise<Merged> {
  const finishRun = startRun()
  const { files, refused } = await openAll(paths)
  try {
    const held = heldOptions(files, refused)
    const plan = planOf(files, held, options)
    const recorder = await openRecorder({ ...plan, ...held })
    const counts = (): ReturnType<ReadInputs["counts"]> => ({
      blocks: 0,
      retriedBlocks: 0,
      handedOver: 0,
      refusedPartials: refused,
    })
    return await withWorkSpace(plan, async (space) => {
      const join = await joinAll(files, plan, space, recorder)
      const read = { ...join.finish(), counts }
      await makeRoomForFigures(read)
      return { ...conclude(read, plan, finishRun), refused }
    })
  } catch (cause) {
    if (options.signal?.aborted === true) throw new AnalyzeError("aborted", "the run was interrupted", { cause })
    if (!(cause instanceof PartialError)) throw cause
    throw new AnalyzeError("no-input", `a partial changed while it was merged: ${cause.message}`, { cause })
  }
}

/** A partial that can be used. */
interface OpenPartial {
  readonly path: string
  readonly file: PartialFile
}

async function openAll(
  paths: readonly string[],
): Promise<{ readonly files: readonly OpenPartial[]; readonly refused: readonly RefusedPartial[] }> {
  if (paths.length === 0) throw new AnalyzeError("options", "no partial was named; name files that --partial wrote")
  const means = await loadReadingMeans()
  const files: OpenPartial[] = []
  const refused: RefusedPartial[] = []
  for (const path of new Set(paths)) {
    try {
      const file = await PartialFile.open(path, means)
      files.push({ path, file })
      refuseOthers(file, files[0]?.file ?? file)
    } catch (cause) {
      if (!(cause instanceof PartialError)) throw cause
      if (files.at(-1)?.path === path) files.pop()
      refused.push({ path, code: cause.code, message: cause.message })
    }
  }
  return { files, refused }
}

function refuseOthers(file: PartialFile, first: PartialFile): void {
  const difference = differenceInWords(file.head.options, first.head.options)
  if (difference === null) return
  throw new PartialError(
    "other-options",
    `it was made with other options than the first (${difference}); make it again with the same`,
  )
}

/** The options with which the partials were made. */
function heldOptions([first]: readonly OpenPartial[], refused: readonly RefusedPartial[]): ReadingOptions {
  if (first !== undefined) return readOptions(first.file.head.options)
  const reasons = refused.map(({ path, message }) => `${path}: ${message}`).join("; ")
  throw new AnalyzeError("no-input", `none of the partials can be used: ${reasons}`)
}

/** The decisions of a run over all inputs: those of the partials, and those for the report. */
function planOf(files: readonly OpenPartial[], held: ReadingOptions, options: MergeOptions): Plan {
  const least = files.reduce((a, b) => (b.file.head.maxEvidence < a.file.head.maxEvidence ? b : a))
  const maxEvidence = options.maxEvidence ?? least.file.head.maxEvidence
  if (maxEvidence > least.file.head.maxEvidence) {
    throw new AnalyzeError(
      "options",
      `${least.path} holds ${least.file.head.maxEvidence} findings of each code and not ${maxEvidence}; ask for fewer, or make it again with more`,
    )
  }
  if (options.names === true && !held.names) {
    throw new AnalyzeError("options", "the partials hold no display names; make them again with names")
  }
  const { asOf, maxInflatedBytes, ...others } = held
  return resolvePlan(
    files.map(({ path }) => path),
    {
      ...others,
      ...(asOf === null ? {} : { asOf }),
      ...(maxInflatedBytes === null ? {} : { maxInflatedBytes }),
      ...options,
      names: options.names ?? false,
      maxEvidence,
    },
  )
}

async function joinAll(
  partials: readonly OpenPartial[],
  plan: Plan,
  space: WorkSpace,
  recorder: PartialRecorder | null,
): Promise<InputJoin> {
  const join = new InputJoin(plan, space, recorder)
  const files = partials.map(({ file }) => file)
  for (const archive of eachOnce(files.map(({ archives }) => archives))) join.onArchive(archive as Archive)
  for (const skipped of eachOnce(files.map((file) => file.skipped))) join.onSkipped(skipped as Skipped)
  for (const [number, placed] of inMergeOrder(files).entries()) {
    plan.signal?.throwIfAborted()
    await replay(placed, number, join)
  }
  return join
}

function replay({ file, input }: PlacedInput, number: number, join: InputJoin): Promise<void> {
  return file.replay(input, input.record, join.replayTarget(number))
}
