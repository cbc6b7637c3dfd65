/** docs/queries.md: its columns are those of the code, its queries run and have the report's answers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { analyze, exportFacts } from "@callsift/core"
import { generateExport } from "#cli/generate/index.ts"
import { factColumns } from "#core/export/columns.ts"
import { withFacts } from "./duckdb.ts"
import { expectAnswers, QUERIES } from "./queries.ts"

const document = readFileSync(new URL("../docs/queries.md", import.meta.url), "utf8")
const EXAMPLES = fileURLToPath(new URL("../examples/archive", import.meta.url))

async function expectSameAnswers(path: string): Promise<void> {
  const { report } = await analyze([path])
  const chunks: Buffer[] = []
  // A sink owns bytes only until it returns.
  await exportFacts([path], { format: "parquet" }, (bytes) => void chunks.push(Buffer.from(bytes)))
  await withFacts(Buffer.concat(chunks), "parquet", (query) => expectAnswers(query, report))
}

describe("docs/queries.md", () => {
  it("names every column, its type and what it means", () => {
    const table = /\| column \| type \| meaning \|\n\|[- |]+\n((?:\|.*\n)+)/.exec(document)?.[1] ?? ""
    const documented = table
      .trim()
      .split("\n")
      .map((row) =>
        row
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      )
    const columns = factColumns({ inputs: [], includeTests: false, names: true, pseudonymKey: null })
    expect(documented).toEqual(
      columns.map(({ name, type, isNullable, description }) => [
        `\`${name}\``,
        isNullable ? `${type}?` : type,
        description,
      ]),
    )
  })

  it("has queries, each in a block of its own", () => {
    expect(QUERIES.size).toBe(document.split("```sql\n").length - 1)
  })

  it("has the report's answers on the sample archive", async () => {
    await expectSameAnswers(EXAMPLES)
  })

  it.each([
    ["lean", "ndjson"],
    ["full", "callRecords"],
  ] as const)("has the report's answers on a generated export: %s, %s", async (profile, layout) => {
    const folder = mkdtempSync(join(tmpdir(), "callsift-queries-"))
    try {
      const path = join(folder, "export.json")
      const options = { sessions: 3000, seed: 7, profile, layout, shapes: "varied", anomalyRate: 0.1 } as const
      writeFileSync(path, Buffer.concat([...generateExport(options)]))
      await expectSameAnswers(path)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
