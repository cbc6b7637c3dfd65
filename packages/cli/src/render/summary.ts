/**
 * The report on one screen: what was taken, what not and why, and the figures that people ask for first. In: a report.
 * Out: at most 40 lines with the hints below them, none wider than the layout, every text from the data escaped.
 */
import type { Report } from "@callsift/core"
import { rejectTitle } from "@callsift/core"
import { escapeText } from "./escape.ts"
import { bytes, count, counted, duration, minute, percent } from "./quantity.ts"
import { bar, clip, columnsOf, fill, padEnd, padStart, profile, type TextLayout } from "./style.ts"

const LABEL_WIDTH = 16
const COUNT_WIDTH = 9
const PROBLEM_COUNT_WIDTH = 7
const CODE_WIDTH = 30
/** Narrower terminals show codes without their titles, which `callsift rules` has. */
const TITLE_WIDTH = 90
const MAX_INPUT_LINES = 3
const MAX_REJECT_LINES = 4
const MAX_SET_LINES = 4
const MAX_FINDING_LINES = 6
/** Shorter bars say nothing. */
const MIN_BAR_WIDTH = 5

/** The lines of the summary. */
export function summaryLines(report: Report, layout: TextLayout): string[] {
  return [
    ...heading(report, layout),
    ...problems(report, layout),
    ...durations(report, layout),
    ...modalities(report, layout),
    ...people(report, layout),
    ...findings(report, layout),
  ]
}

function row(label: string, text: string, { paint, width }: TextLayout): string {
  return `${paint("dim", padEnd(label, LABEL_WIDTH))}${clip(text, width - LABEL_WIDTH)}`
}

