/** The options that all commands share which read exports. None of them changes what another means. */
import type { StartedWorkers } from "@callsift/core"
import { Option, type Command } from "commander"
import { FAIL_ON, type FailOn } from "../exit-code.ts"
import { parseDuration } from "./duration.ts"
import { wholeNumber } from "./number.ts"
import { sizeWithin } from "./size.ts"

/** Flags about what a report says of what was read. As commander gives them: what was not written is not there. */
export interface ReportFlags {
  readonly since?: string
  readonly until?: string
  readonly participant?: string
  readonly modality?: string
  readonly failed?: true
  readonly includeTests?: true
  readonly failOn: FailOn
  readonly names?: true
  readonly pseudonymKey?: string
  readonly maxEvidence?: number
  readonly memory?: number
  readonly tempDir?: string
  readonly quiet?: true
  readonly color: boolean
}

/** All shared flags: those, and the ones about reading. */
export interface ReadingFlags extends ReportFlags {
  readonly workers?: number
  readonly engine?: "fast" | "reference"
  readonly hash: boolean
  readonly asOf?: string
  readonly maxDuration?: bigint
  readonly maxRecord?: number
  readonly maxDepth?: number
  readonly maxInflated?: number
  readonly maxEntries?: number
  readonly state?: string
  readonly trustMtime?: true
  /** No flag: workers that were started before the flags were read. */
  readonly startedWorkers?: StartedWorkers | null
}

const GROUPS: readonly { readonly heading: string; readonly options: readonly Option[] }[] = [
  {
    heading: "What is counted:",
    options: [
      new Option("--since <instant>", "only sessions that start at or after it, e.g. 2026-01-01T00:00:00Z"),
      new Option("--until <instant>", "only sessions that start before it"),
      new Option("--participant <id>", "only sessions of this participant"),
      new Option("--modality <name>", "only sessions with this modality, e.g. video"),
      new Option("--failed", "only sessions that failed"),
      new Option("--include-tests", "count test calls too"),
    ],
  },
  {
    heading: "Rules:",
    options: [
      new Option(
        "--as-of <instant>",
        "report sessions that start after it; without it a report never depends on the clock",
      ),
      new Option("--max-duration <duration>", "report longer sessions as implausible (default: 24h)").argParser(
        parseDuration,
      ),
    ],
  },
  {
    heading: "Limits:",
    options: [
      new Option("--max-record <size>", "reject larger records (default: 16MiB)").argParser(
        sizeWithin("1KiB", "256MiB"),
      ),
      new Option("--max-depth <n>", "reject records nested deeper (default: 128)").argParser(wholeNumber(8, 1000)),
      new Option(
        "--max-inflated <size>",
        "refuse inputs that inflate to more (default: none, but never over 500:1 past 1 GiB)",
      ).argParser(sizeWithin("1B", "8000TiB")),
      new Option("--max-entries <n>", "refuse zip archives with more entries (default: 10000)").argParser(
        wholeNumber(1, 10_000_000),
      ),
    ],
  },
  {
    heading: "Privacy:",
    options: [
      new Option("--names", "show display names beside ids"),
      new Option(
        "--pseudonym-key <file>",
        "replace every participant id by HMAC-SHA-256 under the key in this file",
      ).conflicts("names"),
    ],
  },
  {
    heading: "Running:",
    options: [
      new Option(
        "--workers <n>",
        "worker threads (default: one a core but one, at most 8); never changes a figure",
      ).argParser(wholeNumber(1, 256)),
      new Option("--engine <name>", "fast, or the slow and plain reference; never changes a figure").choices([
        "fast",
        "reference",
      ]),
      new Option(
        "--memory <size>",
        "memory for facts and tables, beyond which temporary files are used (default: 256MiB); never changes a figure",
      ).argParser(sizeWithin("1MiB", "1TiB")),
      new Option("--temp-dir <folder>", "where temporary files may be made (default: that of the system)"),
      new Option("--state <folder>", "keep what was read there, and read only what is new or changed"),
      new Option("--trust-mtime", "with --state: a file of the same size and time of change is not even hashed"),
      new Option("--no-hash", "leave out SHA-256 of the inputs"),
      new Option("--quiet", "no summary, no closing line, no progress"),
      new Option("--no-color", "no colour, as with NO_COLOR"),
    ],
  },
]

/** The names of `ReportFlags`. */
const REPORT_FLAGS: ReadonlySet<string> = new Set<keyof ReportFlags>([
  "since",
  "until",
  "participant",
  "modality",
  "failed",
  "includeTests",
  "names",
  "pseudonymKey",
  "memory",
  "tempDir",
  "quiet",
  "color",
])

/** Adds the shared options; `failOn` is the command's default, null where it lists no findings. */
export function addReadingOptions(command: Command, failOn: FailOn | null): Command {
  return addOptions(command, failOn, () => true)
}

/** Adds those of the shared options that are about the report and not about reading. */
export function addReportOptions(command: Command, failOn: FailOn): Command {
  return addOptions(command, failOn, (option) => REPORT_FLAGS.has(option.attributeName()))
}

function addOptions(command: Command, failOn: FailOn | null, isWanted: (option: Option) => boolean): Command {
  for (const { heading, options } of GROUPS) {
    command.optionsGroup(heading)
    for (const option of options) if (isWanted(option)) command.addOption(option)
    if (heading === "Rules:" && failOn !== null) addListingOptions(command, failOn)
  }
  return command
}

function addListingOptions(command: Command, failOn: FailOn): void {
  command
    .addOption(
      new Option(
        "--max-evidence <n>",
        "list at most so many findings of each code; all are counted (default: 10000)",
      ).argParser(wholeNumber(0, 100_000_000)),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity of findings on")
        .choices(FAIL_ON)
        .default(failOn),
    )
}
