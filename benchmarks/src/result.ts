/** What a run of a suite measured, as it is kept in a file, and the figures that are drawn from it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Machine } from "./machine.ts"
import type { Usage } from "./measure.ts"
import { RESULTS } from "./places.ts"
import type { Measure } from "./suite.ts"

/** What one run took; `seconds` where a case says them itself. */
export type CaseRun = Usage & { readonly seconds?: number }

/** One case. */
export interface CaseResult {
  readonly name: string
  /** Name and size of the file that was read, before compression; null where none was. */
  readonly sample: { readonly name: string; readonly bytes: number } | null
  readonly units?: { readonly name: string; readonly count: number }
  readonly runs: readonly CaseRun[]
}

/** One run of a suite. */
export interface SuiteResult extends Machine {
  readonly suite: string
  /** The command that made it. */
  readonly command: string
  /** The day it was made, as `2026-01-31`. */
  readonly day: string
  readonly cases: readonly CaseResult[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
  /** Questions to which DuckDB and callsift gave the same answers; null where none were asked. */
  readonly equalAnswers: number | null
}

/** Writes a result to its file. */
export function keepResult(result: SuiteResult): void {
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(fileOf(result.suite), `${JSON.stringify(result, null, 1)}\n`)
}

/** The kept result of a suite, or null. */
export function keptResult(suite: string): SuiteResult | null {
  const file = fileOf(suite)
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SuiteResult) : null
}

function fileOf(suite: string): string {
  return join(RESULTS, `${suite}.json`)
}

/** The seconds that count: what the case says, else those of the whole process. */
export function secondsOf({ runs }: CaseResult): number {
  return median(runs.map((run) => run.seconds ?? run.wallSeconds))
}

/** Megabytes, or units, a second; null where a case reads nothing. */
export function speedOf(result: CaseResult): number | null {
  const amount = result.units?.count ?? (result.sample === null ? null : result.sample.bytes / 1e6)
  return amount === null ? null : amount / secondsOf(result)
}

/** Median CPU seconds; null where the system did not tell, or where the seconds are those of a part of the process. */
export function cpuOf({ runs }: CaseResult): number | null {
  return medianOrNull(runs.map((run) => (run.seconds === undefined ? run.cpuSeconds : null)))
}

/** Median of the peaks in MB; null where the system did not tell. */
export function peakOf({ runs }: CaseResult): number | null {
  const bytes = medianOrNull(runs.map((run) => run.peakBytes))
  return bytes === null ? null : bytes / 1e6
}

/** One measure of a case. */
export function measureOf(result: CaseResult, measure: Measure): number | null {
  if (measure === "speed") return speedOf(result)
  if (measure === "wall") return secondsOf(result)
  return measure === "peak" ? peakOf(result) : diskOf(result)
}

/** Bytes on the disk for each unit of work. */
function diskOf({ runs, units }: CaseResult): number | null {
  const bytes = medianOrNull(runs.map((run) => run.peakDiskBytes ?? null))
  return bytes === null || units === undefined ? null : bytes / units.count
}

/** How far the runs lie apart: (longest − shortest) / median. */
export function spreadOf(result: CaseResult): number {
  const seconds = result.runs.map((run) => run.seconds ?? run.wallSeconds)
  return (Math.max(...seconds) - Math.min(...seconds)) / secondsOf(result)
}

/** The greatest share of the processors that others had in a run; null where the system did not tell. */
export function othersOf({ runs }: CaseResult): number | null {
  const shares = runs.map((run) => run.othersShare).filter((share) => share !== null)
  return shares.length === 0 ? null : Math.max(...shares)
}

/** The middle value; of an even number of them, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : median(known)
}
