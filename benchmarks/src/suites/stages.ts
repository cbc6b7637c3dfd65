/** Each stage alone, one thread, in memory; and simdjson, which does what the kernel does first. */
import { simdjsonParse, stage } from "../cases.ts"
import { sample } from "../sample.ts"
import type { Suite } from "../suite.ts"

const lines = sample({ megabytes: 200 })
const array = sample({ megabytes: 200, layout: "array" })

export const stages: Suite = {
  name: "stages",
  about: "200 MB of lean sessions through one stage at a time: one thread, in memory, each in a process of its own",
  repeats: 3,
  cases: [
    stage("hash: SHA-256", lines, "hash"),
    stage("frame: lines", lines, "frame"),
    stage("frame: array", array, "frame"),
    stage("decode: reference", lines, "decode"),
    stage("join", lines, "join"),
    stage("resolve", lines, "resolve"),
    stage("aggregate", lines, "aggregate"),
    simdjsonParse("simdjson, DOM", lines),
  ],
  targets: [],
}
