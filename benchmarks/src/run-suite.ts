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
import type { CaseResult, SuiteResult } from "./result.ts"
import { hasRoomFor, plainBytes, sampleFile, sampleName, type Sample } from "./sample.ts"
import type { Case, Suite } from "./suite.ts"

/** How a suite is run. */
export interface RunOptions {
  /** The command line, as it is kept. */
  readonly command: string
  readonly repeats: number
  /** What is read in place of a sample: the same, or a smaller one. */
  readonly resize: (sample: Sample) => Sample
  readonly machine: Machine
  readonly onRun: (name: string, seconds: number) => void
}

/** A case that is ready to run. */
interface ReadyCase {
  readonly case: Case
  readonly sample: Sample | null
  readonly file: string
  readonly command: Command
  readonly outputFile: string
  readonly runs: CaseResult["runs"][number][]
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
      cases: ready.map(resultOf),
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

async function runAll(ready: readonly ReadyCase[], { repeats, onRun }: RunOptions): Promise<void> {
  for (const file of new Set(ready.map((each) => each.file))) readThrough(file)
  for (let round = 0; round < repeats; round++) {
    for (const each of round % 2 === 0 ? ready : ready.toReversed()) {
      await each.case.prepare?.(each.file)
      const usage = await measure(each.command, each.outputFile, each.case.watchedFolder)
      each.runs.push(each.case.saysSeconds === true ? { ...usage, seconds: saidSeconds(each.outputFile) } : usage)
      onRun(each.case.name, each.runs.at(-1)?.seconds ?? usage.wallSeconds)
    }
  }
}

function saidSeconds(outputFile: string): number {
  return (JSON.parse(readFileSync(outputFile, "utf8")) as { readonly seconds: number }).seconds
}

function resultOf({ case: { name, units }, sample, runs }: ReadyCase): CaseResult {
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
