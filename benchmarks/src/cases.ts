/** The programs that suites compare, each as a case over a sample. */
import { spawnSync } from "node:child_process"
import { lacking } from "./abilities.ts"
import { node } from "./command.ts"
import { simdjsonProgram } from "./peers/simdjson.ts"
import { CALLSIFT, script } from "./places.ts"
import type { AuditLayout } from "./audit/load.ts"
import type { Sample } from "./sample.ts"
import type { Case } from "./suite.ts"

/** `callsift analyze FILE --json` with more arguments; left out where it lacks one of the options. */
export function callsift(name: string, of: Sample, ...args: readonly string[]): Case {
  return {
    name,
    sample: of,
    command: (file) => node(CALLSIFT, "analyze", file, "--json", "--quiet", ...args),
    missing: () => lacking(args),
  }
}

/** The same audit by DuckDB, on two threads; its answers must be those of the callsift case named. */
export function duckdb(name: string, of: Sample, answersOf: string): Case {
  const layout: AuditLayout = of.layout
  return {
    name,
    sample: of,
    command: (file) => node(script("peers/duckdb"), file, layout, "2"),
    answers: { of: answersOf, layout },
  }
}

/** SHA-256 of the file alone. */
export function sha256(name: string, of: Sample): Case {
  return { name, sample: of, command: (file) => node(script("peers/sha256"), file) }
}

/** JSON.parse of each line. */
export function jsonParse(name: string, of: Sample): Case {
  return { name, sample: of, command: (file) => node(script("peers/json-parse"), file) }
}

/** stream-json over an array. */
export function streamJson(name: string, of: Sample): Case {
  return { name, sample: of, command: (file) => node(script("peers/stream-json"), file) }
}

/** jq, which parses every line and counts the ids. */
export function jq(name: string, of: Sample): Case {
  const program = "reduce (inputs | select(.id != null)) as $each (0; . + 1)"
  return {
    name,
    sample: of,
    command: (file) => ({ program: "jq", args: ["-n", program, file] }),
    missing: () => (isInstalled("jq") ? null : "jq is not installed"),
  }
}

/** simdjson's parse of each line on one core, the whole process. */
export function simdjson(name: string, of: Sample): Case {
  return {
    name,
    sample: of,
    command: (file) => ({ program: simdjsonProgram() ?? "", args: [file] }),
    missing: () => (simdjsonProgram() === null ? "no C++ compiler with simdjson's headers here" : null),
  }
}

/** The parse alone, the file in memory before the clock starts. */
export function simdjsonParse(name: string, of: Sample): Case {
  return { ...simdjson(name, of), saysSeconds: true }
}

/** `gzip -dc`. */
export function gunzip(name: string, of: Sample): Case {
  return {
    name,
    sample: of,
    command: (file) => ({ program: "gzip", args: ["-dc", file] }),
    missing: () => (isInstalled("gzip") ? null : "gzip is not installed"),
  }
}

/** One stage of callsift alone, in a process of its own; it says how long it took. */
export function stage(name: string, of: Sample, which: string): Case {
  return { name, sample: of, command: (file) => node(script("stages/run"), which, file), saysSeconds: true }
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined
}
