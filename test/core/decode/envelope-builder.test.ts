import fc from "fast-check"
import { expect, it } from "vitest"
import { EnvelopeBuilder } from "#core/decode/envelope-builder.ts"
import { receivedResult, sentResult } from "#core/worker/sent-result.ts"
import { blocksOf } from "../facts/block-results.ts"
import { envelope } from "../../arbitraries/envelope.ts"
import { envelopeColumns, envelopeFacts } from "./envelope-facts.ts"

it("envelopes come out as they went in, and as they crossed", () => {
  const [nothing] = blocksOf([{ step: "nul" }])
  if (nothing === undefined) throw new Error("a script gives a block")
  fc.assert(
    fc.property(fc.array(envelope, { maxLength: 200 }), (envelopes) => {
      const columns = envelopeColumns(envelopes)
      expect(envelopeFacts(columns)).toEqual(envelopes)
      const sent = structuredClone(sentResult({ ...nothing, envelopes: columns }))
      expect(envelopeFacts(receivedResult(sent).envelopes)).toEqual(envelopes)
    }),
  )
})

it("envelopes from a byte on are taken back", () => {
  const builder = new EnvelopeBuilder()
  const [each] = fc.sample(envelope, 1)
  if (each === undefined) throw new Error("one was asked for")
  for (const byteOffset of [0, 10, 20]) builder.add({ ...each, version: 1n, byteOffset })
  builder.takeBack(10)
  builder.add({ ...each, version: null, byteOffset: 30 })
  expect(envelopeFacts(builder.columns()).map((fact) => [fact.byteOffset, fact.version])).toEqual([
    [0, "1"],
    [30, null],
  ])
})
