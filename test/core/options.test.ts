import { describe, expect, it } from "vitest"
import { AnalyzeError } from "#core/analyze-error.ts"
import { resolvePlan, type AnalyzeOptions } from "#core/options.ts"

const planOf = (options: AnalyzeOptions) => resolvePlan(["x"], options)

describe("filters of a plan", () => {
  it("count everything but test calls unless they are given", () => {
    expect(planOf({})).toMatchObject({
      since: null,
      until: null,
      participant: null,
      modality: null,
      failed: false,
      includeTests: false,
      asOf: null,
    })
  })

  it("take a modality in any letter case as the member", () => {
    expect(planOf({ modality: "VIDEObasedscreensharing" }).modality).toBe("videoBasedScreenSharing")
  })

  it.each<[string, AnalyzeOptions, RegExp]>([
    ["an empty window", { since: 5n, until: 5n }, /since is not before until/],
    ["a window turned around", { since: 6n, until: 5n }, /since is not before until/],
    ["no modality of the model", { modality: "sound" }, /modality is none of unknown, audio, video/],
    ["no text as participant", { participant: "" }, /participant stands for nobody/],
    [
      "the id of no one",
      { participant: "8:orgid:00000000-0000-0000-0000-000000000000" },
      /participant stands for nobody/,
    ],
    ["a masked number", { participant: "+1425555****" }, /participant stands for nobody/],
  ])("refuse %s", (_name, options, message) => {
    expect(() => planOf(options)).toThrow(AnalyzeError)
    expect(() => planOf(options)).toThrow(message)
  })
})
