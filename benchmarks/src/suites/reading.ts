/** Suites about one large file: against DuckDB, by layout, by shape, compressed, by workers, by engine. */
import { callsift, duckdb, gunzip, jq, jsonParse, sha256, simdjson, streamJson } from "../cases.ts"
import { sample } from "../sample.ts"
import type { Suite, Target } from "../suite.ts"

const gigabyte = sample({ megabytes: 1000 })

/** Another's wall time by ours: how many times faster it is. */
function faster(what: string, of: string, against: string, required: number, aim: number): Target {
  return { what, measure: "speed", of, against, isAtLeast: true, required, aim }
}

/** Our wall time by another's. */
function wallWithin(what: string, of: string, against: string, required: number, aim: number): Target {
  return { what, measure: "wall", of, against, isAtLeast: false, required, aim }
}

/** 1 GB of lean sessions. */
export const lean: Suite = {
  name: "lean",
  about: "1 GB of lean sessions, one a line, against DuckDB's same audit and against hashing alone",
  repeats: 5,
  cases: [
    callsift("callsift", gigabyte),
    callsift("callsift --no-hash", gigabyte, "--no-hash"),
    duckdb("DuckDB, same audit", gigabyte, "callsift"),
    sha256("SHA-256 alone", gigabyte),
  ],
  targets: [
    faster("lean NDJSON 1 GB against DuckDB's same audit, with hashing", "callsift", "DuckDB, same audit", 2, 3),
    faster("the same without hashing", "callsift --no-hash", "DuckDB, same audit", 3, 4.5),
    wallWithin("lean NDJSON 1 GB with hashing, wall time against SHA-256 alone", "callsift", "SHA-256 alone", 1.6, 1.2),
  ],
}

const calls = sample({ profile: "full", layout: "callRecords-ndjson" })
const callList = sample({ profile: "full", layout: "callRecords" })
const fullSessions = sample({ profile: "full" })

/** Sessions with segments and media, inside of callRecords. */
export const full: Suite = {
  name: "full",
  about:
    "500 MB of the full profile: callRecords with nested sessions and segments, one a line or in one array; sessions alone",
  repeats: 5,
  cases: [
    callsift("callsift, callRecords", calls),
    callsift("callsift --no-hash, callRecords", calls, "--no-hash"),
    duckdb("DuckDB, callRecords", calls, "callsift, callRecords"),
    callsift("callsift, array of callRecords", callList),
    duckdb("DuckDB, array of callRecords", callList, "callsift, array of callRecords"),
    callsift("callsift, sessions", fullSessions),
    duckdb("DuckDB, sessions", fullSessions, "callsift, sessions"),
  ],
  targets: [
    faster(
      "callRecords with sessions and segments against DuckDB's same audit, with hashing",
      "callsift, callRecords",
      "DuckDB, callRecords",
      1.2,
      1.7,
    ),
    faster("the same without hashing", "callsift --no-hash, callRecords", "DuckDB, callRecords", 1.8, 2.6),
  ],
}

const lines = sample()
const array = sample({ layout: "array" })
const page = sample({ layout: "odata-page" })

/** The same sessions in other layouts. */
export const layouts: Suite = {
  name: "layouts",
  about: "500 MB of the same lean sessions: one a line, in one array, in one page",
  repeats: 3,
  cases: [
    callsift("NDJSON", lines),
    callsift("array", array),
    callsift("page", page),
    duckdb("DuckDB, array", array, "array"),
    callsift("NDJSON --no-hash", lines, "--no-hash"),
    callsift("array --no-hash", array, "--no-hash"),
    callsift("page --no-hash", page, "--no-hash"),
  ],
  targets: [
    faster("one big array against NDJSON of the same sessions", "array", "NDJSON", 0.7, 0.95),
    faster("one page against NDJSON of the same sessions", "page", "NDJSON", 0.7, 0.95),
  ],
}

const varied = sample({ shapes: "varied" })

/** Keys in random order, many nulls and absences. */
export const shapes: Suite = {
  name: "shapes",
  about:
    "500 MB of lean sessions whose keys come in random order, with many properties null or absent, against uniform ones",
  repeats: 3,
  cases: [
    callsift("uniform", lines),
    callsift("varied", varied),
    callsift("uniform --no-hash", lines, "--no-hash"),
    callsift("varied --no-hash", varied, "--no-hash"),
    duckdb("DuckDB, varied", varied, "varied"),
  ],
  targets: [faster("varied shapes against uniform ones", "varied", "uniform", 0.4, 0.7)],
}

const gzip = sample({ gzip: true })

/** Compressed input; sizes and speeds are those of the text inside. */
export const compressed: Suite = {
  name: "gzip",
  about: "500 MB of lean sessions in a gzip file; speeds are those of the text inside",
  repeats: 3,
  cases: [
    callsift("callsift", gzip),
    callsift("callsift --no-hash", gzip, "--no-hash"),
    gunzip("gzip -dc", gzip),
    duckdb("DuckDB, same audit", gzip, "callsift"),
  ],
  targets: [wallWithin("gzip input, wall time against gzip -dc", "callsift", "gzip -dc", 1.3, 1.05)],
}

/** One worker against two. */
export const workers: Suite = {
  name: "workers",
  about: "500 MB of lean sessions by one worker and by two",
  repeats: 3,
  cases: [
    callsift("2 workers --no-hash", lines, "--no-hash", "--workers", "2"),
    callsift("1 worker --no-hash", lines, "--no-hash", "--workers", "1"),
    callsift("2 workers", lines, "--workers", "2"),
    callsift("1 worker", lines, "--workers", "1"),
  ],
  targets: [faster("2 workers against 1, without hashing", "2 workers --no-hash", "1 worker --no-hash", 1.6, 1.9)],
}

const hundred = sample({ megabytes: 100 })

/** The engines, and what others do with JSON in general. */
export const engines: Suite = {
  name: "engines",
  about: "100 MB of lean sessions by both engines, and by readers of JSON that do no audit",
  repeats: 3,
  cases: [
    callsift("callsift", hundred),
    callsift("callsift --engine reference", hundred, "--engine", "reference"),
    jsonParse("JSON.parse of each line", hundred),
    simdjson("simdjson, DOM, one core", hundred),
    streamJson("stream-json, array", sample({ megabytes: 100, layout: "array" })),
    jq("jq", hundred),
  ],
  targets: [],
}

const engineLines = sample({ megabytes: 500 })

/** The fast engine against the reference engine on a file that is large enough for both. */
export const reference: Suite = {
  name: "reference",
  about: "500 MB of lean sessions by both engines",
  repeats: 3,
  cases: [
    callsift("callsift", engineLines),
    callsift("callsift --engine reference", engineLines, "--engine", "reference"),
  ],
  targets: [
    faster("fast engine against the reference engine, NDJSON", "callsift", "callsift --engine reference", 10, 20),
  ],
}
