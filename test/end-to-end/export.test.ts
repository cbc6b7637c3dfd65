/** `callsift export`, as a user meets it. */
import { spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { tableFromIPC } from "apache-arrow"
import { afterAll, describe, expect, it } from "vitest"
import { withFacts } from "../duckdb.ts"
import { callsift, command, root } from "./run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-export-"))
afterAll(() => rmSync(folder, { recursive: true }))

const ARCHIVE = "examples/archive"
const FORMATS = ["parquet", "arrow", "csv", "ndjson"] as const
const fixture = (name: string): string => join(root, "test/fixtures/acceptance", name)
const GOOD = fixture("F01-array.json")
const place = (name: string): string => join(mkdtempSync(join(folder, "place-")), name)

describe("export", () => {
  it.each(FORMATS)("to %s is the same for another number of workers, engine, time zone and locale", async (format) => {
    const [one, other] = [place(`facts.${format}`), place(`facts.${format}`)]
    const env = { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8" }
    const first = await callsift(["export", ARCHIVE, "--to", format, "-o", one, "--workers", "2"])
    const second = await callsift(
      ["export", ARCHIVE, "--to", format, "-o", other, "--workers", "1", "--engine", "reference"],
      { env },
    )
    expect([first.exitCode, second.exitCode, first.stdout]).toEqual([3, 3, ""])
    expect(readFileSync(other).equals(readFileSync(one))).toBe(true)
  })

  it("says how many rows there are, and what was not taken", async () => {
    const { stderr } = await callsift(["export", ARCHIVE, "--to", "csv", "-o", place("facts.csv")])
    expect(stderr).toMatch(
      /^567 rows written to .*facts\.csv; 6 sessions rejected, 2 of 11 inputs not complete: callsift validate says which and why\n$/,
    )
    const quiet = await callsift(["export", GOOD, "--to", "csv", "-o", place("facts.csv"), "--quiet"])
    expect(quiet).toEqual({ exitCode: 0, stdout: "", stderr: "" })
  })

  it("is read by DuckDB and Arrow", async () => {
    const parquet = place("facts.parquet")
    await callsift(["export", ARCHIVE, "--to", "parquet", "-o", parquet])
    const counted = await withFacts(readFileSync(parquet), "parquet", (query) =>
      query("select status, count(*) as n from facts group by status order by status"),
    )
    expect(counted).toEqual([
      { status: "accepted", n: 479n },
      { status: "duplicate", n: 88n },
    ])
    const arrow = place("facts.arrow")
    await callsift(["export", ARCHIVE, "--to", "arrow", "-o", arrow])
    expect(tableFromIPC(readFileSync(arrow)).numRows).toBe(567)
  })

  it.each([
    ["without -o", []],
    ["with -o -", ["-o", "-"]],
  ])("goes to standard output %s", async (_name, output) => {
    const ended = await callsift(["export", GOOD, "--to", "ndjson", ...output])
    expect(ended.exitCode).toBe(0)
    const path = place("facts.ndjson")
    await callsift(["export", GOOD, "--to", "ndjson", "-o", path])
    expect(ended.stdout).toBe(readFileSync(path, "utf8"))
  })

  it("ends quietly where its reader has gone", async () => {
    const ended = await callsift(["export", ARCHIVE, "--to", "csv"], {
      during: (child) => child.stdout?.destroy(),
    })
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" })
  })

  it.skipIf(!existsSync("/dev/full"))("is an error where the device of standard output is full", () => {
    const script = `"${process.execPath}" "${command}" export "${GOOD}" --to csv > /dev/full`
    const { status, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" })
    expect(status).toBe(4)
    expect(stderr).toContain("ENOSPC")
  })

  it("has rows for nothing but what filters choose, and says so in the file", async () => {
    const path = place("facts.parquet")
    await callsift(["export", ARCHIVE, "--to", "parquet", "-o", path, "--failed", "--modality", "Video"])
    const [row] = await withFacts(readFileSync(path), "parquet", (query) =>
      query("select count(*) as n, bool_and(failed and hasVideo) as isWithin from facts"),
    )
    expect(row).toMatchObject({ isWithin: true })
    expect(Number(row?.n)).toBeGreaterThan(0)
    expect(readFileSync(path, "latin1")).toContain('"modality":"video","failed":true')
  })

  it.each(FORMATS)("of no session at all is a whole file of %s", async (format) => {
    const [input, path] = [place("empty.json"), place(`facts.${format}`)]
    writeFileSync(input, "[]")
    expect((await callsift(["export", input, "--to", format, "-o", path])).exitCode).toBe(0)
    const bytes = readFileSync(path)
    if (format === "arrow") expect(tableFromIPC(bytes).numRows).toBe(0)
    if (format === "parquet")
      expect(await withFacts(bytes, format, (query) => query("select count(*) as n from facts"))).toEqual([{ n: 0n }])
    if (format === "csv") expect(bytes.toString().split("\r\n")).toHaveLength(2)
    if (format === "ndjson") expect(bytes).toHaveLength(0)
  })

  it("holds nothing of names, addresses and devices, names with --names, pseudonyms with a key", async () => {
    const canary = "Canary"
    const session = {
      id: "s",
      modalities: ["audio"],
      startDateTime: "2026-01-05T09:00:00Z",
      endDateTime: "2026-01-05T09:10:00Z",
      caller: { name: canary, identity: { user: { id: "someone", displayName: "=Ann" } }, cpuName: canary },
      callee: { userAgent: { headerValue: canary, applicationVersion: canary } },
      segments: [{ id: canary, media: [{ label: canary, callerNetwork: { ipAddress: canary } }] }],
      unknown: canary,
    }
    const [input, key] = [place("export.json"), place("key")]
    writeFileSync(input, JSON.stringify([session]))
    writeFileSync(key, "0123456789abcdef")
    const run = async (...options: string[]): Promise<string> =>
      (await callsift(["export", input, "--to", "csv", ...options])).stdout
    const [plain, named, pseudonymous] = [await run(), await run("--names"), await run("--pseudonym-key", key)]
    expect(plain + named + pseudonymous).not.toContain(canary)
    expect(plain).not.toContain("Ann")
    expect(plain).toContain("someone")
    expect(named).toContain(",'=Ann,")
    expect(pseudonymous).not.toMatch(/someone|Ann/)
    const pseudonym = JSON.parse((await callsift(["analyze", input, "--json", "--pseudonym-key", key])).stdout) as {
      participants: { top: { participant: string }[] }
    }
    expect(pseudonymous).toContain(pseudonym.participants.top[0]?.participant)
  })
})

describe("the file of an export", () => {
  it("is not read where it lies among the inputs", async () => {
    const archive = mkdtempSync(join(folder, "archive-"))
    writeFileSync(join(archive, "export.json"), readFileSync(GOOD))
    const output = join(archive, "facts.ndjson")
    await callsift(["export", archive, "--to", "ndjson", "-o", output])
    const first = readFileSync(output)
    await callsift(["export", archive, "--to", "ndjson", "-o", output])
    expect(readFileSync(output).equals(first)).toBe(true)
    expect(readdirSync(archive).toSorted()).toEqual(["export.json", "facts.ndjson"])
  })

  it("is never an input that it would replace", async () => {
    const path = place("export.json")
    writeFileSync(path, readFileSync(GOOD))
    expect(await callsift(["export", path, "--to", "csv", "-o", path])).toMatchObject({ exitCode: 4 })
    expect(readFileSync(path).equals(readFileSync(GOOD))).toBe(true)
  })

  it.each([
    ["a link", (path: string) => symlinkSync(join(folder, "elsewhere"), path)],
    ["a folder", (path: string) => mkdirSync(path)],
  ])("takes no place of %s", async (_name, put) => {
    const path = place("facts.csv")
    put(path)
    const before = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    const ended = await callsift(["export", GOOD, "--to", "csv", "-o", path])
    expect(ended).toMatchObject({ exitCode: 4, stdout: "" })
    expect(statSync(path, { throwIfNoEntry: false })?.isDirectory()).toBe(before)
    expect(existsSync(join(folder, "elsewhere"))).toBe(false)
  })

  it.each([
    ["no input could be opened", ["nothing here.json"], 4],
    ["the command line is wrong", [GOOD, "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"], 2],
  ])("stays as it was where %s", async (_name, args, exitCode) => {
    const path = place("facts.csv")
    writeFileSync(path, "earlier")
    expect(await callsift(["export", ...args, "--to", "csv", "-o", path])).toMatchObject({ exitCode, stdout: "" })
    expect(readFileSync(path, "utf8")).toBe("earlier")
    expect(readdirSync(join(path, ".."))).toEqual(["facts.csv"])
  })

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("stays as it was after %s", async (signal, exitCode) => {
    const path = place("facts.parquet")
    writeFileSync(path, "earlier")
    const ended = await callsift(["export", "-", "--to", "parquet", "-o", path], {
      during: (child) => {
        child.stdin?.write('[{"id":"1"')
        setTimeout(() => child.kill(signal), 700)
      },
    })
    expect(ended.exitCode).toBe(exitCode)
    expect(readFileSync(path, "utf8")).toBe("earlier")
    expect(readdirSync(join(path, ".."))).toEqual(["facts.parquet"])
  })
})
