/** What holds of any archive, however it is laid out, cut, damaged or read. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { damage, damaged, garbageLine, withLine } from "./arbitraries/damage.ts"
import { exportModel, sessionsOf } from "./arbitraries/export.ts"
import { LAYOUTS, layoutPair, type ExportLayout } from "./arbitraries/layout.ts"
import { PLAIN_STYLE, textStyle } from "./arbitraries/text-style.ts"
import { analyzeBytes, analyzeFiles, type WholeAnalysis } from "./in-process.ts"

const layout: fc.Arbitrary<ExportLayout> = fc.constantFrom(...LAYOUTS)
const LINES = LAYOUTS.filter(({ name }) => name.startsWith("NDJSON of"))
/** At least one session: some layouts write no file, or an empty one, for nothing. */
const archive = exportModel.filter((model) => sessionsOf(model).length > 0)
const blockBytes = fc.constantFrom(1, 64, 1000, 1 << 20)

/** Everything that counts sessions or time. */
function figuresOf({ report }: WholeAnalysis): object {
  const { durations, concurrency, overlap, modalities, failures, participants, coverage, totals } = report
  const { accepted, calls, participants: participantCount, firstStart, lastEnd, excluded } = totals
  const { days, gaps, sessionsWithoutCall } = coverage
  return {
    durations: { ...durations, byCallType: null },
    concurrency,
    overlap,
    modalities,
    failures,
    participants,
    coverage: { days, gaps, sessionsWithoutCall },
    totals: { accepted, calls, participantCount, firstStart, lastEnd, excluded },
  }
}

function expectSound({ report, rejects, run, findings }: WholeAnalysis): void {
  const { totals } = report
  expect(totals.accepted + totals.rejected + totals.duplicates + totals.superseded).toBe(totals.sessions)
  for (const input of report.inputs) {
    expect(input.accepted + input.rejected + input.duplicates + input.superseded).toBe(input.sessions)
  }
  expect(rejects.length).toBe(totals.rejected)
  expect(report.rejects.count).toBe(totals.rejected)
  for (const { recordBytes, separatorBytes, envelopeBytes, damageBytes, decodedBytes } of run.inputs) {
    expect(recordBytes + separatorBytes + envelopeBytes + damageBytes).toBe(decodedBytes)
  }
  for (const { code, count } of report.findings) {
    expect([...findings].filter((finding) => finding.code === code)).toHaveLength(count)
  }
  expect(report.concurrency.peak).toBeLessThanOrEqual(totals.accepted)
  expect((report.durations.overall.minSeconds ?? 0) >= 0).toBe(true)
}

