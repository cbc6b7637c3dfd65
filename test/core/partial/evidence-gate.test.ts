import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FindingPool } from "#core/facts/finding-pool.ts"
import type { FindingCode } from "#core/check/rules.ts"
import { EvidenceGate } from "#core/partial/evidence-gate.ts"
import type { FindingFact } from "#core/worker/protocol.ts"

const CODES = ["session/not-utc", "session/off-model", "call/off-model"] as const satisfies FindingCode[]

function finding(code: FindingCode, row: number, byteOffset: number): FindingFact {
  return {
    code,
    row,
    envelope: -1,
    byteOffset,
    byteLength: 1,
    line: 0,
    record: 0,
    pointer: null,
    message: "",
    sha256: null,
  }
}

/** Rows with the codes they have; a number takes rows back to the one of that share. */
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.array(fc.array(fc.constantFrom(...CODES), { maxLength: 3 }), { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
)

describe("an evidence gate", () => {
  it("lets all pass that a pool keeps, whatever is taken back", () => {
    fc.assert(
      fc.property(steps, fc.nat(5), fc.integer({ min: 1, max: 6 }), (list, mostInPool, more) => {
        const [whole, passed] = [new FindingPool(mostInPool), new FindingPool(mostInPool)]
        const gate = new EvidenceGate(mostInPool + more - 1)
        let rows = 0
        for (const step of list) {
          if (typeof step === "number") {
            const from = Math.floor(step * rows)
            for (const pool of [whole, passed]) pool.takeBack(0, 10 * from)
            gate.takeBack(10 * from)
            rows = from
            continue
          }
          const firstRow = rows
          const findings = step.flatMap((codes, row) => codes.map((code) => finding(code, row, 10 * (firstRow + row))))
          const add = (pool: FindingPool, each: FindingFact): void =>
            pool.add({ ...each, code: each.code as FindingCode, input: 0, row: firstRow + each.row, callId: null })
          for (const each of findings) add(whole, each)
          const full = gate.fullCodes()
          for (const each of gate.pass(findings, step.length)) add(passed, each)
          expect(full & ~gate.fullCodes()).toBe(0)
          rows += step.length
        }
        for (const code of CODES) expect(passed.kept(code)).toEqual(whole.kept(code))
      }),
    )
  })
})
