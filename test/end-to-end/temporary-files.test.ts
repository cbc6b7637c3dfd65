/** What a run leaves of its temporary files, however it ends. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as after } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { callsift } from "./run-callsift.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const SESSIONS = Array.from({ length: 40_000 }, (_, index) =>
  JSON.stringify({
    id: `session ${index}`,
    modalities: ["audio"],
    startDateTime: "2026-01-01T00:00:00Z",
    endDateTime: `2026-01-01T00:00:01.${String(index).padStart(7, "0")}Z`,
    caller: { identity: { user: { id: `person ${index % 1000}` } } },
  }),
).join("\n")

/** So many bytes that results are joined before the input ends. */
const LONG_SESSIONS = SESSIONS.replaceAll('"modalities"', `"padding":"${"x".repeat(1000)}","modalities"`)

const LITTLE = ["--memory", "1MiB", "--temp-dir"]

describe("temporary files", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("are gone after %s", async (signal, exitCode) => {
    const seen: string[] = []
    const ended = await callsift(["analyze", "-", ...LITTLE, folder], {
      during: (child) => {
        child.stdin?.write(LONG_SESSIONS)
        void (async () => {
          while (seen.length === 0 && child.exitCode === null && child.signalCode === null) {
            await after(20)
            seen.push(...readdirSync(folder))
          }
          child.kill(signal)
        })()
      },
    })
    expect(ended.exitCode).toBe(exitCode)
    expect(seen[0]).toMatch(/^callsift-\d+-[0-9a-f]{12}$/)
    expect(readdirSync(folder)).toEqual([])
  })

  it("are gone after success, and change nothing", async () => {
    const little = await callsift(["analyze", "-", "--json", ...LITTLE, folder], { input: SESSIONS })
    const ample = await callsift(["analyze", "-", "--json"], { input: SESSIONS })
    expect(little.exitCode).toBe(0)
    expect(little.stdout).toBe(ample.stdout)
    expect(readdirSync(folder)).toEqual([])
  })

  it("that cannot be written end the run with 4 and a reason", async () => {
    const none = join(folder, "none")
    const ended = await callsift(["analyze", "-", ...LITTLE, none], { input: SESSIONS })
    expect(ended.exitCode).toBe(4)
    expect(ended.stderr).toContain(none)
    expect(ended.stderr).toContain("there is no such folder")
    expect(existsSync(none)).toBe(false)
  })
})
