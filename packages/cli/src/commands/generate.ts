/** `callsift generate`: synthetic exports, for trying out and for benchmarks. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { ExitCode } from "../exit-code.ts"
import {
  generateExport,
  type GenerateOptions,
  type LayoutName,
  type Profile,
  type ShapeName,
} from "../generate/index.ts"
import { Interruption } from "../interruption.ts"
import { OutputFile } from "../output/output-file.ts"
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
export function generateCommand({ anomalies, output, ...flags }: GenerateFlags): Promise<number> {
  const options: GenerateOptions = { ...flags, anomalyRate: anomalies }
  return Interruption.during(async (interruption) => {
    if (output === undefined) await writeToStdout(options, interruption)
    else await writeToFile(options, output, interruption)
    return ExitCode.ok
  })
}

async function writeToStdout(options: GenerateOptions, interruption: Interruption): Promise<void> {
  const stdout = new Stdout()
  for (const chunk of generateExport(options)) {
    await stdout.write(chunk)
    if (stdout.isClosed) return
    await turn(interruption)
  }
}

async function writeToFile(options: GenerateOptions, path: string, interruption: Interruption): Promise<void> {
  const file = await OutputFile.create(path)
  try {
    for (const chunk of generateExport(options)) {
      file.write(chunk)
      await turn(interruption)
    }
    await file.end()
    await file.place()
  } finally {
    await file.clear()
  }
}

/** Lets a signal come through, and ends where one has. */
async function turn(interruption: Interruption): Promise<void> {
  await nextTurn()
  interruption.check()
}
