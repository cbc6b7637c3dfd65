import { describe, expect, it } from "vitest"
import { failures } from "#core/aggregate/failures.ts"
import { buildFacts } from "./facts-builder.ts"
import { run } from "./run-aggregate.ts"

const failed = (stage: string | null, reason: string | null) => ({ start: 0n, end: 1n, failure: { stage, reason } })

describe("failures", () => {
  it("are counted by stage and reason, absent parts as null, in order", () => {
    const result = run(
      failures,
      buildFacts([
        failed("midcall", "b"),
        failed("midcall", "a"),
        failed("callSetup", null),
        failed(null, "z"),
        failed("callSetup", "z"),
        { start: 0n, end: 1n, segmentFailed: true },
        { start: 9n, end: 1n },
        { start: 0n, end: 1n },
      ]),
    )
    expect(result).toEqual({
      failed: 5,
      rate: 0.625,
      segmentFailures: 1,
      byStage: [
        { stage: "callSetup", sessions: 2 },
        { stage: "midcall", sessions: 2 },
        { stage: null, sessions: 1 },
      ],
      byReason: [
        { stage: null, reason: "z", sessions: 1 },
        { stage: "callSetup", reason: null, sessions: 1 },
        { stage: "callSetup", reason: "z", sessions: 1 },
        { stage: "midcall", reason: "a", sessions: 1 },
        { stage: "midcall", reason: "b", sessions: 1 },
      ],
    })
  })

  it("have no rate where there is no session", () => {
    expect(run(failures, buildFacts([]))).toEqual({
      failed: 0,
      rate: null,
      segmentFailures: 0,
      byStage: [],
      byReason: [],
    })
  })
})
