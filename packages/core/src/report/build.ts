/**
 * From figures and evidence to the report document. In: what every stage found, in any order. Out: the document, keys
 * and lists in the order of the contract, so equal findings give equal bytes.
 */
import type { Figures } from "../aggregate/figures.ts"
import { secondsOf } from "../aggregate/rational.ts"
import { byCountThenName, compareNames } from "../aggregate/count-order.ts"
import type { Selection } from "../aggregate/selection.ts"
import { SEVERITIES, type FindingCode, type RejectCode, type Severity } from "../check/rules.ts"
import type { Facts } from "../facts/facts.ts"
import type { CodeFindings } from "../facts/findings.ts"
import { printInstant } from "../model/instant.ts"
import { example } from "./evidence-line.ts"
import { participantView, showId, type Privacy, type ShowParticipant } from "./identities.ts"
import { compareInputs } from "./input-entry.ts"
import type { Report, ReportInput } from "./schema.ts"

/** The decisions that the report names. A plan is one. */
export interface ReportPlan extends Selection, Privacy {
  readonly asOf: bigint | null
  readonly maxDurationTicks: bigint
  readonly maxRecordBytes: number
  readonly maxDepth: number
  readonly maxInflatedBytes: number | null
  readonly maxEntries: number
  readonly hash: boolean
}

/** Everything that a report is made of. */
export interface ReportParts {
  readonly tool: Report["tool"]
  readonly plan: ReportPlan
  readonly inputs: readonly ReportInput[]
  readonly archives: Report["archives"]
  readonly skipped: Report["skipped"]
  readonly facts: Facts
  readonly figures: Figures
  /** Lists of sessions or calls whose next page is in no input. */
  readonly openPageCount: number
  readonly findings: readonly CodeFindings[]
  readonly ruleOf: (code: FindingCode) => { readonly severity: Severity; readonly title: string }
  readonly rejectCounts: ReadonlyMap<RejectCode, number>
}

/** A list of counts is this long at most in the report; tables have all of it. */
const MAX_LISTED = 1000
const MAX_TOP = 100

/** The report document. Throws a RangeError where names are asked for together with pseudonyms. */
export function buildReport(parts: ReportParts): Report {
  const { figures, facts } = parts
  const show = participantView(facts, figures.displayNames, parts.plan)
  return {
    format: "callsift-report",
    formatVersion: "1.0",
    tool: { name: parts.tool.name, version: parts.tool.version },
    options: reportOptions(parts.plan),
    complete: parts.inputs.every((input) => input.status === "complete"),
    inputs: parts.inputs.toSorted(compareInputs),
    archives: parts.archives.toSorted(compareInputs),
    skipped: parts.skipped.toSorted(compareInputs),
    totals: totals(parts),
    durations: { ...figures.durations, byCallType: listed(figures.durations.byCallType) },
    concurrency: concurrency(figures),
    overlap: overlap(figures, show),
    modalities: { ...figures.modalities, sets: listed(figures.modalities.sets) },
    failures: {
      ...figures.failures,
      byStage: listed(figures.failures.byStage),
      byReason: listed(figures.failures.byReason),
    },
    participants: participants(figures, show),
    coverage: coverage(parts),
    findings: findings(parts),
    rejects: rejects(parts.rejectCounts),
  }
}

function listed<Item>(list: readonly Item[]): readonly Item[] {
  return list.slice(0, MAX_LISTED)
}

/** The options that can change a figure, as documents name them. */
export function reportOptions(plan: ReportPlan): Report["options"] {
  return {
    since: printMaybe(plan.since),
    until: printMaybe(plan.until),
    participant: plan.participant === null ? null : showId(plan.participant, plan.pseudonymKey),
    modality: plan.modality as Report["options"]["modality"],
    failed: plan.failed,
    includeTests: plan.includeTests,
    asOf: printMaybe(plan.asOf),
    maxDurationSeconds: secondsOf(plan.maxDurationTicks),
    maxRecordBytes: plan.maxRecordBytes,
    maxDepth: plan.maxDepth,
    maxInflatedBytes: plan.maxInflatedBytes,
    maxEntries: plan.maxEntries,
    hash: plan.hash,
    names: plan.names,
    pseudonyms: plan.pseudonymKey !== null,
  }
}

