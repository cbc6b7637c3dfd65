/** Crafted inputs, each with what it must give, by any number of workers and any block size. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { analyze, reportText, type Analysis, type AnalyzeOptions, type RejectLine } from "@callsift/core"

interface Case {
  readonly id: string
  readonly file: string
  readonly what: string
  readonly options: readonly string[]
  readonly expect: {
    readonly status: string
    readonly sessions: number | null
    readonly accepted: number | null
    readonly rejected: readonly { readonly record: number; readonly code: string }[]
    readonly inputError: string | null
    readonly findings: readonly string[]
  }
}

const folder = new URL("./fixtures/acceptance/", import.meta.url)
const { cases } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as { cases: readonly Case[] }

const OPTIONS: Record<string, AnalyzeOptions> = {
  "--max-record=1MiB": { maxRecordBytes: 1 << 20 },
  "--max-inflated=16MiB": { maxInflatedBytes: 16 << 20 },
}

const WAYS: readonly AnalyzeOptions[] = [
  { workers: 2 },
  { workers: 1, tuning: { blockBytes: 64 } },
  { workers: 2, tuning: { blockBytes: 1000 } },
]

async function run(file: string, options: AnalyzeOptions): Promise<Analysis & { rejects: RejectLine[] }> {
  const rejects: RejectLine[] = []
  const path = fileURLToPath(new URL(file, folder))
  const analysis = await analyze([path], { ...options, onReject: (reject) => rejects.push(reject) })
  return { ...analysis, rejects }
}

describe("acceptance", () => {
  it.each(cases.map((each) => [`${each.id} ${each.what}`, each] as const))(
    "%s",
    async (_name, { file, options, expect: expected }) => {
      const named = Object.assign({}, ...options.map((option) => OPTIONS[option])) as AnalyzeOptions
      const [first, ...others] = await Promise.all(WAYS.map((way) => run(file, { ...named, ...way })))
      if (first === undefined) throw new Error("there is at least one way")
      for (const other of others) {
        expect(reportText(other.report)).toBe(reportText(first.report))
        expect(other.rejects).toEqual(first.rejects)
        expect([...other.findings]).toEqual([...first.findings])
      }
      const { report, rejects } = first
      const statuses = new Set(report.inputs.map((input) => input.status))
      expect([...statuses]).toEqual([expected.status])
      if (expected.accepted !== null)
        expect(report.totals).toMatchObject({ sessions: expected.sessions, accepted: expected.accepted })
      expect(rejects.map(({ record, code }) => ({ record, code }))).toEqual(expected.rejected)
      if (expected.inputError !== null) expect(report.inputs[0]?.error?.code).toBe(expected.inputError)
      const found = report.findings.map(({ code }) => code as string)
      for (const code of expected.findings) expect(found).toContain(code)
      const errors = report.findings.filter(
        ({ severity, code }) => severity === "error" && !expected.findings.includes(code),
      )
      expect(errors).toEqual([])
      for (const input of first.run.inputs) {
        const { recordBytes, separatorBytes, envelopeBytes, damageBytes, decodedBytes } = input
        expect(recordBytes + separatorBytes + envelopeBytes + damageBytes).toBe(decodedBytes)
      }
    },
  )
})
