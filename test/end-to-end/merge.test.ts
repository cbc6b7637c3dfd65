/** Partials and merging, as a user meets them. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { callsift, root } from "./run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-merge-"))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: readonly string[]): ReturnType<typeof callsift> => callsift(args, { cwd: folder })
const MONTHS = ["january", "february", "march"]
const partials = MONTHS.map((month) => `${month}.partial`)
const SAME = ["report.json", "rejects.ndjson", "findings.ndjson"]

/** What a folder with a report holds, but for what changes from run to run. */
function outputsIn(name: string): Record<string, string> {
  const tables = readdirSync(join(folder, name, "tables")).map((table) => `tables/${table}`)
  return Object.fromEntries([...SAME, ...tables].map((path) => [path, readFileSync(join(folder, name, path), "utf8")]))
}

beforeAll(async () => {
  for (const month of MONTHS) {
    cpSync(join(root, "examples/archive", month), join(folder, month), { recursive: true })
    await run("analyze", month, "--partial", `${month}.partial`, "--quiet")
  }
  await run("analyze", ...MONTHS, "-o", "whole", "--quiet")
  await run("analyze", join(root, "test/fixtures/acceptance/V16-negative.ndjson"), "--partial", "good.partial")
})

describe("merge", () => {
  it("gives what one run gives, in any order, also through a partial of partials", async () => {
    expect((await run("merge", ...partials.toReversed(), "-o", "merged", "--quiet")).exitCode).toBe(3)
    expect(outputsIn("merged")).toEqual(outputsIn("whole"))
    await run("merge", "march.partial", "january.partial", "--partial", "two.partial", "--quiet")
    await run("merge", "two.partial", "february.partial", "january.partial", "-o", "again", "--quiet")
    expect(outputsIn("again")).toEqual(outputsIn("whole"))
    const { stdout } = await run("merge", ...partials, "--json")
    expect(stdout).toBe(outputsIn("whole")["report.json"])
  })

  it("takes filters and the rest of what a report is asked for", async () => {
    const flags = ["--since", "2026-01-08T00:00:00Z", "--modality", "video", "--max-evidence", "2", "--include-tests"]
    await run("analyze", ...MONTHS, ...flags, "-o", "whole-filtered", "--quiet")
    await run("merge", ...partials, ...flags, "-o", "merged-filtered", "--quiet")
    expect(outputsIn("merged-filtered")).toEqual(outputsIn("whole-filtered"))
  })

  it("leaves out what cannot be used, says why, and reports the rest", async () => {
    const bytes = readFileSync(join(folder, "march.partial"))
    writeFileSync(join(folder, "cut.partial"), bytes.subarray(0, bytes.length - 1))
    writeFileSync(
      join(folder, "newer.partial"),
      Buffer.concat([bytes.subarray(0, 8), Buffer.from([9]), bytes.subarray(9)]),
    )
    await run("analyze", "march", "--max-depth", "99", "--partial", "other.partial", "--quiet")
    const names = ["january.partial", "cut.partial", "newer.partial", "other.partial", "nothing.partial", "january"]
    const { exitCode, stderr } = await run("merge", ...names, "-o", "rest", "--quiet")
    expect(exitCode).toBe(3)
    expect(stderr.trimEnd().split("\n")).toEqual([
      "callsift: cut.partial is left out: it is damaged (its end is missing); make it again",
      expect.stringMatching(/^callsift: newer.partial is left out: it is of format 9, .*; update callsift/),
      expect.stringMatching(/^callsift: other.partial is left out: .*\(maxDepth 99 instead of 128\)/),
      expect.stringMatching(/^callsift: nothing.partial is left out: it cannot be read: there is no such file/),
      expect.stringMatching(/^callsift: january is left out: it is no regular file/),
    ])
    const runDocument = JSON.parse(readFileSync(join(folder, "rest/run.json"), "utf8"))
    expect(runDocument.refusedPartials.map(({ code }: { code: string }) => code)).toEqual([
      "damaged",
      "newer-format",
      "other-options",
      "unreadable",
      "unreadable",
    ])
    await run("analyze", "january", "-o", "january-alone", "--quiet")
    expect(outputsIn("rest")).toEqual(outputsIn("january-alone"))
  })

  it.each([
    ["4: nothing to report", ["cut.partial", "nothing.partial"], 4],
    ["2: more evidence than there is", ["january.partial", "--max-evidence", "20000"], 2],
    ["2: names that are not there", ["january.partial", "--names"], 2],
    ["2: no partial", [], 2],
    ["3: rejects", ["march.partial"], 3],
    ["1: findings", ["good.partial", "--fail-on", "note"], 1],
    ["0: all taken", ["good.partial"], 0],
  ])("exits with %s", async (_name, args, exitCode) => {
    const ended = await run("merge", ...args, "-o", "code", "--quiet")
    expect(ended.exitCode).toBe(exitCode)
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    if (exitCode === 2 || exitCode === 4) expect(existsSync(join(folder, "code"))).toBe(false)
    rmSync(join(folder, "code"), { recursive: true, force: true })
  })

  it("shows names of partials that hold them, and pseudonyms", async () => {
    await run("analyze", "january", "--names", "--partial", "names.partial", "-o", "with-names", "--quiet")
    await run("merge", "names.partial", "--names", "-o", "merged-names", "--quiet")
    expect(outputsIn("merged-names")).toEqual(outputsIn("with-names"))
    writeFileSync(join(folder, "key"), "a key of sixteen bytes and more")
    await run("analyze", "january", "--pseudonym-key", "key", "-o", "with-key", "--quiet")
    await run("merge", "names.partial", "--pseudonym-key", "key", "-o", "merged-key", "--quiet")
    expect(outputsIn("merged-key")).toEqual(outputsIn("with-key"))
  })
})

describe("--partial", () => {
  it("is not read as an input, nor put in place where the run fails", async () => {
    await run("analyze", "january", "-o", "january-alone", "--quiet")
    const { exitCode } = await run("analyze", "january", "--partial", "january/p.partial", "-o", "beside", "--quiet")
    expect(exitCode).toBe(3)
    expect(outputsIn("beside")).toEqual(outputsIn("january-alone"))
    rmSync(join(folder, "january/p.partial"))
    expect((await run("analyze", "nothing-here", "--partial", "none.partial")).exitCode).toBe(4)
    expect((await run("analyze", "january", "--partial", "none.partial", "--pseudonym-key", "key")).exitCode).toBe(2)
    expect(readdirSync(folder).filter((name) => name.startsWith("none"))).toEqual([])
  })
})