function printMaybe(ticks: bigint | null): string | null {
  return ticks === null ? null : printInstant(ticks)
}

function totals({ inputs, archives, facts, figures }: ReportParts): Report["totals"] {
  const sum = (countOf: (input: ReportInput) => number): number =>
    inputs.reduce((total, input) => total + countOf(input), 0)
  // An archive is stored once, whatever its entries inflate to.
  const archiveBytes = archives.reduce((total, archive) => total + archive.sizeBytes, 0)
  return {
    inputs: inputs.length,
    bytes: archiveBytes + sum((input) => (input.entry === undefined ? input.sizeBytes : 0)),
    records: sum((input) => input.records),
    calls: facts.calls.count,
    sessions: sum((input) => input.sessions),
    accepted: sum((input) => input.accepted),
    rejected: sum((input) => input.rejected),
    duplicates: sum((input) => input.duplicates),
    superseded: sum((input) => input.superseded),
    participants: figures.participants.talkTimes.count,
    firstStart: printMaybe(figures.extent.firstStartTicks),
    lastEnd: printMaybe(figures.extent.lastEndTicks),
    excluded: { ...figures.excluded },
  }
}

function concurrency({ concurrency: figures }: Figures): Report["concurrency"] {
  const { peak, peakAt, meanSessions, busyHour, byHour, byModality } = figures
  return {
    peak,
    peakAt,
    meanSessions,
    busyHour,
    byHour,
    byModality: byModality.map((each) => ({ modality: each.modality, peak: each.peak, peakAt: each.peakAt })),
  }
}

function overlap(figures: Figures, show: ShowParticipant): Report["overlap"] {
  const { participantsWithOverlap, acrossCalls, sameCall, participants: all } = figures.overlap
  return {
    participantsWithOverlap,
    acrossCalls,
    sameCall,
    top: all.first(MAX_TOP).map(({ participant, ...counts }) => ({
      ...show(participant),
      kind: figures.participants.talkTimes.kindOf(participant),
      ...counts,
    })),
  }
}

function participants(figures: Figures, show: ShowParticipant): Report["participants"] {
  const { talkTimes, byKind, byTenant, byPlatform, byProductFamily } = figures.participants
  return {
    top: talkTimes.first(MAX_TOP).map(({ participant, ...counts }) => ({ ...show(participant), ...counts })),
    byKind: listed(byKind).map(({ value, ...counts }) => ({ kind: value, ...counts })),
    byTenant: listed(byTenant).map(({ value, ...counts }) => ({ tenant: value, ...counts })),
    byPlatform: listed(byPlatform).map(({ value, ...counts }) => ({ platform: value, ...counts })),
    byProductFamily: listed(byProductFamily).map(({ value, ...counts }) => ({ productFamily: value, ...counts })),
  }
}

function coverage({ figures, openPageCount }: ReportParts): Report["coverage"] {
  const { days, gaps, incompleteCalls, sessionsWithoutCall, unknownProperties, moreUnknownProperties } =
    figures.coverage
  return {
    days,
    gaps,
    incompleteCalls,
    openPages: openPageCount,
    sessionsWithoutCall,
    unknownProperties,
    moreUnknownProperties,
  }
}

function findings({ findings: byCode, ruleOf }: ReportParts): Report["findings"] {
  return byCode
    .map(({ code, count, examples }) => {
      const { severity, title } = ruleOf(code)
      return { code, severity, count, title, examples: examples.map(example) }
    })
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareNames(a.code, b.code))
}

function rejects(counts: ReportParts["rejectCounts"]): Report["rejects"] {
  const byCode = [...counts].filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }))
  return {
    count: byCode.reduce((sum, each) => sum + each.count, 0),
    byCode: byCode.toSorted(
      byCountThenName(
        (each) => each.count,
        (each) => each.code,
      ),
    ),
  }
}
