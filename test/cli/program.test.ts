import { readFileSync } from "node:fs"
import { afterEach, describe, expect, it, vi } from "vitest"
import { createProgram } from "#cli/program.ts"

afterEach(() => vi.restoreAllMocks())

/** Parses as the command does, and runs nothing. */
async function parse(...args: string[]): Promise<Ended> {
  return parseAt(100, args)
}

interface Ended {
  runs: number
  help: string
  error: string
  exitCode: number
}

async function parseAt(columns: number, args: readonly string[]): Promise<Ended> {
  const ended = { runs: 0, help: "", error: "", exitCode: 0 }
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    ended.error += String(text)
    return true
  })
  const program = createProgram({
    runAction: () => Promise.resolve(void ended.runs++),
    printHelp: (text) => void (ended.help += text),
    columns,
  })
  try {
    await program.parseAsync(args, { from: "user" })
  } catch (cause) {
    // commander ends the program by an error, also where there is none.
    if (!(cause instanceof Error && "exitCode" in cause)) throw cause
    ended.exitCode = Number(cause.exitCode)
  }
  return ended
}

/** Of all commands that read exports. */
const READING = [
  "--workers",
  "--engine",
  "--memory",
  "--temp-dir",
  "--state",
  "--trust-mtime",
  "--no-hash",
  "--since",
  "--until",
  "--participant",
  "--modality",
  "--failed",
  "--include-tests",
  "--as-of",
  "--max-duration",
  "--max-record",
  "--max-depth",
  "--max-inflated",
  "--max-entries",
  "--names",
  "--pseudonym-key",
  "--quiet",
  "--no-color",
]
const OPTIONS = {
  analyze: ["-o, --output", "--partial", "--json", ...READING, "--fail-on", "--max-evidence"],
  merge: [
    "-o, --output",
    "--json",
    "--partial",
    "--since",
    "--until",
    "--participant",
    "--modality",
    "--failed",
    "--include-tests",
    "--fail-on",
    "--names",
    "--pseudonym-key",
    "--max-evidence",
    "--memory",
    "--temp-dir",
    "--quiet",
    "--no-color",
  ],
  validate: [...READING, "--fail-on", "--max-evidence"],
  export: ["--to", "-o, --output", ...READING],
  generate: ["--sessions", "--seed", "--profile", "--layout", "--shapes", "--anomalies", "-o, --output"],
}

describe("help", () => {
  it("of the program has its commands, examples and exit codes, and is no error", async () => {
    const { help, exitCode, error } = await parse("--help")
    for (const command of ["analyze", "merge", "validate", "export", "generate", "schema", "rules"])
      expect(help).toContain(`  ${command} `)
    expect(help).toContain("Examples:")
    for (const code of [0, 1, 2, 3, 4, 130]) expect(help).toMatch(new RegExp(`^ {2}${code}\\b`, "m"))
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" })
  })

  it.each(Object.entries(OPTIONS))("of %s has all its options and no other", async (command, options) => {
    const { help } = await parse(command, "--help")
    const named = [...help.matchAll(/^ {2}((?:-\w, )?--[\w-]+)/gm)].map(([, name]) => name)
    expect(named.filter((name) => name !== "-h, --help").toSorted()).toEqual(options.toSorted())
  })

  it.each(["analyze", "merge", "validate", "export", "generate"])(
    "of %s has examples that the program takes",
    async (command) => {
      const { help } = await parse(command, "--help")
      const examples = [...help.matchAll(/^ {2}(?:\w+ [\w.]+ \| )?callsift ([^|>]*?)(?: {2,}.*| [|>].*)?$/gm)]
      expect(examples.length).toBeGreaterThan(1)
      for (const [, line] of examples) {
        expect(await parse(...(line ?? "").split(" "))).toMatchObject({ runs: 1, error: "" })
      }
    },
  )

  it.each([80, 100, 200])("fits a terminal of %i columns", async (columns) => {
    for (const args of [[], ["analyze"], ["validate"], ["export"], ["merge"], ["generate"], ["schema"], ["rules"]]) {
      const { help } = await parseAt(columns, [...args, "--help"])
      expect(help.split("\n").filter((line) => line.length > Math.min(columns, 100))).toEqual([])
    }
  })

  it("of the version is that of the package", async () => {
    const text = readFileSync(new URL("../../packages/cli/package.json", import.meta.url), "utf8")
    expect((await parse("--version")).help).toBe(`${(JSON.parse(text) as { version: string }).version}\n`)
  })
})

describe("a wrong command line", () => {
  it.each([
    ["no command", [], "Usage: callsift"],
    ["an unknown command", ["analyse", "x"], "Did you mean analyze?"],
    ["an unknown option", ["analyze", "x", "--worker", "2"], "Did you mean --workers?"],
    ["no input", ["analyze"], "missing required argument 'input'"],
    ["no value", ["analyze", "x", "--workers"], "argument missing"],
    ["no number", ["analyze", "x", "--workers", "many"], "whole number from 1 to 256"],
    ["a number out of range", ["analyze", "x", "--max-depth", "1"], "whole number from 8 to 1000"],
    ["no size", ["analyze", "x", "--max-record", "16M"], "16MiB"],
    ["a size out of range", ["validate", "x", "--max-record", "1"], "from 1KiB to 256MiB"],
    ["no memory to speak of", ["analyze", "x", "--memory", "1KiB"], "from 1MiB to 1TiB"],
    ["no duration", ["validate", "x", "--max-duration", "24"], "24h"],
    ["no member", ["validate", "x", "--fail-on", "all"], "never, note, warning, error"],
    ["options that contradict", ["analyze", "x", "--names", "--pseudonym-key", "k"], "cannot be used with"],
    ["no format", ["export", "x"], "'--to <format>' not specified"],
    ["no such format", ["export", "x", "--to", "xlsx"], "parquet, arrow, csv, ndjson"],
    ["no option of export", ["export", "x", "--to", "csv", "--fail-on", "note"], "unknown option"],
    ["no such schema", ["schema", "sessions"], "session, report, reject, finding"],
    ["too many arguments", ["schema", "report", "x"], "too many arguments"],
    ["no count of sessions", ["generate"], "'--sessions <n>' not specified"],
  ])("is told: %s", async (_name, args, message) => {
    const { runs, exitCode, error, help } = await parse(...args)
    expect(error).toContain(message)
    expect(error).not.toMatch(/^error:/)
    expect({ runs, help, isError: exitCode !== 0 }).toEqual({ runs: 0, help: "", isError: true })
  })
})
