/** The report on one screen: what was taken, what not and why, and the figures that people ask for first. */
import type { Report } from "@callsift/core"
import { rejectTitle } from "@callsift/core"
import { escapeText } from "./escape.ts"
import { bytes, count, counted, duration, minute, percent } from "./quantity.ts"
import { bar, clip, padEnd, padStart, type Paint } from "./style.ts"

/** How the summary is laid out. */
export interface SummaryLayout {
  readonly paint: Paint
  /** Columns that may be used. */
  readonly width: number
}

const LABEL_WIDTH = 16
const MAX_INPUT_LINES = 6
const MAX_FINDING_LINES = 8
const MAX_SET_LINES = 5

/** The lines of the summary. */
export function summaryLines(report: Report, layout: SummaryLayout): string[] {
  return [
    ...heading(report, layout),
    ...problems(report, layout),
    ...durations(report, layout),
    ...modalities(report, layout),
    ...people(report, layout),
    ...findings(report, layout),
  ]
}

function row(label: string, text: string, { paint, width }: SummaryLayout): string {
  return `${paint("dim", padEnd(label, LABEL_WIDTH))}${clip(text, width - LABEL_WIDTH)}`
}

function heading(report: Report, layout: SummaryLayout): string[] {
  const { totals } = report
  const span =
    totals.firstStart === null || totals.lastEnd === null
      ? ""
      : `, ${minute(totals.firstStart)} to ${minute(totals.lastEnd)} UTC`
  const parts = [
    `${count(totals.accepted)} accepted`,
    totals.rejected > 0 ? layout.paint("red", `${count(totals.rejected)} rejected`) : "0 rejected",
    `${counted(totals.duplicates, "duplicate")}`,
    `${count(totals.superseded)} superseded`,
  ]
  return [
    layout.paint("bold", `${counted(totals.sessions, "session")}${calls(totals)}${span}`),
    row("sessions", parts.join(" · "), layout),
    row("inputs", `${counted(totals.inputs, "input")}, ${bytes(totals.bytes)}${excluded(report)}`, layout),
  ]
}

/** Sessions that name no call are no sessions of no call. */
function calls({ calls: known, sessions }: Report["totals"]): string {
  return known === 0 && sessions > 0 ? " of calls that are not named" : ` in ${counted(known, "call")}`
}

