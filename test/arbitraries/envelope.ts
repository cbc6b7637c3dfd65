/** CallRecords and pages as they were read, with numbers of all sizes. */
import fc from "fast-check"
import type { TestEnvelope } from "../core/decode/envelope-facts.ts"

const ticks = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
const count = fc.nat(2 ** 40)
export const envelope: fc.Arbitrary<TestEnvelope> = fc.record({
  kind: fc.constantFrom("callRecord", "sessionsPage", "callsPage", "wrapper"),
  hasList: fc.boolean(),
  hasNextLink: fc.boolean(),
  callId: fc.option(fc.oneof(fc.uuid(), fc.string({ minLength: 1 }))),
  version: fc.option(fc.bigInt({ min: -(2n ** 53n), max: 10n ** 19n - 1n }).map(String)),
  type: fc.option(fc.string()),
  startTicks: ticks,
  endTicks: ticks,
  lastModifiedTicks: ticks,
  declaredCount: fc.option(count),
  parent: fc.oneof(fc.constant(-1), count),
  elementCount: count,
  byteOffset: count,
  byteLength: count,
  line: count,
  record: count,
})
