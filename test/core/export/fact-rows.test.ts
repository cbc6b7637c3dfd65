import { describe, expect, it } from "vitest"
import { factRows, valuesOf, type RowPlan } from "#core/export/fact-rows.ts"
import type { ResolvedFacts } from "#core/facts/resolve.ts"
import { buildFacts } from "../aggregate/facts-builder.ts"

const EVERYTHING: RowPlan = {
  since: null,
  until: null,
  participant: null,
  modality: null,
  failed: false,
  includeTests: false,
  names: false,
  pseudonymKey: null,
  signal: null,
}
const guid = (row: number): string => `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`

/** Sessions that start one tick after the other. */
function resolvedOf(rowCount: number): ResolvedFacts {
  const sessions = Array.from({ length: rowCount }, (_, row) => ({
    start: BigInt(row),
    end: 200_000n,
    id: guid(row),
    call: "c",
  }))
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing else of it is read
  return { facts: buildFacts(sessions), inputs: [{ path: "a", sha256: null }] } as unknown as ResolvedFacts
}

async function batchesOf(rowCount: number, plan: Partial<RowPlan>): Promise<{ sizes: number[]; ids: unknown[] }> {
  const rows = factRows(resolvedOf(rowCount), { ...EVERYTHING, ...plan })
  const id = rows.columns.find(({ name }) => name === "sessionId")
  const number = rows.columns.find(({ name }) => name === "rowNumber")
  const found: { sizes: number[]; ids: unknown[] } = { sizes: [], ids: [] }
  for await (const batch of rows.batches()) {
    found.sizes.push(batch.rowCount)
    if (id === undefined || number === undefined) throw new RangeError("a column is missing")
    const ids = valuesOf(batch, id)
    expect(ids).toEqual(valuesOf(batch, number).map((row) => guid(Number(row))))
    found.ids.push(...ids)
  }
  return found
}

describe("factRows", () => {
  it("gives batches of 50,000 rows, the last one what is left", async () => {
    const { sizes, ids } = await batchesOf(100_001, {})
    expect(sizes).toEqual([50_000, 50_000, 1])
    expect(ids.at(-1)).toBe(guid(100_000))
  })

  it("fills batches with the rows within the filters, wherever they lie", async () => {
    const { sizes, ids } = await batchesOf(100_001, { since: 30_000n, until: 90_000n })
    expect(sizes).toEqual([50_000, 10_000])
    expect([ids[0], ids.at(-1)]).toEqual([guid(30_000), guid(89_999)])
  })

  it("gives none where no row is within them", async () => {
    expect(await batchesOf(10, { failed: true })).toEqual({ sizes: [], ids: [] })
  })

  it("ends where the signal says so", async () => {
    const signal = AbortSignal.abort()
    await expect(batchesOf(10, { signal })).rejects.toThrow("aborted")
  })
})
