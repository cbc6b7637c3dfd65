/** The command line: commands, arguments, options, help. What a command does is loaded when it runs. */
import { Argument, Command, Option } from "commander"
import {
  ANALYZE_HELP,
  DESCRIPTION,
  EXPORT_HELP,
  GENERATE_HELP,
  MERGE_HELP,
  PROGRAM_HELP,
  VALIDATE_HELP,
} from "./arguments/help-texts.ts"
import type { ExportFormat, StartedWorkers } from "@callsift/core"
import { parseShare, wholeNumber } from "./arguments/number.ts"
import { addReadingOptions, addReportOptions } from "./arguments/reading-options.ts"
import { LAYOUT_NAMES } from "./generate/layout-names.ts"
import { VERSION } from "./version.ts"

/** Runs an action and keeps its exit code. */
export type Run = (action: () => Promise<number>) => Promise<void>

/** What the program needs of its surroundings. */
export interface Surroundings {
  readonly runAction: Run
  /** Given the text of `--help` and `--version`. */
  readonly printHelp: (text: string) => void
  /** How wide it may be. */
  readonly columns: number
  /** Workers for the commands that decode. */
  readonly workers?: StartedWorkers | null
}

/** The program. Nothing runs before `parseAsync`, which rejects with a `CommanderError` instead of ending the process. */
export function createProgram({ runAction: run, printHelp, columns, workers = null }: Surroundings): Command {
  const program = new Command("callsift")
    .description(DESCRIPTION)
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: printHelp, outputError: (text, write) => write(errorText(text)) })
    .showHelpAfterError("(callsift --help shows the commands)")
    .addHelpText("after", PROGRAM_HELP)
    .configureHelp({ helpWidth: Math.min(columns, 100) })
  addAnalyze(program, run, workers)
  addMerge(program, run)
  addValidate(program, run, workers)
  addExport(program, run, workers)
  addGenerate(program, run)
  addSchema(program, run)
  addRules(program, run)
  return program
}

/** commander's words as ours. */
function errorText(text: string): string {
  return text.replace(/^error: /, "callsift: ")
}

/** As the library has them, which is loaded when it runs. */
const EXPORT_FORMATS = ["parquet", "arrow", "csv", "ndjson"] as const satisfies readonly ExportFormat[]

/** A command that says after an error where its own help is. */
function addCommand(program: Command, name: string, description: string, help: string): Command {
  return program
    .command(name)
    .description(description)
    .showHelpAfterError(`(callsift ${name} --help shows its arguments and options)`)
    .addHelpText("after", help)
}

const INPUTS = new Argument(
  "<input...>",
  "files, folders (walked), globs, or - for standard input; kinds are told by content",
)

function addAnalyze(program: Command, run: Run, workers: StartedWorkers | null): void {
  const command = addCommand(program, "analyze", "read, validate, aggregate: one report over all inputs", ANALYZE_HELP)
    .addArgument(INPUTS)
    .optionsGroup("Output:")
    .option("-o, --output <folder>", "write report.json, rejects.ndjson, findings.ndjson, tables/ and run.json there")
    .option("--json", "print the report document instead of the summary")
    .option("--partial <file>", "write there what callsift merge needs; ids in it are as they are in the inputs")
  addReadingOptions(command, "never").action((inputs: string[], flags) =>
    run(async () =>
      (await import("./commands/analyze.ts")).analyzeCommand(inputs, { ...flags, startedWorkers: workers }),
    ),
  )
}

function addMerge(program: Command, run: Run): void {
  const command = addCommand(program, "merge", "one report of partials: the same as of one run", MERGE_HELP)
    .addArgument(new Argument("<partial...>", "files that analyze or merge wrote with --partial"))
    .optionsGroup("Output:")
    .option("-o, --output <folder>", "write report.json, rejects.ndjson, findings.ndjson, tables/ and run.json there")
    .option("--json", "print the report document instead of the summary")
    .option("--partial <file>", "write one partial of all of them")
  addReportOptions(command, "never").action((partials: string[], flags) =>
    run(async () => (await import("./commands/merge.ts")).mergeCommand(partials, flags)),
  )
}

function addValidate(program: Command, run: Run, workers: StartedWorkers | null): void {
  const command = addCommand(
    program,
    "validate",
    "check only: one line for each reject and finding",
    VALIDATE_HELP,
  ).addArgument(INPUTS)
  addReadingOptions(command, "error").action((inputs: string[], flags) =>
    run(async () =>
      (await import("./commands/validate.ts")).validateCommand(inputs, { ...flags, startedWorkers: workers }),
    ),
  )
}

function addExport(program: Command, run: Run, workers: StartedWorkers | null): void {
  const command = addCommand(program, "export", "write the facts as a table: one row a session", EXPORT_HELP)
    .addArgument(INPUTS)
    .optionsGroup("Output:")
    .addOption(new Option("--to <format>", "what to write").choices(EXPORT_FORMATS).makeOptionMandatory())
    .option("-o, --output <file>", "write there instead of to standard output (-)")
  addReadingOptions(command, null).action((inputs: string[], flags) =>
    run(async () =>
      (await import("./commands/export.ts")).exportCommand(inputs, { ...flags, startedWorkers: workers }),
    ),
  )
}

function addGenerate(program: Command, run: Run): void {
  addCommand(program, "generate", "write a synthetic export, the same for the same options", GENERATE_HELP)
    .addOption(
      new Option("--sessions <n>", "how many sessions").argParser(wholeNumber(0, 2 ** 31)).makeOptionMandatory(),
    )
    .addOption(
      new Option("--seed <n>", "another number, another export")
        .argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER))
        .default(1),
    )
    .addOption(
      new Option("--profile <name>", "lean: about 1.2 kB a session; full: with segments and media, about 9 kB")
        .choices(["lean", "full"])
        .default("lean"),
    )
    .addOption(new Option("--layout <name>", "form of the export").choices(LAYOUT_NAMES).default("ndjson"))
    .addOption(
      new Option("--shapes <name>", "varied: random nulls, absences and key order")
        .choices(["uniform", "varied"])
        .default("uniform"),
    )
    .addOption(
      new Option("--anomalies <share>", "share of sessions with a known problem, from 0 to 1")
        .argParser(parseShare)
        .default(0),
    )
    .option("-o, --output <file>", "write there instead of to standard output")
    .action((flags) => run(async () => (await import("./commands/generate.ts")).generateCommand(flags)))
}

function addSchema(program: Command, run: Run): void {
  addCommand(program, "schema", "print the JSON Schema of a session, or of what callsift writes", "")
    .addArgument(new Argument("<name>").choices(["session", "report", "reject", "finding"]))
    .action((name) => run(async () => (await import("./commands/schema.ts")).schemaCommand(name)))
}

function addRules(program: Command, run: Run): void {
  addCommand(program, "rules", "print every code with its meaning and what to do", "")
    .option("--no-color", "no colour, as with NO_COLOR")
    .action((flags) => run(async () => (await import("./commands/rules.ts")).rulesCommand(flags)))
}
