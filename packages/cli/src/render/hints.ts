/** What to do next, below the summary. */
import type { Report } from "@callsift/core"
import { escapeText } from "./escape.ts"
import { clip, fill, type TextLayout } from "./style.ts"

/** The lines of the hints; `folder` is where the report was written, or null. */
export function hintLines(report: Report, folder: string | null, { paint, width }: TextLayout): string[] {
  const hints = folder === null ? onTerminal(report) : inFolder(report, escapeText(folder))
  return ["", ...fill(hints, width).map((line) => paint("dim", clip(line, width)))]
}

function onTerminal({ rejects, findings, complete }: Report): string[] {
  const hints = ["-o FOLDER keeps the report"]
  if (rejects.count > 0 || findings.length > 0 || !complete)
    hints.push("callsift validate shows where each problem lies")
  return hints
}

function inFolder({ rejects, findings }: Report, folder: string): string[] {
  const hints = [`report.json and tables are in ${folder}`]
  if (rejects.count > 0) hints.push("rejects.ndjson says where each reject lies")
  if (findings.length > 0) hints.push("findings.ndjson where each finding lies")
  return hints
}
