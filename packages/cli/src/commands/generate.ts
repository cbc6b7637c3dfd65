/** `callsift generate`: synthetic exports, for trying out and for benchmarks. */
import { open } from "node:fs/promises"
import { CliError, systemCode } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"
import {
  generateExport,
  type GenerateOptions,
  type LayoutName,
  type Profile,
  type ShapeName,
} from "../generate/index.ts"
import { Stdout } from "../output/stdout.ts"

export interface GenerateFlags {
  readonly sessions: number
  readonly seed: number
  readonly profile: Profile
  readonly layout: LayoutName
  readonly shapes: ShapeName
  readonly anomalies: number
  readonly output?: string
}

/** Writes an export to a file or to standard output. Returns the exit code. */
export async function generateCommand({ anomalies, output, ...flags }: GenerateFlags): Promise<number> {
  const options: GenerateOptions = { ...flags, anomalyRate: anomalies }
  if (output === undefined) await writeToStdout(options)
  else await writeToFile(options, output)
  return ExitCode.ok
}

async function writeToStdout(options: GenerateOptions): Promise<void> {
  const stdout = new Stdout()
  for (const chunk of generateExport(options)) {
    await stdout.write(chunk)
    if (stdout.isClosed) return
  }
  await stdout.finish()
}

async function writeToFile(options: GenerateOptions, path: string): Promise<void> {
  try {
    const handle = await open(path, "w")
    try {
      for (const chunk of generateExport(options)) await handle.writeFile(chunk)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new CliError(ExitCode.failed, `${path} could not be written (${systemCode(cause)})`, { cause })
  }
}
