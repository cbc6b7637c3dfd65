import { describe, expect, it } from "vitest"
import { startEarly } from "#cli/early-workers.ts"

describe("workers", () => {
  it.each([["analyze"], ["validate"], ["export"]])("are started early for %s", async (command) => {
    const workers = await startEarly([command, "input.json", "--no-hash"])
    expect(workers).not.toBeNull()
    await workers?.close()
  })

  it.each([
    [[]],
    [["--help"]],
    [["merge", "a.partial"]],
    [["generate", "--sessions", "1"]],
    [["analyze", "--help"]],
    [["analyze", "-h"]],
    [["analyze", "input.json", "--workers", "2"]],
    [["analyze", "input.json", "--workers=2"]],
    [["validate", "--engine", "reference", "input.json"]],
    [["export", "input.json", "--state", "folder"]],
  ])("are not where others may be needed, or none: %j", async (args) => {
    expect(await startEarly(args)).toBeNull()
  })
})
