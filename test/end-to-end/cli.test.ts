/** The command, as a user meets it: exit codes, outputs, messages. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { callsift, root } from "./run-callsift.ts"

const folder = mkdtempSync(join(tmpdir(), "callsift-cli-"))
afterAll(() => rmSync(folder, { recursive: true }))

const fixture = (name: string): string => join(root, "test/fixtures/acceptance", name)
const GOOD = fixture("F01-array.json")
const TABLES = [
  "calls",
  "concurrency",
  "days",
  "durations",
  "failures",
  "histogram",
  "inputs",
  "modality-pairs",
  "modality-sets",
  "overlap",
  "participants",
]
const OUTPUTS = ["findings.ndjson", "rejects.ndjson", "report.json", "run.json", "tables"]

describe("exit codes", () => {
  it.each([
    ["0: all taken", ["analyze", GOOD], 0],
    ["0: findings are no failure of analyze", ["analyze", fixture("V16-negative.ndjson")], 0],
    ["1: findings reach --fail-on", ["analyze", fixture("V16-negative.ndjson"), "--fail-on", "error"], 1],
    ["1: validate fails on errors", ["validate", fixture("V16-negative.ndjson")], 1],
    ["2: unknown option", ["analyze", GOOD, "--wrkers", "2"], 2],
    ["2: no such command", ["analyse", GOOD], 2],
    ["2: no input named", ["analyze"], 2],
    ["2: not an instant", ["analyze", GOOD, "--since", "yesterday"], 2],
    ["2: no such day", ["analyze", GOOD, "--until", "2026-02-30T00:00:00Z"], 2],
    [
      "2: a window turned around",
      ["analyze", GOOD, "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"],
      2,
    ],
    ["2: no modality", ["analyze", GOOD, "--modality", "sound"], 2],
    ["2: nobody", ["validate", GOOD, "--participant", ""], 2],
    ["2: names and pseudonyms", ["analyze", GOOD, "--names", "--pseudonym-key", GOOD], 2],
    ["3: a reject", ["analyze", fixture("F13-null.ndjson")], 3],
    ["3: weighs more than findings", ["validate", fixture("F13-null.ndjson")], 3],
    ["4: no such input", ["analyze", join(folder, "nothing here.json")], 4],
    ["4: output cannot be written", ["analyze", GOOD, "-o", join(GOOD, "below a file")], 4],
  ])("%s", async (_name, args, exitCode) => {
    const ended = await callsift(args)
    expect(ended.exitCode).toBe(exitCode)
    expect(ended.stdout + ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    if (exitCode === 2 || exitCode === 4)
      expect(ended).toMatchObject({ stdout: "", stderr: expect.stringMatching(/\S/) })
  })

  it("a wrong option or command suggests the right one", async () => {
    expect((await callsift(["analyze", GOOD, "--wrkers", "2"])).stderr).toContain("--workers")
    expect((await callsift(["analyse", GOOD])).stderr).toContain("analyze")
  })

  it("a value that is wrong is named with what is wrong with it", async () => {
    const { stderr } = await callsift(["analyze", GOOD, "--until", "2026-02-30T00:00:00Z"])
    expect(stderr).toBe(
      "callsift: --until names a date that does not exist; write an instant such as 2026-01-01T00:00:00Z\n",
    )
  })
})

describe("outputs", () => {
  const report = join(folder, "report")
  const read = (name: string): string => readFileSync(join(report, name), "utf8")
  beforeAll(async () => {
    await callsift(["analyze", "examples/archive", "-o", report, "--quiet", "--workers", "2"])
  })

  it("are these files and no other", () => {
    expect(readdirSync(report).toSorted()).toEqual(OUTPUTS)
    expect(readdirSync(join(report, "tables")).toSorted()).toEqual(TABLES.map((name) => `${name}.csv`))
  })

  it("agree with each other", () => {
    const { rejects, findings } = JSON.parse(read("report.json")) as {
      rejects: { count: number }
      findings: { count: number }[]
    }
    const lines = (name: string): number => read(name).split("\n").length - 1
    expect(lines("rejects.ndjson")).toBe(rejects.count)
    expect(lines("findings.ndjson")).toBe(findings.reduce((sum, { count }) => sum + count, 0))
  })

  it("are the same for other workers, time zones, locales", async () => {
    const env = { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }
    const other = join(folder, "other")
    await callsift(["analyze", "examples/archive", "-o", other, "--quiet", "--workers", "1"], { env })
    for (const name of [
      "report.json",
      "rejects.ndjson",
      "findings.ndjson",
      ...TABLES.map((table) => `tables/${table}.csv`),
    ]) {
      expect(readFileSync(join(other, name), "utf8")).toBe(read(name))
    }
  })

  it("are the same in another working directory with the same relative path", async () => {
    const elsewhere = mkdtempSync(join(folder, "elsewhere-"))
    cpSync(join(root, "examples/archive"), join(elsewhere, "examples/archive"), { recursive: true })
    const { stdout } = await callsift(["analyze", "examples/archive", "--json"], { cwd: elsewhere })
    expect(stdout).toBe(read("report.json"))
  })

  it("on standard output with --json are the report alone", async () => {
    const { stdout, exitCode } = await callsift(["analyze", "examples/archive", "--json"])
    expect(stdout).toBe(read("report.json"))
    expect(exitCode).toBe(3)
  })

  it("of standard input are those of the file but for its name", async () => {
    const input = readFileSync(GOOD)
    const [piped, named] = [
      await callsift(["analyze", "-", "--json"], { input }),
      await callsift(["analyze", GOOD, "--json"]),
    ]
    expect(piped.stdout).toBe(named.stdout.replaceAll(JSON.stringify(GOOD), '"-"'))
  })

  it("hold nothing of names, addresses and devices", async () => {
    const canary = "Canary"
    const session = {
      id: "00000000-0000-4000-8000-00000000000a",
      modalities: ["audio"],
      startDateTime: "2026-01-05T09:00:00Z",
      endDateTime: "2026-01-05T08:00:00Z",
      caller: { name: canary, identity: { user: { id: "u1", displayName: canary } }, cpuName: canary },
      callee: {
        userAgent: { headerValue: canary, applicationVersion: canary },
        associatedIdentity: { userPrincipalName: canary },
      },
      segments: [
        {
          id: canary,
          media: [{ label: canary, callerNetwork: { ipAddress: canary, macAddress: canary, port: canary } }],
        },
      ],
      unknown: canary,
    }
    const path = join(folder, "canary.ndjson")
    writeFileSync(
      path,
      `${JSON.stringify(session)}\n${JSON.stringify({ ...session, startDateTime: canary })}\n{"${canary}"\n`,
    )
    const output = join(folder, "canary")
    const { stdout, stderr } = await callsift(["analyze", path, "-o", output])
    const files = [...OUTPUTS.slice(0, 4), ...TABLES.map((table) => `tables/${table}.csv`)].map((name) =>
      readFileSync(join(output, name), "utf8"),
    )
    expect([stdout, stderr, ...files].join("\n")).not.toContain(canary)
  })

  it("show hostile names without letting them do anything", async () => {
    const { stdout } = await callsift(["validate", fixture("I01-displaynames.ndjson"), "--names"])
    const analyzed = await callsift(["analyze", fixture("I01-displaynames.ndjson"), "--names"])
    // oxlint-disable-next-line no-control-regex
    expect(stdout + analyzed.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })
})

describe("the output folder", () => {
  it("is held by one run at a time", async () => {
    const held = join(folder, "held")
    await callsift(["analyze", GOOD, "-o", held, "--quiet"])
    const before = readFileSync(join(held, "report.json"), "utf8")
    writeFileSync(join(held, ".callsift.lock"), JSON.stringify({ pid: process.pid, host: hostname() }))
    const refused = await callsift(["analyze", fixture("F13-null.ndjson"), "-o", held])
    expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(String(process.pid)) })
    expect(readFileSync(join(held, "report.json"), "utf8")).toBe(before)
    // No process has this number: Linux gives none above 2^22.
    writeFileSync(join(held, ".callsift.lock"), JSON.stringify({ pid: 2 ** 30, host: hostname() }))
    writeFileSync(join(held, "report.json.callsift-new"), "left behind")
    expect((await callsift(["analyze", GOOD, "-o", held, "--quiet"])).exitCode).toBe(0)
    expect(readdirSync(held).toSorted()).toEqual(OUTPUTS)
  })

  it("takes no link for a file", async () => {
    const linked = join(folder, "linked")
    await callsift(["analyze", GOOD, "-o", linked, "--quiet"])
    const elsewhere = join(folder, "elsewhere.json")
    rmSync(join(linked, "report.json"))
    symlinkSync(elsewhere, join(linked, "report.json"))
    expect((await callsift(["analyze", GOOD, "-o", linked])).exitCode).toBe(4)
    expect(existsSync(elsewhere)).toBe(false)
  })

  it("is no link itself", async () => {
    const linked = join(folder, "linked-folder")
    const elsewhere = mkdtempSync(join(folder, "elsewhere-"))
    symlinkSync(elsewhere, linked)
    for (const path of [linked, `${linked}/`]) {
      expect(await callsift(["analyze", GOOD, "-o", path])).toMatchObject({ exitCode: 4, stdout: "" })
    }
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it("inside the input folder is not read", async () => {
    const archive = mkdtempSync(join(folder, "archive-"))
    writeFileSync(join(archive, "export.json"), readFileSync(GOOD))
    const first = await callsift(["analyze", archive, "-o", join(archive, "report"), "--json"])
    const second = await callsift(["analyze", archive, "-o", join(archive, "report"), "--json"])
    expect(second.stdout).toBe(first.stdout)
    expect(JSON.parse(first.stdout)).toMatchObject({ totals: { inputs: 1 } })
  })

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("is as it was after %s", async (signal, exitCode) => {
    const output = mkdtempSync(join(folder, "interrupted-"))
    writeFileSync(join(output, "report.json"), "earlier")
    const ended = await callsift(["analyze", "-", "-o", output], {
      during: (child) => {
        child.stdin?.write('[{"id":"1"')
        setTimeout(() => child.kill(signal), 700)
      },
    })
    expect(ended.exitCode).toBe(exitCode)
    expect(readdirSync(output)).toEqual(["report.json"])
    expect(readFileSync(join(output, "report.json"), "utf8")).toBe("earlier")
  })
})

describe("standard output", () => {
  it("that is closed early ends a command quietly", async () => {
    const ended = await callsift(["generate", "--sessions", "20000"], {
      during: (child) => child.stdout?.once("data", () => child.stdout?.destroy()),
    })
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" })
  })

  it.skipIf(!existsSync("/dev/full"))("on a full device is an error that says so", async () => {
    const { spawnSync } = await import("node:child_process")
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" packages/cli/dist/callsift.js analyze "${GOOD}" > /dev/full`],
      {
        cwd: root,
        encoding: "utf8",
      },
    )
    expect(status).toBe(4)
    expect(stderr).toContain("ENOSPC")
  })
})
