/**
 * Runs a suite: every case in a fresh process, one after the other, in alternating order, repeated; then holds
 * DuckDB's answers against callsift's report. Files are read once before, so that all find them in memory.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Report } from "@callsift/core"
import { QUESTIONS, type Answers } from "./audit/audit.ts"
import { differences } from "./audit/compare.ts"
import type { Command } from "./command.ts"
import { measure } from "./measure.ts"
import type { Machine } from "./machine.ts"
import { readThrough } from "./read-through.ts"
import type { CaseResult, CaseRun, SuiteResult } from "./result.ts"
import { hasRoomFor, plainBytes, sampleFile, sampleName, type Sample } from "./sample.ts"
import type { Case, Suite } from "./suite.ts"

/** How a suite is run. */
export interface RunOptions {
  /** The command line, as it is kept. */
  readonly command: string
  readonly repeats: number
  /** Rounds at most, those that are made again because others kept the processors busy among them. */
  readonly maxRounds: number
  /** What is read in place of a sample: the same, or a smaller one. */
  readonly resize: (sample: Sample) => Sample
  readonly machine: Machine
  readonly onRun: (name: string, run: CaseRun) => void
}

/** A case that is ready to run. */
interface ReadyCase {
  readonly case: Case
  readonly sample: Sample | null
  readonly file: string
  readonly command: Command
  readonly outputFile: string
  readonly runs: CaseRun[]
}

/** Runs all cases that can run here. Rejects where one fails, or where answers differ. */
export async function runSuite(suite: Suite, options: RunOptions): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "callsift-bench-"))
  try {
    const skipped: { name: string; reason: string }[] = []
    const ready: ReadyCase[] = []
    for (const each of suite.cases) {
      const reason = whyNot(each, options)
      if (reason === null) ready.push(await makeReady(each, join(folder, `${ready.length}`), options))
      else skipped.push({ name: each.name, reason })
    }
    await runAll(ready, options)
    return {
      suite: suite.name,
      command: options.command,
      day: new Date().toISOString().slice(0, 10),
      ...options.machine,
      cases: ready.map((each) => resultOf(each, options.repeats)),
      skipped,
      equalAnswers: compareAnswers(ready),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function whyNot({ missing, sample }: Case, { resize }: RunOptions): string | null {
  const reason = missing?.() ?? null
  if (reason !== null || sample === null) return reason
  return hasRoomFor(resize(sample)) ? null : `the disk has no room for ${sampleName(resize(sample))}`
}

async function makeReady(each: Case, outputFile: string, { resize }: RunOptions): Promise<ReadyCase> {
  const sample = each.sample === null ? null : resize(each.sample)
  const file = sample === null ? "" : await sampleFile(sample)
  return { case: each, sample, file, command: each.command(file), outputFile, runs: [] }
}

/** A run in which others had more of the processors than this is made again. */
const MAX_OTHERS_SHARE = 0.08

async function runAll(ready: readonly ReadyCase[], { repeats, maxRounds, onRun }: RunOptions): Promise<void> {
  for (const file of new Set(ready.map((each) => each.file))) readThrough(file)
  for (let round = 0; round < maxRounds; round++) {
    const left = ready.filter(({ runs }) => runs.filter(isQuiet).length < repeats)
    if (left.length === 0) return
    for (const each of round % 2 === 0 ? left : left.toReversed()) {
      const run = await runOnce(each)
      each.runs.push(run)
      onRun(each.case.name, run)
    }
  }
}

async function runOnce({ case: each, file, command, outputFile }: ReadyCase): Promise<CaseRun> {
  await each.prepare?.(file)
  const usage = await measure(command, outputFile, each.watchedFolder)
  return each.saysSeconds === true ? { ...usage, seconds: saidSeconds(outputFile) } : usage
}

function isQuiet({ othersShare }: CaseRun): boolean {
  return othersShare === null || othersShare <= MAX_OTHERS_SHARE
}

function saidSeconds(outputFile: string): number {
  return (JSON.parse(readFileSync(outputFile, "utf8")) as { readonly seconds: number }).seconds
}

/** Of more runs than were asked for those count in which others did least. */
function resultOf({ case: { name, units }, sample, runs: all }: ReadyCase, repeats: number): CaseResult {
  const runs = all.toSorted((a, b) => (a.othersShare ?? 0) - (b.othersShare ?? 0)).slice(0, repeats)
  const read = sample === null ? null : { name: sampleName(sample), bytes: plainBytes(sample) }
  return { name, sample: read, ...(units === undefined ? {} : { units }), runs }
}

/** How many answers are equal. Throws where one is not: then the two did not do the same. */
function compareAnswers(ready: readonly ReadyCase[]): number | null {
  const asked = ready.filter((each) => each.case.answers !== undefined)
  for (const each of asked) {
    const report = ready.find(({ case: { name } }) => name === each.case.answers?.of)
    if (report === undefined) continue
    const found = differences(readJson(report.outputFile) as Report, readJson(each.outputFile) as Answers, QUESTIONS)
    if (found.length > 0) throw new Error(`callsift and DuckDB differ on ${each.file}:\n${found.join("\n")}`)
  }
  return asked.length === 0 ? null : QUESTIONS.length
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"))
}
