/** What holds of a state folder: it never changes a report, whatever was kept, interrupted or damaged. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { mergePartials } from "#core/start.ts"
import type { AnalyzeOptions } from "#core/options.ts"
import type { RejectLine } from "#core/report/schema.ts"
import { archiveFiles } from "./arbitraries/archive.ts"
import type { ExportFile } from "./arbitraries/layout.ts"
import { analyzePaths, textsOf, type WholeAnalysis } from "./in-process.ts"

let folder = ""
let state = ""
beforeEach(() => newFolder())
afterEach(() => rmSync(folder, { recursive: true }))

function newFolder(): void {
  if (folder !== "") rmSync(folder, { recursive: true, force: true })
  folder = mkdtempSync(join(tmpdir(), "callsift-state-"))
  state = join(folder, "state")
}

const pathOf = (name: string): string => join(folder, "inputs", name)

function write(files: readonly ExportFile[]): string[] {
  mkdirSync(join(folder, "inputs"), { recursive: true })
  for (const { name, bytes } of files) writeFileSync(pathOf(name), bytes)
  return files.map(({ name }) => pathOf(name))
}

function withState(paths: readonly string[], options: AnalyzeOptions = {}, trustMtime = false): Promise<WholeAnalysis> {
  return analyzePaths(paths, { ...options, state: { folder: state, trustMtime } })
}

/** Begins a run that is interrupted, or ends before; says whether it was. */
async function interrupt(paths: readonly string[], maxBlocks: number, options: AnalyzeOptions): Promise<boolean> {
  try {
    await analyzePaths(paths, { ...options, state: { folder: state } }, maxBlocks)
    return false
  } catch (cause) {
    expect(cause).toMatchObject({ message: "interrupted" })
    return true
  }
}

/** NDJSON of sessions, each with its number as id. */
function lines(count: number, from = 0): Buffer {
  const session = (id: number): string =>
    JSON.stringify({
      id: `s${id}`,
      modalities: ["audio"],
      startDateTime: "2026-01-05T09:00:00+01:00",
      endDateTime: "2026-01-05T09:10:00Z",
      caller: { identity: { user: { id: `u${id % 7}` } } },
    })
  return Buffer.from(Array.from({ length: count }, (_, index) => `${session(from + index)}\n`).join(""))
}

const blockBytes = fc.constantFrom(1, 100, 3000, 1 << 20)