describe("an archive", () => {
  it("gives the same figures in every layout that carries the same", async () => {
    await fc.assert(
      fc.asyncProperty(archive, layoutPair, textStyle, textStyle, async (model, [one, other], style, otherStyle) => {
        const [a, b] = [await analyzeFiles(one.files(model, style)), await analyzeFiles(other.files(model, otherStyle))]
        expectSound(a)
        expect(figuresOf(a)).toEqual(figuresOf(b))
      }),
      { numRuns: 120 },
    )
  })

  it("gives every session that is in it", async () => {
    await fc.assert(
      fc.asyncProperty(archive, layout, textStyle, async (model, { files }, style) => {
        const { report, rejects } = await analyzeFiles(files(model, style))
        expect(rejects).toEqual([])
        expect(report.totals.sessions).toBe(sessionsOf(model).length)
        expect(report.complete).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it("gives the same report for every block size", async () => {
    await fc.assert(
      fc.asyncProperty(archive, layout, blockBytes, damage, async (model, { files }, size, change) => {
        const [first] = files(model, PLAIN_STYLE)
        if (first === undefined) return
        const bytes = damaged(first.bytes, change)
        const whole = await analyzeBytes(bytes)
        const cut = await analyzeBytes(bytes, { tuning: { blockBytes: size } })
        const texts = ({ report, rejects, findings }: WholeAnalysis): string =>
          JSON.stringify([report, rejects, [...findings]]).replaceAll(/callsift-test-\w+/g, "folder")
        expect(texts(cut)).toBe(texts(whole))
      }),
      { numRuns: 150 },
    )
  })
})

describe("damage", () => {
  it("of any kind at any byte loses nothing in silence", async () => {
    await fc.assert(
      fc.asyncProperty(
        archive,
        layout,
        textStyle,
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (model, { files }, style, changes) => {
          const damagedFiles = files(model, style).map(({ name, bytes }) => ({
            name,
            bytes: changes.reduce(damaged, bytes),
          }))
          if (damagedFiles.length > 0) expectSound(await analyzeFiles(damagedFiles))
        },
      ),
      { numRuns: 300 },
    )
  })

  it("by a cut keeps every session that ends before it", async () => {
    await fc.assert(
      fc.asyncProperty(archive, layout, fc.double({ min: 0, max: 1, noNaN: true }), async (model, { files }, share) => {
        const [file] = files(model, PLAIN_STYLE)
        if (file === undefined) return
        const cut = Math.floor(file.bytes.length * share)
        const whole = await analyzeBytes(file.bytes)
        const { report, rejects } = await analyzeBytes(file.bytes.subarray(0, cut))
        expect(rejects.length).toBeLessThanOrEqual(1)
        const status = report.inputs[0]?.status
        expect(["complete", "truncated", "empty", "unsupported"]).toContain(status)
        if (rejects.length === 1) expect(status).toBe("truncated")
        expect(report.totals.sessions - report.totals.rejected).toBeLessThanOrEqual(whole.report.totals.sessions)
      }),
      { numRuns: 200 },
    )
  })

  it("by a line of garbage in NDJSON adds one reject there and changes no other figure", async () => {
    await fc.assert(
      fc.asyncProperty(
        archive,
        fc.constantFrom(...LINES),
        garbageLine,
        fc.nat(),
        async (model, { files }, line, place) => {
          const [file] = files(model, PLAIN_STYLE)
          if (file === undefined || sessionsOf(model).length < 2) return
          const { bytes, byteOffset } = withLine(file.bytes, line, place)
          const [clean, dirty] = [await analyzeBytes(file.bytes), await analyzeBytes(bytes)]
          if (clean.report.inputs[0]?.layout !== "ndjson") return
          expect(figuresOf(dirty)).toEqual(figuresOf(clean))
          expect(dirty.rejects.map(({ offset }) => offset)).toEqual([byteOffset])
        },
      ),
      { numRuns: 100 },
    )
  })

  it("costs a session only where its bytes can be found again", async () => {
    await fc.assert(
      fc.asyncProperty(archive, layout, damage, async (model, { files }, change) => {
        const [file] = files(model, PLAIN_STYLE)
        if (file === undefined) return
        const bytes = damaged(file.bytes, change)
        const { rejects } = await analyzeBytes(bytes)
        for (const { offset, length, sha256 } of rejects) {
          const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes.subarray(offset, offset + length)))
          expect(Buffer.from(digest).toString("hex")).toBe(sha256)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe("an envelope that is not valid JSON", () => {
  it.each([1, 64, 300, 1 << 20])(
    "in a line longer than a record costs the same in blocks of %d bytes",
    async (size) => {
      const session = (id: number): object => ({
        id: `s${id}`,
        modalities: [],
        startDateTime: "2026-01-05T09:00:00Z",
        endDateTime: "2026-01-05T09:10:00Z",
      })
      const record = (from: number, head: string): string =>
        `{${head},"sessions":[${[0, 1, 2, 3].map((index) => JSON.stringify(session(from + index))).join(",")}]}`
      const line = `{"value":[${[0, 10, 20, 30].map((from) => record(from, from === 20 ? '"id":nope' : '"id":"c"')).join(",")}]}`
      const options = { maxRecordBytes: 1024, tuning: { blockBytes: size } }
      const { report, rejects } = await analyzeBytes(Buffer.from(`${line}\n${JSON.stringify(session(99))}\n`), options)
      expect(report.totals).toMatchObject({ sessions: 17, accepted: 17 })
      expect(rejects).toEqual([])
      expect(report.inputs).toMatchObject([{ status: "corrupt", error: { code: "input/corrupt" } }])
    },
  )
})
