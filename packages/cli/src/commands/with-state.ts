/** Runs with a state folder: one run at a time holds it, and what of it was damaged is told. */
import { mkdir } from "node:fs/promises"
import type { AnalyzeOptions, RunDocument } from "@callsift/core"
import { FolderLock } from "../output/folder-lock.ts"
import { orFail } from "../output/output-file.ts"
import { escapeText } from "../render/escape.ts"

/** Does work that uses the options' state folder, if they have one. Throws a `CliError` where another run holds it. */
export async function withState<Result extends { readonly run: RunDocument }>(
  { state }: AnalyzeOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  if (state === undefined) return work()
  await orFail(mkdir(state.folder, { recursive: true }), state.folder)
  const lock = await FolderLock.take(state.folder)
  try {
    const result = await work()
    for (const { path, message } of result.run.state?.damaged ?? [])
      process.stderr.write(
        `${escapeText(`callsift: ${path} is not used: ${message.replace(ADVICE, "")}; it is made again`)}\n`,
      )
    return result
  } finally {
    await lock.release()
  }
}

/** What is said of a partial that the user has to make again. */
const ADVICE = "; make it again"
