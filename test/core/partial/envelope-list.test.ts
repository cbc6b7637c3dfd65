/** Envelopes in partials: as they were, and those of several blocks as one table. */
import fc from "fast-check"
import { expect, it } from "vitest"
import { loadArrow } from "#core/partial/arrow-table.ts"
import { readEnvelopes, writeEnvelopes } from "#core/partial/envelope-list.ts"
import { joinResults } from "#core/partial/join-results.ts"
import { envelope } from "../../arbitraries/envelope.ts"
import { envelopeColumns, envelopeFacts } from "../decode/envelope-facts.ts"
import { blocksOf } from "../facts/block-results.ts"

const base = fc.record({ line: fc.nat(1000), record: fc.nat(1000) })

it("a table gives its envelopes back, wherever its block stands", async () => {
  const arrow = await loadArrow()
  fc.assert(
    fc.property(fc.array(envelope, { minLength: 1, maxLength: 50 }), base, (envelopes, counters) => {
      const bytes = writeEnvelopes(arrow, envelopeColumns(envelopes), counters)
      expect(envelopeFacts(readEnvelopes(bytes, counters))).toEqual(envelopes)
      const [first] = envelopeFacts(readEnvelopes(bytes, { line: 0, record: 0 }))
      expect(first?.line).toBe((envelopes[0]?.line ?? 0) + counters.line)
    }),
  )
})

it("blocks that are joined have the envelopes of all, at the lines and records of the first", () => {
  const [block] = blocksOf([{ step: "nul" }])
  if (block === undefined) throw new Error("a script gives a block")
  const parts = fc.array(fc.tuple(fc.array(envelope, { maxLength: 20 }), fc.nat(9), fc.nat(9)), { minLength: 1 })
  fc.assert(
    fc.property(parts, (list) => {
      const results = list.map(([envelopes, lineCount, recordCount]) => {
        return { ...block, lineCount, recordCount, envelopes: envelopeColumns(envelopes) }
      })
      let [line, record] = [0, 0]
      const expected = list.flatMap(([envelopes, lineCount, recordCount]) => {
        const shifted = envelopes.map((each) => ({ ...each, line: each.line + line, record: each.record + record }))
        line += lineCount
        record += recordCount
        return shifted
      })
      expect(envelopeFacts(joinResults(results).envelopes)).toEqual(expected)
    }),
  )
})
