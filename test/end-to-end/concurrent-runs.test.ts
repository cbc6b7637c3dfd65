/** Runs that meet another run, a signal, or a reader that has gone, in the middle of their work. */
import type { ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { callsift } from "./run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-runs-"))
afterAll(() => rmSync(folder, { recursive: true }))

const LINE = `${JSON.stringify({
  id: "00000000-0000-4000-8000-000000000001",
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
})}\n`
/** About 8 MiB, which is many blocks. */
const MANY_LINES = LINE.repeat(60_000)

/** Waits until a run has taken its output folder. */
async function held(output: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!existsSync(join(output, ".callsift.lock"))) {
    if (Date.now() > deadline) throw new Error("the run never took its folder")
    await wait(20)
  }
}

/** Writes without end until the process no longer reads. */
function feed(child: ChildProcess): void {
  const more = (): void => {
    while (child.stdin?.writable === true && child.stdin.write(MANY_LINES)) continue
  }
  child.stdin?.on("drain", more)
  more()
}

describe("a run", () => {
  it("refuses a folder while another writes there, and names it; the other goes on", async () => {
    const output = join(folder, "shared")
    let first: ChildProcess | undefined
    const ending = callsift(["analyze", "-", "-o", output, "--quiet"], { during: (child) => (first = child) })
    await held(output)
    const second = await callsift(["analyze", "-", "-o", output], { input: LINE })
    expect(second).toMatchObject({ exitCode: 4, stdout: "", stderr: expect.stringContaining(String(first?.pid)) })
    first?.stdin?.end(LINE)
    expect(await ending).toMatchObject({ exitCode: 0 })
    expect(readdirSync(output).toSorted()).toEqual([
      "findings.ndjson",
      "rejects.ndjson",
      "report.json",
      "run.json",
      "tables",
    ])
    expect(JSON.parse(readFileSync(join(output, "report.json"), "utf8"))).toMatchObject({ totals: { accepted: 1 } })
  })

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("that %s meets among its blocks leaves its folder as it was", async (signal, exitCode) => {
    const output = mkdtempSync(join(folder, "interrupted-"))
    writeFileSync(join(output, "report.json"), "earlier")
    const ended = await callsift(["analyze", "-", "-o", output], {
      during: (child) => {
        feed(child)
        void held(output).then(async () => {
          await wait(500)
          child.kill(signal)
        })
      },
    })
    expect(ended).toMatchObject({ exitCode, stdout: "" })
    expect(ended.stderr).not.toMatch(/^\s+at /m)
    expect(readdirSync(output)).toEqual(["report.json"])
    expect(readFileSync(join(output, "report.json"), "utf8")).toBe("earlier")
  })

  it("that was killed is made up for by the next", async () => {
    const output = join(folder, "killed")
    await callsift(["analyze", "-", "-o", output], {
      during: (child) => {
        feed(child)
        void held(output).then(async () => {
          await wait(300)
          child.kill("SIGKILL")
        })
      },
    })
    expect(existsSync(join(output, "report.json"))).toBe(false)
    const next = await callsift(["analyze", "-", "-o", output, "--quiet"], { input: LINE })
    expect(next).toMatchObject({ exitCode: 0, stderr: "" })
    expect(readdirSync(output).filter((name) => name.startsWith(".") || /callsift/.test(name))).toEqual([])
  })
})

describe("a reader that has gone", () => {
  it.each([
    ["analyze", "--json"],
    ["validate", "--quiet"],
  ])("ends %s %s quietly, and not as a failure", async (command, flag) => {
    const { exitCode, stderr } = await callsift([command, "examples/archive", flag], {
      during: (child) => {
        child.stdin?.end()
        child.stdout?.destroy()
      },
    })
    expect([0, 3]).toContain(exitCode)
    expect(stderr).toBe("")
  })
})
