/** A report whose every figure is written out, and ways to change it. */
import type { Report, ReportInput } from "@callsift/core"

const NO_STATISTICS = {
  count: 0,
  minSeconds: null,
  maxSeconds: null,
  meanSeconds: null,
  stddevSeconds: null,
  sumSeconds: null,
  p50Seconds: null,
  p90Seconds: null,
  p95Seconds: null,
  p99Seconds: null,
}

const NO_OVERLAP = { pairs: 0, seconds: 0, participants: 0 }

/** An input that is complete. */
export const COMPLETE_INPUT: ReportInput = {
  path: "archive/calls.json",
  sizeBytes: 1000,
  sha256: null,
  compression: "none",
  encoding: "utf-8",
  layout: "array",
  content: "sessions",
  status: "complete",
  records: 0,
  sessions: 0,
  accepted: 0,
  rejected: 0,
  duplicates: 0,
  superseded: 0,
}

/** An input that is cut off. */
export const TRUNCATED_INPUT: ReportInput = {
  ...COMPLETE_INPUT,
  path: "archive/cut.json",
  status: "truncated",
  error: { code: "input/truncated", message: "the input ends within a value; export it again", offset: 917 },
}

/** What is said of an archive of no sessions. */
export const EMPTY_REPORT: Report = {
  format: "callsift-report",
  formatVersion: "1.0",
  tool: { name: "callsift", version: "0.1.0" },
  options: {
    since: null,
    until: null,
    participant: null,
    modality: null,
    failed: false,
    includeTests: false,
    asOf: null,
    maxDurationSeconds: 86_400,
    maxRecordBytes: 16_777_216,
    maxDepth: 128,
    maxInflatedBytes: null,
    maxEntries: 10_000,
    hash: true,
    names: false,
    pseudonyms: false,
  },
  complete: true,
  inputs: [COMPLETE_INPUT],
  archives: [],
  skipped: [],
  totals: {
    inputs: 1,
    bytes: 1000,
    records: 0,
    calls: 0,
    sessions: 0,
    accepted: 0,
    rejected: 0,
    duplicates: 0,
    superseded: 0,
    participants: 0,
    firstStart: null,
    lastEnd: null,
    excluded: { testCalls: 0, startAfterEnd: 0, filtered: 0 },
  },
  durations: { overall: NO_STATISTICS, byModality: [], byFailure: [], byCallType: [], histogram: [] },
  concurrency: { peak: 0, peakAt: null, meanSessions: null, busyHour: null, byHour: [], byModality: [] },
  overlap: { participantsWithOverlap: 0, acrossCalls: NO_OVERLAP, sameCall: NO_OVERLAP, top: [] },
  modalities: { sets: [], pairs: [], single: [] },
  failures: { failed: 0, rate: null, segmentFailures: 0, byStage: [], byReason: [] },
  participants: { top: [], byKind: [], byTenant: [], byPlatform: [], byProductFamily: [] },
  coverage: {
    days: [],
    gaps: [],
    incompleteCalls: 0,
    openPages: 0,
    sessionsWithoutCall: 0,
    unknownProperties: [],
    moreUnknownProperties: false,
  },
  findings: [],
  rejects: { count: 0, byCode: [] },
}

const finding = (
  code: Report["findings"][number]["code"],
  severity: "error" | "warning" | "note",
  count: number,
  title: string,
): Report["findings"][number] => ({ code, severity, count, title, examples: [] })

/** An archive in which everything occurs that the summary speaks of. */
export const FULL_REPORT: Report = {
  ...EMPTY_REPORT,
  complete: false,
  inputs: [COMPLETE_INPUT, TRUNCATED_INPUT],
  totals: {
    inputs: 2,
    bytes: 1_234_567,
    records: 1005,
    calls: 200,
    sessions: 1005,
    accepted: 1000,
    rejected: 2,
    duplicates: 1,
    superseded: 2,
    participants: 321,
    firstStart: "2026-01-05T09:00:03.8251657Z",
    lastEnd: "2026-01-06T17:30:00.0000000Z",
    excluded: { testCalls: 1, startAfterEnd: 3, filtered: 4 },
  },
  durations: {
    ...EMPTY_REPORT.durations,
    overall: {
      count: 992,
      minSeconds: 0,
      maxSeconds: 7320,
      meanSeconds: 1953,
      stddevSeconds: 100,
      sumSeconds: 932_400,
      p50Seconds: 1732,
      p90Seconds: 4000,
      p95Seconds: 5160,
      p99Seconds: 7000,
    },
    histogram: [
      { fromSeconds: 0, toSeconds: 1, count: 2 },
      { fromSeconds: 1, toSeconds: 60, count: 90 },
      { fromSeconds: 60, toSeconds: 300, count: 300 },
      { fromSeconds: 300, toSeconds: 1800, count: 600 },
      { fromSeconds: 1800, toSeconds: null, count: 0 },
    ],
  },
  concurrency: {
    ...EMPTY_REPORT.concurrency,
    peak: 31,
    peakAt: "2026-01-05T11:04:00.0000000Z",
    busyHour: { start: "2026-01-05T11:00:00.0000000Z", sessionSeconds: 61_920, erlangs: 17.2 },
    byHour: [
      { start: "2026-01-05T09:00:00.0000000Z", peak: 3, meanSessions: 1, started: 30 },
      { start: "2026-01-05T10:00:00.0000000Z", peak: 3, meanSessions: 1, started: 0 },
      { start: "2026-01-06T09:00:00.0000000Z", peak: 3, meanSessions: 1, started: 30 },
      { start: "2026-01-06T23:00:00.0000000Z", peak: 3, meanSessions: 1, started: 15 },
    ],
  },
  overlap: { ...EMPTY_REPORT.overlap, acrossCalls: { pairs: 10, seconds: 13_620, participants: 9 } },
  modalities: {
    ...EMPTY_REPORT.modalities,
    sets: [
      { modalities: ["audio"], sessions: 750, seconds: 1 },
      { modalities: ["audio", "video"], sessions: 248, seconds: 1 },
      { modalities: [], sessions: 2, seconds: 1 },
    ],
  },
  failures: {
    ...EMPTY_REPORT.failures,
    failed: 17,
    rate: 0.017,
    byStage: [
      { stage: "callSetup", sessions: 10 },
      { stage: null, sessions: 7 },
    ],
  },
  findings: [
    finding("session/start-after-end", "error", 3, "Sessions that start after they end"),
    finding("participant/overlapping-calls", "warning", 9, "Participants in two calls at once"),
    finding("session/duplicate", "note", 1, "Sessions that stand in the archive before"),
  ],
  rejects: { count: 2, byCode: [{ code: "json/invalid-utf8", count: 2 }] },
}
