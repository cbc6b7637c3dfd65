/**
 * The tables beside the report: whole lists where the report has their first rows, and what is only a table. In: what
 * the report is made of, and the report. Out: for each table its column names and an iterable of rows, which can be
 * gone through again; nothing is held but what the figures hold.
 */
import type { DurationStatistics } from "../aggregate/durations.ts"
import type { Facts } from "../facts/facts.ts"
import { printInstant } from "../model/instant.ts"
import type { CsvCell } from "./csv.ts"
import { participantView, type ShowParticipant } from "./identities.ts"
import type { ReportParts } from "./build.ts"
import type { ReportTable } from "./table.ts"
import type { Report, ReportInput } from "./schema.ts"

/** All tables of a report. */
export function reportTables(report: Report, parts: ReportParts): readonly ReportTable[] {
  const { facts, figures, plan } = parts
  const show = participantView(facts, figures.displayNames, plan)
  return [
    durationsTable(parts),
    table("histogram", ["fromSeconds", "toSeconds", "count"], figures.durations.histogram, (bin) => [
      bin.fromSeconds,
      bin.toSeconds,
      bin.count,
    ]),
    table("concurrency", ["start", "peak", "meanSessions", "started"], figures.concurrency.byHour, (hour) => [
      hour.start,
      hour.peak,
      hour.meanSessions,
      hour.started,
    ]),
    overlapTable(parts, show),
    table("modality-sets", ["modalities", "sessions", "seconds"], figures.modalities.sets, (set) => [
      set.modalities.join(" "),
      set.sessions,
      set.seconds,
    ]),
    table("modality-pairs", ["a", "b", "sessions", "seconds", "jaccard", "lift"], figures.modalities.pairs, (pair) => [
      pair.a,
      pair.b,
      pair.sessions,
      pair.seconds,
      pair.jaccard,
      pair.lift,
    ]),
    table("failures", ["stage", "reason", "sessions"], figures.failures.byReason, (failure) => [
      failure.stage,
      failure.reason,
      failure.sessions,
    ]),
    participantsTable(parts, show),
    callsTable(parts),
    table("days", ["day", "sessions"], figures.coverage.days, (day) => [day.day, day.sessions]),
    inputsTable(report.inputs),
  ]
}

function table<Item>(
  name: string,
  columns: readonly string[],
  items: Iterable<Item>,
  rowOf: (item: Item) => readonly CsvCell[],
): ReportTable {
  const rows = {
    *[Symbol.iterator](): Generator<readonly CsvCell[]> {
      for (const item of items) yield rowOf(item)
    },
  }
  return { name, columns, rows }
}

const STATISTICS = [
  "count",
  "minSeconds",
  "maxSeconds",
  "meanSeconds",
  "stddevSeconds",
  "sumSeconds",
  "p50Seconds",
  "p90Seconds",
  "p95Seconds",
  "p99Seconds",
] as const satisfies readonly (keyof DurationStatistics)[]

/** `group` says by what sessions are told apart, `value` which of them these are; null where nothing says. */
function durationsTable({ figures }: ReportParts): ReportTable {
  const { overall, byModality, byFailure, byCallType } = figures.durations
  const items: readonly { group: string; value: CsvCell; statistics: DurationStatistics }[] = [
    { group: "overall", value: null, statistics: overall },
    ...byModality.map((each) => ({ group: "modality", value: each.modality, statistics: each })),
    ...byFailure.map((each) => ({ group: "failed", value: each.failed, statistics: each })),
    ...byCallType.map((each) => ({ group: "callType", value: each.callType, statistics: each })),
  ]
  return table("durations", ["group", "value", ...STATISTICS], items, ({ group, value, statistics }) => [
    group,
    value,
    ...STATISTICS.map((name) => statistics[name]),
  ])
}

/** The columns that name a participant; the name only where names are shown. */
function participantColumns({ plan }: ReportParts): readonly string[] {
  return plan.names ? ["participant", "displayName"] : ["participant"]
}

function participantCells({ plan }: ReportParts, show: ShowParticipant, participant: number): readonly CsvCell[] {
  const shown = show(participant)
  return plan.names ? [shown.participant, shown.displayName ?? null] : [shown.participant]
}

function overlapTable(parts: ReportParts, show: ShowParticipant): ReportTable {
  const { overlap, participants } = parts.figures
  const counts = ["kind", "sessions", "pairs", "seconds", "maxConcurrent", "acrossCallsPairs", "acrossCallsSeconds"]
  return table("overlap", [...participantColumns(parts), ...counts], overlap.participants, (each) => [
    ...participantCells(parts, show, each.participant),
    participants.talkTimes.kindOf(each.participant),
    each.sessions,
    each.pairs,
    each.seconds,
    each.maxConcurrent,
    each.acrossCalls.pairs,
    each.acrossCalls.seconds,
  ])
}

function participantsTable(parts: ReportParts, show: ShowParticipant): ReportTable {
  const counts = ["kind", "sessions", "calls", "seconds", "unionSeconds"]
  return table(
    "participants",
    [...participantColumns(parts), ...counts],
    parts.figures.participants.talkTimes,
    (each) => [
      ...participantCells(parts, show, each.participant),
      each.kind,
      each.sessions,
      each.calls,
      each.seconds,
      each.unionSeconds,
    ],
  )
}

const CALL_COLUMNS = ["id", "type", "version", "start", "end", "sessions", "participants", "open"]

function callsTable({ facts, figures }: ReportParts): ReportTable {
  return table("calls", CALL_COLUMNS, figures.calls, ({ call, sessions, participants }) => [
    ...callCells(facts.calls.get(call)),
    sessions,
    participants,
    facts.calls.get(call)?.isOpen ?? null,
  ])
}

function callCells(call: ReturnType<Facts["calls"]["get"]>): readonly CsvCell[] {
  if (call === undefined) throw new RangeError("a call of the figures is not in the facts")
  const { id, type, version, startTicks, endTicks } = call
  return [
    id,
    type,
    version,
    startTicks === null ? null : printInstant(startTicks),
    endTicks === null ? null : printInstant(endTicks),
  ]
}

const INPUT_COLUMNS = [
  "path",
  "entry",
  "sizeBytes",
  "sha256",
  "compression",
  "encoding",
  "layout",
  "content",
  "status",
  "records",
  "sessions",
  "accepted",
  "rejected",
  "duplicates",
  "superseded",
] as const satisfies readonly (keyof ReportInput)[]

function inputsTable(inputs: readonly ReportInput[]): ReportTable {
  return table("inputs", [...INPUT_COLUMNS, "errorCode", "errorOffset", "errorMessage"], inputs, (input) => [
    ...INPUT_COLUMNS.map((name) => input[name] ?? null),
    input.error?.code ?? null,
    input.error?.offset ?? null,
    input.error?.message ?? null,
  ])
}
