/** Every program once over next to nothing: whether the benchmarks work, not how fast anything is. */
import {
  callsift,
  duckdb,
  gunzip,
  jq,
  jsonParse,
  sha256,
  simdjson,
  simdjsonParse,
  stage,
  streamJson,
} from "../cases.ts"
import { sample } from "../sample.ts"
import { STAGES } from "../stages/stages.ts"
import type { Suite } from "../suite.ts"

const lines = sample({ megabytes: 0.3 })
const array = sample({ megabytes: 0.3, layout: "array" })
const gzip = sample({ megabytes: 0.3, gzip: true })
const calls = sample({ megabytes: 0.3, profile: "full", shapes: "varied", layout: "callRecords" })

export const smoke: Suite = {
  name: "smoke",
  about: "every program once over 300 kB",
  onDemand: true,
  repeats: 1,
  cases: [
    callsift("callsift", lines),
    callsift("callsift --no-hash", lines, "--no-hash"),
    callsift("callsift --engine reference", lines, "--engine", "reference"),
    callsift("callsift, array of callRecords", calls),
    duckdb("DuckDB", lines, "callsift"),
    duckdb("DuckDB, gzip", gzip, "callsift"),
    duckdb("DuckDB, array of callRecords", calls, "callsift, array of callRecords"),
    sha256("SHA-256", lines),
    jsonParse("JSON.parse", lines),
    streamJson("stream-json", array),
    jq("jq", lines),
    simdjson("simdjson", lines),
    simdjsonParse("simdjson, parse alone", lines),
    gunzip("gzip -dc", gzip),
    ...STAGES.map((name) => stage(name, lines, name)),
  ],
  targets: [],
}