function excluded({ totals: { excluded: out } }: Report): string {
  const parts = [
    out.testCalls > 0 ? `${counted(out.testCalls, "test call")} left out` : "",
    out.filtered > 0 ? `${count(out.filtered)} filtered out` : "",
    out.startAfterEnd > 0 ? `${count(out.startAfterEnd)} without a usable duration` : "",
  ].filter((part) => part !== "")
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`
}

/** Inputs that are not complete, and rejects by code. */
function problems(report: Report, layout: SummaryLayout): string[] {
  const { paint } = layout
  const faulty = report.inputs.filter(({ status }) => status !== "complete")
  const lines = faulty.slice(0, MAX_INPUT_LINES).map(({ path, entry, status, error }) => {
    const name = escapeText(entry === undefined ? path : `${path}:${entry}`)
    return row("", `${paint("red", status)} ${name}: ${error?.message ?? ""}`, layout)
  })
  if (faulty.length > MAX_INPUT_LINES) lines.push(row("", `and ${count(faulty.length - MAX_INPUT_LINES)} more`, layout))
  const rejects = report.rejects.byCode.map((each, index) =>
    row(
      index === 0 ? "rejected" : "",
      `${padStart(count(each.count), 7)}  ${padEnd(each.code, 38)} ${paint("dim", rejectTitle(each.code))}`,
      layout,
    ),
  )
  return [...lines, ...rejects]
}

function durations({ durations: { overall, histogram } }: Report, layout: SummaryLayout): string[] {
  if (overall.count === 0) return []
  const { paint, width } = layout
  const figures = [
    `median ${duration(overall.p50Seconds ?? 0)}`,
    `mean ${duration(overall.meanSeconds ?? 0)}`,
    `p95 ${duration(overall.p95Seconds ?? 0)}`,
    `max ${duration(overall.maxSeconds ?? 0)}`,
    `total ${duration(overall.sumSeconds ?? 0)}`,
  ]
  const groups = grouped(histogram)
  const most = Math.max(...groups.map((group) => group.count))
  const bars = groups.map((group) => {
    const drawn = paint("cyan", padEnd(bar(group.count / most, width - LABEL_WIDTH - 12), 0))
    return `${paint("dim", padEnd(`  ${group.label}`, LABEL_WIDTH))}${padStart(count(group.count), 9)}  ${drawn}`
  })
  return ["", row("durations", figures.join(" · "), layout), ...bars]
}

const GROUPS = [
  { label: "under 1 min", fromSeconds: 0 },
  { label: "1 to 5 min", fromSeconds: 60 },
  { label: "5 to 30 min", fromSeconds: 300 },
  { label: "30 min to 1 h", fromSeconds: 1800 },
  { label: "1 to 4 h", fromSeconds: 3600 },
  { label: "over 4 h", fromSeconds: 14_400 },
]

/** The report's bins in fewer, whose edges are among theirs. */
function grouped(histogram: Report["durations"]["histogram"]): { label: string; count: number }[] {
  return GROUPS.map(({ label, fromSeconds }, index) => {
    const end = GROUPS[index + 1]?.fromSeconds ?? Number.POSITIVE_INFINITY
    const bins = histogram.filter((bin) => bin.fromSeconds >= fromSeconds && bin.fromSeconds < end)
    return { label, count: bins.reduce((sum, bin) => sum + bin.count, 0) }
  })
}

function modalities({ modalities: { sets } }: Report, layout: SummaryLayout): string[] {
  const all = sets.reduce((sum, set) => sum + set.sessions, 0)
  if (all === 0) return []
  const { paint, width } = layout
  const names = sets
    .slice(0, MAX_SET_LINES)
    .map((set) => (set.modalities.length === 0 ? "none" : set.modalities.join(" + ")))
  const nameWidth = Math.min(Math.max(...names.map((name) => name.length)), 44)
  return [
    "",
    ...names.map((name, index) => {
      const sessions = sets[index]?.sessions ?? 0
      const drawn = paint("cyan", bar(sessions / all, Math.max(8, width - LABEL_WIDTH - nameWidth - 12)))
      return `${paint("dim", padEnd(index === 0 ? "modalities" : "", LABEL_WIDTH))}${padEnd(clip(name, nameWidth), nameWidth)}  ${padStart(percent(sessions / all), 8)}  ${drawn}`
    }),
    ...(sets.length > MAX_SET_LINES
      ? [row("", `and ${counted(sets.length - MAX_SET_LINES, "more set")}`, layout)]
      : []),
  ]
}

function people(report: Report, layout: SummaryLayout): string[] {
  const { totals, overlap, failures, concurrency } = report
  const peak =
    concurrency.peakAt === null ? "none at any time" : `${count(concurrency.peak)} at ${minute(concurrency.peakAt)} UTC`
  const busy =
    concurrency.busyHour === null
      ? ""
      : ` · busy hour ${minute(concurrency.busyHour.start)}, ${concurrency.busyHour.erlangs.toFixed(1)} erlangs`
  const { acrossCalls } = overlap
  const twoCalls =
    acrossCalls.participants === 0
      ? "nobody"
      : `${counted(acrossCalls.participants, "participant")}, ${counted(acrossCalls.pairs, "pair")}, ${duration(acrossCalls.seconds)}`
  const rate = failures.rate === null ? "" : ` (${percent(failures.rate)})`
  return [
    "",
    row("at once", `${peak}${busy}`, layout),
    row("participants", count(totals.participants), layout),
    row("in two calls", twoCalls, layout),
    row("failed", `${counted(failures.failed, "session")}${rate}${stages(failures.byStage)}`, layout),
  ]
}

function stages(byStage: Report["failures"]["byStage"]): string {
  const parts = byStage
    .slice(0, 3)
    .map(({ stage, sessions }) => `${escapeText(stage ?? "no stage")} ${count(sessions)}`)
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`
}

const SEVERITY_STYLE = { error: "red", warning: "yellow", note: "dim" } as const

function findings({ findings: all }: Report, layout: SummaryLayout): string[] {
  if (all.length === 0) return ["", row("findings", layout.paint("green", "none"), layout)]
  const lines = all.slice(0, MAX_FINDING_LINES).map(({ severity, count: times, code, title }, index) => {
    const text = `${padStart(count(times), 7)}  ${layout.paint(SEVERITY_STYLE[severity], padEnd(severity, 7))}  ${padEnd(code, 29)} ${layout.paint("dim", title)}`
    return row(index === 0 ? "findings" : "", text, layout)
  })
  if (all.length > MAX_FINDING_LINES)
    lines.push(row("", `and ${counted(all.length - MAX_FINDING_LINES, "more code")}`, layout))
  return ["", ...lines]
}