function heading(report: Report, layout: TextLayout): string[] {
  const { totals } = report
  const what = [`${counted(totals.sessions, "session")}${calls(totals)}`]
  if (totals.firstStart !== null && totals.lastEnd !== null)
    what.push(`${minute(totals.firstStart)} to ${minute(totals.lastEnd)} UTC`)
  const parts = [
    `${count(totals.accepted)} accepted`,
    totals.rejected > 0 ? layout.paint("red", `${count(totals.rejected)} rejected`) : "0 rejected",
    `${counted(totals.duplicates, "duplicate")}`,
    `${count(totals.superseded)} superseded`,
  ]
  return [
    ...fill(what, layout.width).map((line) => layout.paint("bold", line)),
    ...parted("sessions", parts, layout),
    row("inputs", `${count(totals.inputs)}, ${bytes(totals.bytes)}${excluded(report)}`, layout),
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
function problems(report: Report, layout: TextLayout): string[] {
  const { paint } = layout
  const faulty = report.inputs.filter(({ status }) => status !== "complete")
  const inputs = faulty.map(({ path, entry, status, error }) => {
    const name = escapeText(entry === undefined ? path : `${path}:${entry}`)
    return `${paint("red", status)} ${name}: ${escapeText(error?.message ?? "")}`
  })
  const rejects = report.rejects.byCode.map(
    (each) => `${padStart(count(each.count), PROBLEM_COUNT_WIDTH)}  ${code(each.code, rejectTitle(each.code), layout)}`,
  )
  return [
    ...rows("", atMost(inputs, MAX_INPUT_LINES, "input"), layout),
    ...rows("rejected", atMost(rejects, MAX_REJECT_LINES, "code"), layout),
  ]
}

/** Rows of parts, as many to a row as fit. */
function parted(label: string, parts: readonly string[], layout: TextLayout): string[] {
  return rows(label, fill(parts, layout.width - LABEL_WIDTH), layout)
}

/** Rows of which the first has the label. */
function rows(label: string, texts: readonly string[], layout: TextLayout): string[] {
  return texts.map((text, index) => row(index === 0 ? label : "", text, layout))
}

/** The first of many, and a line that says how many more there are. */
function atMost(texts: readonly string[], maxLines: number, noun: string): readonly string[] {
  if (texts.length <= maxLines) return texts
  return [...texts.slice(0, maxLines - 1), `and ${counted(texts.length - maxLines + 1, `more ${noun}`)}`]
}

function code(name: string, title: string, { paint, width }: TextLayout): string {
  return width < TITLE_WIDTH ? name : `${padEnd(name, CODE_WIDTH)} ${paint("dim", title)}`
}

function durations({ durations: { overall, histogram } }: Report, layout: TextLayout): string[] {
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
  const most = Math.max(1, ...groups.map((group) => group.count))
  const bars = groups.map(({ label, count: sessions }) => {
    const drawn =
      sessions === 0 ? "" : `  ${paint("cyan", bar(sessions / most, width - LABEL_WIDTH - COUNT_WIDTH - 2))}`
    return `${paint("dim", padEnd(`  ${label}`, LABEL_WIDTH))}${padStart(count(sessions), COUNT_WIDTH)}${drawn}`
  })
  return ["", ...parted("durations", figures, layout), ...bars]
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

function modalities({ modalities: { sets } }: Report, layout: TextLayout): string[] {
  const all = sets.reduce((sum, set) => sum + set.sessions, 0)
  if (all === 0) return []
  const names = sets.map((set) => (set.modalities.length === 0 ? "none" : set.modalities.join(" + ")))
  const nameWidth = Math.min(
    Math.max(...names.slice(0, MAX_SET_LINES).map(columnsOf)),
    layout.width - LABEL_WIDTH - 2 - COUNT_WIDTH,
  )
  const barWidth = layout.width - LABEL_WIDTH - nameWidth - 2 - COUNT_WIDTH - 2
  const lines = sets.map(({ sessions }, index) => {
    const name = padEnd(clip(names[index] ?? "", nameWidth), nameWidth)
    const drawn = barWidth < MIN_BAR_WIDTH ? "" : `  ${layout.paint("cyan", bar(sessions / all, barWidth))}`
    return `${name}  ${padStart(percent(sessions / all), COUNT_WIDTH)}${drawn}`
  })
  return ["", ...rows("modalities", atMost(lines, MAX_SET_LINES, "set"), layout)]
}

function people(report: Report, layout: TextLayout): string[] {
  const { totals, overlap, failures } = report
  const { acrossCalls } = overlap
  const twoCalls =
    acrossCalls.participants === 0
      ? "nobody"
      : `${counted(acrossCalls.participants, "participant")}, ${counted(acrossCalls.pairs, "pair")}, ${duration(acrossCalls.seconds)}`
  const rate = failures.rate === null ? "" : ` (${percent(failures.rate)})`
  return [
    "",
    ...parted("at once", atOnce(report), layout),
    ...hours(report, layout),
    row("participants", count(totals.participants), layout),
    row("in two calls", twoCalls, layout),
    row("failed", `${counted(failures.failed, "session")}${rate}${stages(failures.byStage)}`, layout),
  ]
}

function atOnce({ concurrency: { peak, peakAt, busyHour } }: Report): string[] {
  if (peakAt === null) return ["none at any time"]
  const parts = [`${count(peak)} at ${minute(peakAt)} UTC`]
  if (busyHour !== null) parts.push(`busy hour ${minute(busyHour.start)}, ${busyHour.erlangs.toFixed(1)} erlangs`)
  return parts
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** Starts by hour of the day, over all days. */
function hours({ concurrency: { byHour } }: Report, layout: TextLayout): string[] {
  const started = HOURS.map(() => 0)
  for (const hour of byHour) {
    const ofDay = Number(hour.start.slice(11, 13))
    started[ofDay] = (started[ofDay] ?? 0) + hour.started
  }
  if (started.every((sessions) => sessions === 0)) return []
  return [row("starts by hour", `0 ${layout.paint("cyan", profile(started))} 24 UTC`, layout)]
}

function stages(byStage: Report["failures"]["byStage"]): string {
  const parts = byStage
    .slice(0, 3)
    .map(({ stage, sessions }) => `${escapeText(stage ?? "no stage")} ${count(sessions)}`)
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`
}

const SEVERITY_STYLE = { error: "red", warning: "yellow", note: "dim" } as const

function findings({ findings: all }: Report, layout: TextLayout): string[] {
  if (all.length === 0) return ["", row("findings", layout.paint("green", "none"), layout)]
  const lines = all.map(({ severity, count: times, code: name, title }) => {
    const painted = layout.paint(SEVERITY_STYLE[severity], padEnd(severity, 7))
    return `${padStart(count(times), PROBLEM_COUNT_WIDTH)}  ${painted}  ${code(name, title, layout)}`
  })
  return ["", ...rows("findings", atMost(lines, MAX_FINDING_LINES, "code"), layout)]
}
