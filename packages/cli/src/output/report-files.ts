/** The files of a report: `report.json`, `rejects.ndjson`, `findings.ndjson`, `tables/*.csv`, `run.json`. */
import { csvLines, reportText, TOOL, type Analysis, type RejectLine } from "@callsift/core"
import type { Fault } from "../fault.ts"
import { OutputFolder } from "./output-folder.ts"
import type { OutputFile } from "./output-file.ts"

const TABLES = "tables"

/** The outputs of one run. */
export class ReportFiles {
  readonly #folder: OutputFolder
  readonly #rejects: OutputFile

  private constructor(folder: OutputFolder, rejects: OutputFile) {
    this.#folder = folder
    this.#rejects = rejects
  }

  /** Takes the folder, so that what keeps a report from being written is known before anything is read. */
  static async open(path: string): Promise<ReportFiles> {
    const folder = await OutputFolder.take(path, [TABLES])
    try {
      return new ReportFiles(folder, await folder.create("rejects.ndjson"))
    } catch (cause) {
      await folder.release()
      throw cause
    }
  }

  readonly addReject = (reject: RejectLine): void => {
    this.#rejects.add(`${JSON.stringify(reject)}\n`)
  }

  /** Writes the rest, and puts all in place. `check` may throw between two files, and then nothing is put in place. */
  async write({ report, findings, tables, run }: Analysis, check: () => void): Promise<void> {
    await this.#rejects.end()
    const files: [string, Iterable<string>][] = [
      ["findings.ndjson", jsonLines(findings)],
      ...tables.map((table): [string, Iterable<string>] => [`${TABLES}/${table.name}.csv`, csvLines(table)]),
      ["run.json", [documentText(run)]],
      // Last, so that whoever sees a new report sees all that belongs to it.
      ["report.json", [reportText(report)]],
    ]
    for (const [name, texts] of files) {
      check()
      await this.#writeFile(name, texts)
    }
    check()
    await this.#folder.commit()
  }

  /** Writes into `run.json` what a fault of callsift itself was. The other outputs stay as they were. */
  async writeFault(fault: Fault): Promise<void> {
    await this.#folder.clear()
    await this.#writeFile("run.json", [documentText({ format: "callsift-run", tool: TOOL, fault })])
    await this.#folder.commit()
  }

  /** Lets go of the folder. What was not put in place is removed. */
  async close(): Promise<void> {
    await this.#folder.release()
  }

  async #writeFile(name: string, texts: Iterable<string>): Promise<void> {
    const file = await this.#folder.create(name)
    for (const text of texts) file.add(text)
    await file.end()
  }
}

function documentText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

function* jsonLines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`
}
