/** The command line: commands, arguments, options, help. What a command does is loaded when it runs. */
import { Argument, Command, Option } from "commander"
import { wholeNumber, parseShare } from "./arguments/number.ts"
import { addReadingOptions } from "./arguments/reading-options.ts"
import { LAYOUT_NAMES } from "./generate/layout.ts"
import { VERSION } from "./version.ts"

const EXAMPLES = `
Examples:
  callsift analyze archive/ -o report/        the whole archive, outputs in report/
  callsift analyze 'exports/*.ndjson.gz'      summary on the terminal only
  callsift analyze archive/ --json | jq .totals
  callsift validate export.json               one line for each problem
  callsift generate --sessions 1000 | callsift analyze -`

const EXIT_CODES = `
Exit codes:
  0  everything was read and every record taken
  1  as 0, and findings reach --fail-on
  2  the command line is wrong; nothing was read or written
  3  the report is written, but not everything was taken: see its inputs and rejects
  4  no report: no input could be opened, or an output could not be written
  130, 143  interrupted (SIGINT, SIGTERM)`

const ANALYZE_EXAMPLES = `
Examples:
  callsift analyze archive/ -o report/ --quiet               for a script: outputs and exit code alone
  callsift analyze archive/ -o report/ --fail-on warning     exit with 1 where there are warnings or errors
  callsift analyze archive/ --since 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z
  zstdcat calls.zst | callsift analyze - --json > report.json`

const VALIDATE_EXAMPLES = `
One line each:  PATH:LINE: SEVERITY CODE POINTER: MESSAGE (offset, length)
Rejects come first, while the inputs are read; then inputs that are not complete; then findings.

Examples:
  callsift validate export.ndjson
  callsift validate archive/ --fail-on warning | grep session/bad-timestamp`

const GENERATE_EXAMPLES = `
Examples:
  callsift generate --sessions 1000 --anomalies 0.05 -o export.ndjson
  callsift generate --sessions 1000000 --profile full --layout callRecords | gzip > calls.json.gz`

/** Runs an action and keeps its exit code. */
export type Run = (action: () => Promise<number>) => Promise<void>

/** What the program needs of its surroundings. */
export interface Surroundings {
  readonly runAction: Run
  /** Given the text of `--help` and `--version`. */
  readonly printHelp: (text: string) => void
}

/** The program. Nothing runs before `parseAsync`, which rejects with a `CommanderError` instead of ending the process. */
export function createProgram({ runAction: run, printHelp }: Surroundings): Command {
  const program = new Command("callsift")
    .description(
      "Audits archived Microsoft Teams call records offline: what is in the archive, what is wrong with it,\nhow long people talked, how many sessions ran at once, who was in two calls at once, what failed.",
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: printHelp, outputError: (text, write) => write(errorText(text)) })
    .showHelpAfterError("(callsift --help shows the commands)")
    .addHelpText("after", EXAMPLES + "\n" + EXIT_CODES)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 100, 100) })
  addAnalyze(program, run)
  addValidate(program, run)
  addGenerate(program, run)
  addSchema(program, run)
  addRules(program, run)
  return program
}

/** commander's words as ours. */
function errorText(text: string): string {
  return text.replace(/^error: /, "callsift: ")
}

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

function addAnalyze(program: Command, run: Run): void {
  const help = ANALYZE_EXAMPLES + "\n" + EXIT_CODES
  const command = addCommand(program, "analyze", "read, validate, aggregate: one report over all inputs", help)
    .addArgument(INPUTS)
    .optionsGroup("Output:")
    .option("-o, --output <folder>", "write report.json, rejects.ndjson, findings.ndjson, tables/ and run.json there")
    .option("--json", "print the report document instead of the summary")
  addReadingOptions(command, "never").action((inputs: string[], flags) =>
    run(async () => (await import("./commands/analyze.ts")).analyzeCommand(inputs, flags)),
  )
}

function addValidate(program: Command, run: Run): void {
  const help = VALIDATE_EXAMPLES + "\n" + EXIT_CODES
  const command = addCommand(program, "validate", "check only: one line for each reject and finding", help).addArgument(
    INPUTS,
  )
  addReadingOptions(command, "error").action((inputs: string[], flags) =>
    run(async () => (await import("./commands/validate.ts")).validateCommand(inputs, flags)),
  )
}

function addGenerate(program: Command, run: Run): void {
  addCommand(program, "generate", "write a synthetic export, the same for the same options", GENERATE_EXAMPLES)
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
