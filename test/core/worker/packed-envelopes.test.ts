import * as fc from "fast-check"
import { expect, it } from "vitest"
import { packEnvelopes, unpackEnvelopes } from "#core/worker/packed-envelopes.ts"
import type { EnvelopeFact } from "#core/worker/protocol.ts"

const number = fc.integer({ min: -(2 ** 40), max: 2 ** 40 })
const ticks = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
const envelope: fc.Arbitrary<EnvelopeFact> = fc.record({
  hasList: fc.boolean(),
  parent: number,
  kind: fc.constantFrom("callRecord", "sessionsPage", "callsPage", "wrapper"),
  callId: fc.option(fc.string()),
  version: fc.option(fc.string()),
  type: fc.option(fc.string()),
  startTicks: ticks,
  endTicks: ticks,
  lastModifiedTicks: ticks,
  hasNextLink: fc.boolean(),
  declaredCount: fc.option(number),
  elementCount: number,
  byteOffset: number,
  byteLength: number,
  line: number,
  record: number,
})

it("envelopes come out as they went in", () => {
  fc.assert(
    fc.property(fc.array(envelope), (envelopes) => {
      expect(unpackEnvelopes(structuredClone(packEnvelopes(envelopes)))).toEqual(envelopes)
    }),
  )
})
