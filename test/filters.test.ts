/** Filters work on facts: what was read, rejected and hashed is the same whatever is counted. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { printInstant } from "@callsift/core"
import type { AnalyzeOptions } from "#core/options.ts"
import type { Report } from "#core/report/schema.ts"
import { damage, damaged } from "./arbitraries/damage.ts"
import { exportModel, sessionsOf } from "./arbitraries/export.ts"
import { graphInstantTicks } from "./arbitraries/instant.ts"
import { LAYOUTS, type ExportFile } from "./arbitraries/layout.ts"
import { MODALITIES } from "./arbitraries/session.ts"
import { PLAIN_STYLE } from "./arbitraries/text-style.ts"
import { analyzeFiles } from "./in-process.ts"

const layout = fc.constantFrom(...LAYOUTS)
const TICKS_PER_SECOND = 10_000_000n

/** Instants near the sessions of an export, so that windows have edges among them. */
const instantOf = (files: readonly bigint[]): fc.Arbitrary<bigint> =>
  fc.tuple(fc.constantFrom(...files), fc.constantFrom(-1n, 0n, 1n)).map(([ticks, off]) => ticks + off)

/** An export that may be damaged, its files, the instants at which its sessions start, and filters. */
const filtered = fc.tuple(exportModel, layout, fc.option(damage)).chain(([model, { files }, change]) => {
  const starts = sessionsOf(model).map(({ startDateTime }) => graphInstantTicks(startDateTime))
  const laidOut: ExportFile[] = files(model, PLAIN_STYLE).map(({ name, bytes }) => ({
    name,
    bytes: change === null ? bytes : damaged(bytes, change),
  }))
  const window = fc.tuple(instantOf(starts), instantOf(starts)).filter(([a, b]) => a !== b)
  const options: fc.Arbitrary<AnalyzeOptions> = fc
    .record(
      {
        window,
        participant: fc.constantFrom("nobody", "aaaaaaaa-0000-4000-8000-000000000001"),
        modality: fc.constantFrom(...MODALITIES),
        failed: fc.boolean(),
        includeTests: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .map(({ window: edges, ...rest }) =>
      edges === undefined
        ? rest
        : {
            ...rest,
            since: edges[0] < edges[1] ? edges[0] : edges[1],
            until: edges[0] < edges[1] ? edges[1] : edges[0],
          },
    )
  return fc.record({ files: fc.constant(laidOut), options, edge: instantOf(starts) })
})

/** What says what was read; nothing in it may depend on filters. */
const readOf = ({ inputs, archives, skipped, rejects, totals, complete }: Report): object => {
  const { bytes, records, calls, sessions, accepted, rejected, duplicates, superseded } = totals
  return {
    inputs: inputs.map(({ path: _path, ...input }) => input),
    archives,
    skipped: skipped.length,
    rejects,
    complete,
    totals: { bytes, records, calls, sessions, accepted, rejected, duplicates, superseded },
  }
}

describe("filters", () => {
  it("never change what was read, rejected, duplicate, superseded or hashed", async () => {
    await fc.assert(
      fc.asyncProperty(filtered, async ({ files, options }) => {
        const [whole, part] = [await analyzeFiles(files), await analyzeFiles(files, options)]
        expect(readOf(part.report)).toEqual(readOf(whole.report))
        expect(part.rejects.length).toBe(whole.rejects.length)
        const { accepted, excluded } = part.report.totals
        expect(excluded.filtered + excluded.testCalls + excluded.startAfterEnd).toBe(
          accepted - part.report.durations.overall.count,
        )
      }),
      { numRuns: 150 },
    )
  })

  it("are named in the report's options", async () => {
    await fc.assert(
      fc.asyncProperty(filtered, async ({ files, options }) => {
        const { since, until, participant, modality, failed, includeTests } = options
        const { report } = await analyzeFiles(files, options)
        expect(report.options).toMatchObject({
          since: since === undefined ? null : printInstant(since),
          until: until === undefined ? null : printInstant(until),
          participant: participant ?? null,
          modality: modality ?? null,
          failed: failed ?? false,
          includeTests: includeTests ?? false,
        })
      }),
      { numRuns: 20 },
    )
  })

  it("by time give parts whose counts and seconds sum to the whole", async () => {
    await fc.assert(
      fc.asyncProperty(filtered, async ({ files, options: { since: _since, until: _until, ...options }, edge }) => {
        const sums = async (window: AnalyzeOptions): Promise<readonly number[]> => {
          const { totals, durations, failures, modalities, coverage } = (
            await analyzeFiles(files, { ...options, ...window })
          ).report
          return [
            totals.accepted - totals.excluded.filtered,
            totals.excluded.testCalls,
            totals.excluded.startAfterEnd,
            durations.overall.count,
            failures.failed,
            failures.segmentFailures,
            ...durations.byModality.map(({ count }) => count),
            ...modalities.single.map(({ sessions }) => sessions),
            ...durations.histogram.map(({ count }) => count),
            coverage.days.reduce((sum, { sessions }) => sum + sessions, 0),
            coverage.sessionsWithoutCall,
          ]
        }
        const [whole, before, after] = [await sums({}), await sums({ until: edge }), await sums({ since: edge })]
        expect(before.map((value, index) => value + (after[index] ?? 0))).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })

  it("find a participant in every form of its id, and no other", async () => {
    const guid = "ABCDEF01-0000-4000-8000-00000000000A"
    const session = (id: string, user: string): object => ({
      id,
      modalities: ["audio"],
      startDateTime: "2026-01-05T09:00:00Z",
      endDateTime: "2026-01-05T09:10:00Z",
      caller: { identity: { user: { id: user } } },
    })
    const lines = [guid, guid.toLowerCase(), `8:orgid:${guid}`, "someone else"].map((user, index) =>
      JSON.stringify(session(`s${index}`, user)),
    )
    const files = [{ name: "a.ndjson", bytes: Buffer.from(lines.join("\n")) }]
    for (const participant of [guid, guid.toLowerCase(), `8:orgid:${guid}`]) {
      const { report } = await analyzeFiles(files, { participant })
      expect(report.totals.excluded.filtered).toBe(1)
      expect(report.options.participant).toBe(guid.toLowerCase())
      expect(report.participants.top).toMatchObject([{ participant: guid.toLowerCase(), sessions: 3 }])
    }
  })

  it("of --as-of tell sessions in the future and count them all the same", async () => {
    const start = 17_676_000_000_000_000n
    const files = [
      {
        name: "a.ndjson",
        bytes: Buffer.from(
          [0n, 1n, 2n]
            .map((second) => ({
              id: `s${second}`,
              modalities: [],
              startDateTime: printInstant(start + second * TICKS_PER_SECOND),
              endDateTime: printInstant(start + 5n * TICKS_PER_SECOND),
            }))
            .map((each) => JSON.stringify(each))
            .join("\n"),
        ),
      },
    ]
    const { report } = await analyzeFiles(files, { asOf: start + TICKS_PER_SECOND })
    expect(report.findings.find(({ code }) => code === "session/in-the-future")?.count).toBe(1)
    expect(report.durations.overall.count).toBe(3)
  })
})
