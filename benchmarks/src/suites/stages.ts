/** Each stage alone, one thread, in memory; and simdjson, which does what the kernel does first. */
import { simdjsonParse, stage } from "../cases.ts"
import { sample } from "../sample.ts"
import type { Suite } from "../suite.ts"

const lines = sample({ megabytes: 200 })
const varied = sample({ megabytes: 200, shapes: "varied" })
const array = sample({ megabytes: 200, layout: "array" })

export const stages: Suite = {
  name: "stages",
  about: "200 MB of lean sessions through one stage at a time: one thread, in memory, each in a process of its own",
  repeats: 3,
  cases: [
    stage("hash: SHA-256", lines, "hash"),
    stage("frame: lines", lines, "frame"),
    stage("frame: array", array, "frame"),
    stage("kernel", lines, "kernel"),
    stage("kernel, varied", varied, "kernel"),
    stage("decode: fast", lines, "decode"),
    stage("decode: fast, varied", varied, "decode"),
    stage("decode: reference", lines, "decode-reference"),
    stage("join", lines, "join"),
    stage("resolve", lines, "resolve"),
    stage("aggregate", lines, "aggregate"),
    simdjsonParse("simdjson, DOM", lines),
  ],
  targets: [
    {
      what: "kernel alone, one core, against simdjson's full parse",
      measure: "speed",
      of: "kernel",
      against: "simdjson, DOM",
      isAtLeast: true,
      required: 0.9,
      aim: 1.3,
    },
    {
      what: "kernel alone on varied shapes, MB/s",
      measure: "speed",
      of: "kernel, varied",
      against: null,
      isAtLeast: true,
      required: 500,
      aim: 500,
    },
  ],
}
