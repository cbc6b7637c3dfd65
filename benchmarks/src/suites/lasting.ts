/** Suites about what outlasts memory and runs: spilling, streams of any length, state, partials. They take minutes. */
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { hasCommand, lacking } from "../abilities.ts"
import { callsift, sha256 } from "../cases.ts"
import { node } from "../command.ts"
import { CALLSIFT, DATA } from "../places.ts"
import { sample, sessionCount } from "../sample.ts"
import type { Case, Suite } from "../suite.ts"

const TEMPORARY = join(DATA, "temporary")

/** A case that gets a fresh folder for what callsift spills. */
function spilling(each: Case): Case {
  return {
    ...each,
    watchedFolder: TEMPORARY,
    prepare: () => {
      rmSync(TEMPORARY, { recursive: true, force: true })
      mkdirSync(TEMPORARY, { recursive: true })
    },
  }
}

const tenMillion = sample({ megabytes: 13_210 })
const sessions = { name: "sessions", count: sessionCount(tenMillion) }

function withMemory(size: string): Case {
  const each = callsift(`--memory ${size}`, tenMillion, "--no-hash", "--temp-dir", TEMPORARY, "--memory", size)
  return { ...spilling(each), units: sessions }
}

/** Ten million sessions, with and without room for them. */
export const spill: Suite = {
  name: "spill",
  about: "10 million lean sessions in 13 GB of NDJSON, with a budget that makes them spill and with one that does not",
  onDemand: true,
  repeats: 3,
  cases: [withMemory("256MiB"), withMemory("4GiB")],
  targets: [
    {
      what: "spilling, wall time against a budget that needs none",
      measure: "wall",
      of: "--memory 256MiB",
      against: "--memory 4GiB",
      isAtLeast: false,
      required: 1.25,
      aim: 1.1,
    },
  ],
}

const STREAM_OPTIONS = ["--no-hash", "--memory", "256MiB", "--temp-dir", TEMPORARY]

/** `callsift generate | callsift analyze -`. */
function streamed(name: string, count: number): Case {
  return spilling({
    name,
    sample: null,
    units: { name: "sessions", count },
    command: () => ({
      ...node(CALLSIFT, "analyze", "-", "--json", "--quiet", ...STREAM_OPTIONS),
      input: node(CALLSIFT, "generate", "--sessions", String(count)),
    }),
    missing: () => lacking(STREAM_OPTIONS),
  })
}

/** Fifty million sessions that are in no file. */
export const stream: Suite = {
  name: "stream",
  about: "lean sessions from `callsift generate` through standard input, on the same cores; CPU time is that of both",
  onDemand: true,
  repeats: 1,
  cases: [streamed("1 million", 1_000_000), streamed("50 million", 50_000_000)],
  targets: [
    {
      what: "50 million sessions through standard input, peak memory in MB",
      measure: "peak",
      of: "50 million",
      against: null,
      isAtLeast: false,
      required: 450,
      aim: 400,
    },
    {
      what: "time a session, 50 million against 1 million",
      measure: "speed",
      of: "1 million",
      against: "50 million",
      isAtLeast: false,
      required: 1.6,
      aim: 1.25,
    },
    {
      what: "temporary disk, bytes a session of 50 million",
      measure: "disk",
      of: "50 million",
      against: null,
      isAtLeast: false,
      required: 150,
      aim: 100,
    },
  ],
}

const STATE = join(DATA, "state")
const gigabyte = sample({ megabytes: 1000 })
const isKept = new Set<string>()

/** A run over inputs that a run before has read. */
function again(name: string, ...args: readonly string[]): Case {
  const each = callsift(name, gigabyte, "--state", STATE, ...args)
  return {
    ...each,
    prepare: (file) => {
      if (isKept.has(file)) return
      isKept.add(file)
      rmSync(STATE, { recursive: true, force: true })
      execFileSync(process.execPath, [CALLSIFT, "analyze", file, "--quiet", "--state", STATE], { stdio: "pipe" })
    },
  }
}

/** A second run over what has not changed. */
export const state: Suite = {
  name: "state",
  about: "1 GB of lean sessions that a run before has read and kept the state of",
  onDemand: true,
  repeats: 3,
  cases: [again("--state"), again("--state --trust-mtime", "--trust-mtime"), sha256("SHA-256 alone", gigabyte)],
  targets: [
    {
      what: "second run over 1 GB that has not changed, wall time against SHA-256 alone",
      measure: "wall",
      of: "--state",
      against: "SHA-256 alone",
      isAtLeast: false,
      required: 1,
      aim: 1,
    },
    {
      what: "the same with --trust-mtime, in seconds",
      measure: "wall",
      of: "--state --trust-mtime",
      against: null,
      isAtLeast: false,
      required: 1,
      aim: 0.5,
    },
  ],
}

const PARTIALS = join(DATA, "partials")
const PARTIAL_COUNT = 64
const SESSIONS_OF_PARTIAL = 100_000
let arePartialsMade = false

/** Makes the partials anew, once a process: their format may have changed since the last. */
function makePartials(): void {
  if (arePartialsMade) return
  arePartialsMade = true
  rmSync(PARTIALS, { recursive: true, force: true })
  mkdirSync(PARTIALS, { recursive: true })
  const input = join(PARTIALS, "export.ndjson")
  const run = (...args: readonly string[]): void => void execFileSync(process.execPath, [CALLSIFT, ...args])
  for (const partial of partialPaths()) {
    const seed = String(partialPaths().indexOf(partial) + 1)
    run("generate", "--sessions", String(SESSIONS_OF_PARTIAL), "--seed", seed, "-o", input)
    run("analyze", input, "--quiet", "--partial", partial)
  }
  if (existsSync(input)) rmSync(input)
}

function partialPaths(): string[] {
  return Array.from({ length: PARTIAL_COUNT }, (_, index) => join(PARTIALS, `${index}.partial`))
}

/** Many partials to one report. */
export const merge: Suite = {
  name: "merge",
  about: "64 partials of 100,000 lean sessions each to one report",
  onDemand: true,
  repeats: 3,
  cases: [
    {
      name: "callsift merge",
      sample: null,
      units: { name: "sessions", count: PARTIAL_COUNT * SESSIONS_OF_PARTIAL },
      command: () => node(CALLSIFT, "merge", ...partialPaths(), "-o", join(PARTIALS, "report"), "--quiet"),
      prepare: makePartials,
      missing: () => (hasCommand("merge") ? null : "callsift has no merge"),
    },
  ],
  targets: [
    {
      what: "merge of 64 partials of 100,000 sessions, in seconds",
      measure: "wall",
      of: "callsift merge",
      against: null,
      isAtLeast: false,
      required: 5,
      aim: 3,
    },
  ],
}