describe("a state folder", () => {
  it("never changes a report, whether it is new, knows all inputs or some of them", async () => {
    await fc.assert(
      fc.asyncProperty(archiveFiles, archiveFiles, blockBytes, blockBytes, async (files, later, size, otherSize) => {
        newFolder()
        const paths = write(files)
        const plain = textsOf(await analyzePaths(paths))
        const first = await withState(paths, { tuning: { blockBytes: size } })
        const second = await withState(paths, { tuning: { blockBytes: otherSize } })
        expect([textsOf(first), textsOf(second)]).toEqual([plain, plain])
        expect(textsOf(await withState(paths, {}, true))).toBe(plain)
        expect(second.run.state).toMatchObject({ reused: paths.length, made: 0, damaged: [] })
        const all = [...new Set([...paths, ...write(later)])]
        expect(textsOf(await withState(all))).toBe(textsOf(await analyzePaths(all)))
      }),
      { numRuns: 60 },
    )
  })

  it("goes on where a run was interrupted, at whatever block", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom(300, 1000, 5000),
        fc.constantFrom(300, 1000, 1 << 20),
        async (count, blocks, size, otherSize) => {
          newFolder()
          const bytes = Buffer.concat([lines(count), Buffer.from('{"broken":\n\n'), lines(count, 30)])
          const paths = write([
            { name: "a.ndjson", bytes: lines(3) },
            { name: "b.ndjson", bytes },
          ])
          const plain = textsOf(await analyzePaths(paths))
          const options = { maxEvidence: 5, tuning: { blockBytes: size } }
          const isInterrupted = await interrupt(paths, blocks, options)
          expect(readdirSync(state).filter((name) => name.endsWith(".callsift-new"))).toEqual([])
          const again = await withState(paths, { maxEvidence: 5, tuning: { blockBytes: otherSize } })
          expect(again.run.state?.damaged).toEqual([])
          expect(textsOf(again)).toBe(textsOf(await analyzePaths(paths, { maxEvidence: 5 })))
          expect(textsOf(await withState(paths))).toBe(plain)
          if (!isInterrupted) expect(again.run.state).toMatchObject({ reused: 2 })
          expect(readdirSync(state).filter((name) => name.endsWith(".unfinished"))).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ["an array", (sessions: string) => `[\n${sessions.trim().replaceAll("\n", ",\n")}\n]`],
    ["values of a sequence", (sessions: string) => sessions.replaceAll('{"id"', '{\n"id"')],
    ["pages in an array", (sessions: string) => `[${sessions.trim().replaceAll(/^.*$/gm, '{"value":[$&,$&]},')}{}]`],
  ])("goes on in %s", async (_name, written) => {
    const paths = write([{ name: "a.json", bytes: Buffer.from(written(lines(5000).toString())) }])
    const plain = textsOf(await analyzePaths(paths))
    expect(await interrupt(paths, 6, { tuning: { blockBytes: 70_000 } })).toBe(true)
    const again = await withState(paths)
    expect(again.run.state).toMatchObject({ made: 0, resumed: 1 })
    expect(textsOf(again)).toBe(plain)
  })

  it("reads from the beginning what has changed before the place where a run was interrupted", async () => {
    const bytes = lines(50)
    const paths = write([{ name: "a.ndjson", bytes }])
    expect(await interrupt(paths, 6, { tuning: { blockBytes: 500 } })).toBe(true)
    expect(readdirSync(state)).toEqual([expect.stringMatching(/\.unfinished$/)])
    write([{ name: "a.ndjson", bytes: Buffer.concat([lines(1, 99), bytes]) }])
    const again = await withState(paths)
    expect(again.run.state).toMatchObject({ made: 1, resumed: 0 })
    expect(textsOf(again)).toBe(textsOf(await analyzePaths(paths)))
  })

  it("is taken up again where only the end of what was read has changed", async () => {
    const bytes = lines(50)
    const paths = write([{ name: "a.ndjson", bytes }])
    expect(await interrupt(paths, 6, { tuning: { blockBytes: 500 } })).toBe(true)
    write([{ name: "a.ndjson", bytes: Buffer.concat([bytes, lines(5, 70)]) }])
    const again = await withState(paths)
    expect(again.run.state).toMatchObject({ made: 0, resumed: 1 })
    expect(textsOf(again)).toBe(textsOf(await analyzePaths(paths)))
  })

  it("notices damage to any byte of its files, names it and makes it again", async () => {
    const paths = write([{ name: "a.ndjson", bytes: lines(4) }])
    const plain = textsOf(await withState(paths))
    for (const name of readdirSync(state)) {
      const path = join(state, name)
      const whole = readFileSync(path)
      for (let at = 0; at < whole.length; at += 7) {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ 4
        writeFileSync(path, bytes)
        const again = await withState(paths)
        expect(textsOf(again)).toBe(plain)
        expect(again.run.state?.damaged).toEqual([
          { path, message: expect.stringMatching(/damaged|no partial|newer|format/) },
        ])
        expect(readFileSync(path).equals(whole)).toBe(true)
      }
    }
  }, 120_000)

  it("is not used by runs whose options read otherwise, and by those that show otherwise it is", async () => {
    const paths = write([{ name: "a.ndjson", bytes: lines(20) }])
    await withState(paths)
    expect((await withState(paths, { maxDepth: 64 })).run.state).toMatchObject({ reused: 0, made: 1 })
    expect((await withState(paths, { maxEvidence: 20_000 })).run.state).toMatchObject({ reused: 0, made: 1 })
    const options: AnalyzeOptions = { maxEvidence: 3, participant: "u3", since: 1n }
    const again = await withState(paths, options)
    expect(again.run.state).toMatchObject({ reused: 1, made: 0 })
    expect(textsOf(again)).toBe(textsOf(await analyzePaths(paths, options)))
  })

  it("gives a partial what a run without it gives", async () => {
    await fc.assert(
      fc.asyncProperty(archiveFiles, fc.constantFrom(0, 2, 10_000), async (files, maxEvidence) => {
        newFolder()
        const paths = write(files)
        await withState(paths.slice(0, 1))
        const bytes: Uint8Array[] = []
        await withState(paths, { maxEvidence, onPartial: (part) => bytes.push(Buffer.from(part)) })
        writeFileSync(join(folder, "p.partial"), Buffer.concat(bytes))
        const rejects: RejectLine[] = []
        const merged = await mergePartials([join(folder, "p.partial")], { onReject: (reject) => rejects.push(reject) })
        expect(textsOf({ ...merged, rejects })).toBe(textsOf(await analyzePaths(paths, { maxEvidence })))
      }),
      { numRuns: 30 },
    )
  })

  it("does not keep what another try may read better", async () => {
    const paths = write([{ name: "a.ndjson", bytes: lines(2) }])
    await withState([...paths, pathOf("nothing.ndjson")])
    expect(readdirSync(state)).toHaveLength(2)
  })

  it("tells what files hold now, though their size and time of change are what they were", async () => {
    await fc.assert(
      fc.asyncProperty(
        archiveFiles,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        async (files, changes) => {
          newFolder()
          const paths = write(files)
          for (const path of paths) utimesSync(path, 1000, 1000)
          await withState(paths)
          for (const [file, at, byte] of changes) {
            const path = paths[file % paths.length] ?? ""
            const bytes = readFileSync(path)
            bytes[at % bytes.length] = byte
            writeFileSync(path, bytes)
            utimesSync(path, 1000, 1000)
          }
          expect(textsOf(await withState(paths))).toBe(textsOf(await analyzePaths(paths)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it("tells what files held at one time, though one is replaced meanwhile by another of the same size and time of change", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.nat(2), async (turns, file) => {
        newFolder()
        const names = ["a.ndjson", "b.ndjson", "c.ndjson"]
        const paths = write(names.map((name, index) => ({ name, bytes: lines(40, 50 * index) })))
        for (const path of paths) utimesSync(path, 1000, 1000)
        const before = textsOf(await withState(paths))
        const path = paths[file] ?? ""
        writeFileSync(join(folder, "other"), readFileSync(path, "utf8").replaceAll("audio", "video").replace("{", " "))
        utimesSync(join(folder, "other"), 1000, 1000)
        const run = withState(paths)
        for (let turn = 0; turn < turns; turn++) await nextTurn()
        renameSync(join(folder, "other"), path)
        const during = textsOf(await run)
        const after = textsOf(await analyzePaths(paths))
        expect(after).not.toBe(before)
        expect([before, after]).toContain(during)
        expect(textsOf(await withState(paths))).toBe(after)
      }),
      { numRuns: 60 },
    )
  })

  it("hashes unless the time of change is trusted", async () => {
    const paths = write([{ name: "a.ndjson", bytes: lines(9) }])
    await withState(paths)
    const { atime, mtime } = statSync(pathOf("a.ndjson"))
    write([{ name: "a.ndjson", bytes: Buffer.from(lines(9).toString().replace("s3", "t3")) }])
    utimesSync(pathOf("a.ndjson"), atime, mtime)
    await withState(paths)
    utimesSync(pathOf("a.ndjson"), atime, mtime)
    expect((await withState(paths)).run.state).toMatchObject({ reused: 1 })
    utimesSync(pathOf("a.ndjson"), atime, new Date(mtime.getTime() + 1000))
    expect((await withState(paths, {}, true)).run.state).toMatchObject({ reused: 1, made: 0 })
  })
})
