/**
 * callsift against DuckDB, which shares no line with it: the audit of the benchmarks must give the same answers, to
 * the last count, over every layout that both read, and over damaged lines as far as both mean the same by them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Report } from "@callsift/core"
import { afterAll, describe, expect, it } from "vitest"
import type { LayoutName, Profile, ShapeName } from "#cli/generate/index.ts"
import { audit, MORE_QUESTIONS, QUESTIONS } from "../../benchmarks/src/audit/audit.ts"
import { differences } from "../../benchmarks/src/audit/compare.ts"
import type { AuditLayout } from "../../benchmarks/src/audit/load.ts"
import { bytesOf } from "../cli/generate/reading.ts"
import { callsift } from "../end-to-end/run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-audit-"))
afterAll(() => rmSync(folder, { recursive: true }))

const questions = [...QUESTIONS, ...MORE_QUESTIONS]

/** What callsift and DuckDB say differently of a file, and callsift's report. */
async function compare(bytes: Uint8Array, layout: AuditLayout, args: readonly string[] = []) {
  const file = join(folder, "export.json")
  writeFileSync(file, bytes)
  // Exit code 3 says that a record was rejected; the report is there.
  const { stdout } = await callsift(["analyze", file, "--json", "--quiet", ...args])
  const report = JSON.parse(stdout) as Report
  const answers = await audit(file, { layout, threads: 2, questions })
  return { report, found: differences(report, answers, questions) }
}

const cases: readonly [AuditLayout & LayoutName, Profile, ShapeName][] = [
  ["ndjson", "lean", "uniform"],
  ["ndjson", "full", "varied"],
  ["array", "lean", "varied"],
  ["odata-page", "lean", "uniform"],
  ["callRecords", "full", "uniform"],
  ["callRecords-ndjson", "full", "varied"],
]

/**
 * Whether both mean the same by a line. DuckDB takes a comma before the end of a list, a date alone and an hour 24, and
 * a list in place of an object as null; it reads neither lone surrogates, nor instants without seconds, nor what
 * Windows PowerShell makes of dates and lists.
 */
function isReadAlike(line: string): boolean {
  return !/,\]|\\ud83d|"caller":\[\]|"modalities":"|Date\(|T24:|T\d\d:\d\dZ|DateTime":"\d{4}-\d\d-\d\d"/.test(line)
}

/** A damaged export, less the lines that are not read alike. A callRecord that is no JSON is lost whole in DuckDB. */
function damaged(seed: number, layout: LayoutName): Uint8Array {
  const bytes = bytesOf({
    sessions: 1500,
    seed,
    layout,
    profile: "full",
    anomalyRate: layout === "ndjson" ? 0.2 : 0.02,
  })
  const lines = Buffer.from(bytes).toString("latin1").split("\n")
  const alike = lines.filter((line) => isReadAlike(line) && (layout === "ndjson" || isJson(line)))
  return Buffer.from(alike.join("\n"), "latin1")
}

function isJson(line: string): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(line, "latin1"))
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

describe("callsift and DuckDB agree", () => {
  it.each(cases)("on a sound export: %s, %s, %s", async (layout, profile, shapes) => {
    const { report, found } = await compare(bytesOf({ sessions: 700, seed: 5, layout, profile, shapes }), layout)
    expect(found).toEqual([])
    expect(report.totals.accepted).toBe(700)
  })

  it.each([31, 32])("on damaged lines, repeats and test calls, seed %i", async (seed) => {
    const { report, found } = await compare(damaged(seed, "ndjson"), "ndjson", ["--max-depth", "1000"])
    expect(found).toEqual([])
    expect(report.totals.rejected).toBeGreaterThan(50)
    expect(report.totals.duplicates).toBeGreaterThan(3)
    expect(report.totals.excluded.testCalls).toBeGreaterThan(3)
  })

  it.each([41, 42])("on callRecords in several versions, seed %i", async (seed) => {
    const { report, found } = await compare(damaged(seed, "callRecords-ndjson"), "callRecords-ndjson", [
      "--max-depth",
      "1000",
    ])
    expect(found).toEqual([])
    expect(report.totals.superseded).toBeGreaterThan(1)
  })
})
