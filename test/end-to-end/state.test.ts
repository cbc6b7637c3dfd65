/** A state folder, as a user meets it: interrupted runs, damage, locks, devices that are full or read-only. */
import { spawnSync, type ChildProcess } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { callsift, type Ended } from "./run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-state-"))
const small = join(folder, "small")
const canMount = mount(small, "size=512k")
afterAll(() => {
  if (canMount) spawnSync("umount", [small])
  rmSync(folder, { recursive: true })
})

const run = (args: readonly string[], options = {}): Promise<Ended> => callsift(args, { cwd: folder, ...options })
const outputsIn = (name: string): string[] =>
  ["report.json", "rejects.ndjson", "findings.ndjson"].map((file) => readFileSync(join(folder, name, file), "utf8"))
const stateOf = (name: string): object => JSON.parse(readFileSync(join(folder, name, "run.json"), "utf8")).state

function mount(path: string, options: string): boolean {
  mkdirSync(path)
  return spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]).status === 0
}

beforeAll(async () => {
  await run(["generate", "--sessions", "60000", "--seed", "3", "--anomalies", "0.01", "-o", "large.ndjson"])
  await run(["generate", "--sessions", "50", "--seed", "4", "-o", "small.ndjson"])
  await run(["analyze", "large.ndjson", "small.ndjson", "-o", "whole", "--quiet"])
})

/** Ends a run by a signal as soon as some of the large file is noted. */
async function interruptBy(signal: NodeJS.Signals, state: string): Promise<Ended> {
  return run(["analyze", "large.ndjson", "small.ndjson", "--state", state, "-o", "none", "--quiet"], {
    during: (child: ChildProcess) => {
      const timer = setInterval(() => {
        if (unfinishedIn(state).length > 0 || child.exitCode !== null) {
          clearInterval(timer)
          child.kill(signal)
        }
      }, 2)
    },
  })
}

function unfinishedIn(state: string): string[] {
  try {
    return readdirSync(join(folder, state)).filter((name) => name.endsWith(".unfinished"))
  } catch {
    return []
  }
}

describe("--state", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGKILL", null],
  ] as const)("goes on in the middle of a file after %s, with the same bytes", async (signal, exitCode) => {
    const state = `after-${signal}`
    expect((await interruptBy(signal, state)).exitCode).toBe(exitCode)
    expect(unfinishedIn(state)).toHaveLength(1)
    const again = await run([
      "analyze",
      "large.ndjson",
      "small.ndjson",
      "--state",
      state,
      "-o",
      state + "-out",
      "--quiet",
    ])
    expect(again).toMatchObject({ exitCode: 3, stderr: "" })
    expect(stateOf(`${state}-out`)).toEqual({ reused: 0, made: 1, resumed: 1, damaged: [] })
    expect(outputsIn(`${state}-out`)).toEqual(outputsIn("whole"))
    expect(unfinishedIn(state)).toEqual([])
    await run(["analyze", "large.ndjson", "small.ndjson", "--state", state, "-o", "reused", "--quiet", "--trust-mtime"])
    expect(stateOf("reused")).toEqual({ reused: 2, made: 0, resumed: 0, damaged: [] })
    expect(outputsIn("reused")).toEqual(outputsIn("whole"))
  })

  it("names what is damaged, and makes it again", async () => {
    await run(["validate", "small.ndjson", "--state", "damaged", "--quiet"])
    const name = readdirSync(join(folder, "damaged")).find((each) => each.endsWith(".partial"))
    const path = join(folder, "damaged", name ?? "")
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.with(1000, 1 + (bytes[1000] ?? 0)))
    const ended = await run(["validate", "small.ndjson", "--state", "damaged", "--quiet"])
    expect(ended).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^callsift: .*\.partial is not used: it is damaged \(.*\); it is made again\n$/),
    })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it("is of one run at a time", async () => {
    mkdirSync(join(folder, "held"))
    const lock = { pid: process.pid, host: hostname(), run: "another" }
    writeFileSync(join(folder, "held/.callsift.lock"), JSON.stringify(lock))
    const ended = await run(["analyze", "small.ndjson", "--state", "held"])
    expect(ended).toMatchObject({ exitCode: 4, stdout: "", stderr: expect.stringContaining(`process ${process.pid}`) })
  })

  it.each([
    ["2: no hashes", ["--state", "codes", "--no-hash"], 2],
    ["2: trust in nothing", ["--trust-mtime"], 2],
    ["4: below a file", ["--state", "small.ndjson/state"], 4],
  ])("exits with %s", async (_name, args, exitCode) => {
    expect(await run(["analyze", "small.ndjson", ...args])).toMatchObject({ exitCode, stdout: "" })
  })

  it("is no input", async () => {
    mkdirSync(join(folder, "inputs"))
    writeFileSync(join(folder, "inputs/a.ndjson"), readFileSync(join(folder, "small.ndjson")))
    await run(["analyze", "inputs", "-o", "inputs-plain", "--quiet"])
    for (const name of ["inputs-one", "inputs-two"])
      await run(["analyze", "inputs", "--state", "inputs/state", "-o", name, "--quiet"])
    expect(outputsIn("inputs-one")).toEqual(outputsIn("inputs-plain"))
    expect(outputsIn("inputs-two")).toEqual(outputsIn("inputs-plain"))
  })
})

describe.skipIf(!canMount)("a device", () => {
  it.each([
    ["state", ["--state", join(small, "state")]],
    ["partial", ["--partial", join(small, "p.partial")]],
  ])("that is full while the %s is written ends the run, and leaves outputs as they were", async (_name, args) => {
    await run(["analyze", "small.ndjson", "-o", "kept", "--quiet"])
    const before = outputsIn("kept")
    const ended = await run(["analyze", "large.ndjson", ...args, "-o", "kept", "--quiet"])
    expect(ended).toMatchObject({
      exitCode: 4,
      stdout: "",
      stderr: expect.stringMatching(/^callsift: .*full \(ENOSPC\)/),
    })
    expect(outputsIn("kept")).toEqual(before)
    const left = readdirSync(small, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(join(small, name)).isFile(),
    )
    expect(left.filter((name) => !name.endsWith(".unfinished"))).toEqual([])
    for (const name of readdirSync(small)) rmSync(join(small, name), { recursive: true })
  })

  it("that is read-only is told before anything is read", async () => {
    mkdirSync(join(small, "state"))
    spawnSync("mount", ["-o", "remount,ro", small])
    const ended = await run(["analyze", "large.ndjson", "--state", join(small, "state"), "--quiet"])
    expect(ended).toMatchObject({ exitCode: 4, stdout: "", stderr: expect.stringContaining("read-only (EROFS)") })
    const partial = await run(["analyze", "large.ndjson", "--partial", join(small, "p"), "--quiet"])
    expect(partial).toMatchObject({ exitCode: 4, stdout: "", stderr: expect.stringContaining("read-only (EROFS)") })
  })
})
