import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { csvLines, reportText, type Analysis, type FindingLine, type RejectLine } from "@callsift/core"
import { ReportFiles } from "#cli/output/report-files.ts"
import { EMPTY_REPORT } from "../example-report.ts"
import { contentsOf, temporaryFolder } from "./temporary-folder.ts"

const root = temporaryFolder()
let next = 0
const newPath = (): string => join(root, `folder-${next++}`)

const PLACE = { input: "calls.json", offset: 0, length: 2, line: 1, record: 0, message: "wrong" }
const REJECT: RejectLine = { code: "json/malformed", ...PLACE, sha256: "00" }
const FINDING: FindingLine = { code: "session/duplicate", severity: "note", ...PLACE }
const TABLE = { name: "days", columns: ["day", "sessions"], rows: [["2026-01-05", 3]] }
const RUN: Analysis["run"] = {
  format: "callsift-run",
  tool: { name: "callsift", version: "0.1.0" },
  startedAt: "2026-01-05T09:00:00.000Z",
  elapsedSeconds: 1,
  machine: { host: "here", platform: "linux", release: "6", arch: "x64", cores: 2, node: "v20" },
  workers: 2,
  mainThreadBusyShare: 0.1,
  cpuSeconds: 1,
  peakMemoryBytes: 1,
  blocks: 1,
  retriedBlocks: 0,
  engine: "fast",
  handedOver: 0,
  handedOverShare: 0,
  inputs: [],
}
const ANALYSIS: Analysis = { report: EMPTY_REPORT, findings: [FINDING, FINDING], tables: [TABLE], run: RUN }

const WRITTEN = {
  "findings.ndjson": `${JSON.stringify(FINDING)}\n`.repeat(2),
  "rejects.ndjson": `${JSON.stringify(REJECT)}\n`,
  "report.json": reportText(EMPTY_REPORT),
  "run.json": `${JSON.stringify(RUN, null, 2)}\n`,
  [join("tables", "days.csv")]: [...csvLines(TABLE)].join(""),
}

async function writeAll(path: string, check = (): void => {}): Promise<void> {
  const files = await ReportFiles.open(path)
  try {
    files.addReject(REJECT)
    await files.write(ANALYSIS, check)
  } finally {
    await files.close()
  }
}

describe("ReportFiles", () => {
  it("are all there", async () => {
    const path = newPath()
    await writeAll(path)
    expect(contentsOf(path)).toEqual(WRITTEN)
  })

  it("are as they were where the run is given up, at any check", async () => {
    const path = newPath()
    await writeAll(path)
    let checkCount = 0
    await writeAll(path, () => void checkCount++)
    expect(checkCount).toBeGreaterThan(4)
    for (let at = 0; at < checkCount; at++) {
      let count = 0
      const check = (): void => {
        if (count++ === at) throw new Error("given up")
      }
      await expect(writeAll(path, check)).rejects.toThrow("given up")
      expect(contentsOf(path)).toEqual(WRITTEN)
    }
  })

  it("are as they were where what is to be written cannot be told", async () => {
    const path = newPath()
    await writeAll(path)
    const files = await ReportFiles.open(path)
    const findings = {
      *[Symbol.iterator](): Generator<FindingLine> {
        yield FINDING
        throw new RangeError("fault")
      },
    }
    await expect(files.write({ ...ANALYSIS, findings }, () => {})).rejects.toThrow("fault")
    await files.close()
    expect(contentsOf(path)).toEqual(WRITTEN)
  })

  it("say in run.json alone what a fault was", async () => {
    const path = newPath()
    await writeAll(path)
    const files = await ReportFiles.open(path)
    files.addReject(REJECT)
    files.addReject(REJECT)
    await files.writeFault({ name: "TypeError", stack: ["at here"] })
    await files.close()
    const { "run.json": run = "", ...others } = contentsOf(path)
    expect(JSON.parse(run)).toMatchObject({
      format: "callsift-run",
      tool: { name: "callsift" },
      fault: { name: "TypeError", stack: ["at here"] },
    })
    expect({ ...others, "run.json": WRITTEN["run.json"] }).toEqual(WRITTEN)
  })
})
