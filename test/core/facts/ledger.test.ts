import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { openLedger } from "#core/facts/ledger.ts"
import {
  bare,
  blocksOf,
  callRecord,
  run,
  session,
  sessionsPage,
  STEP_BYTES,
  type Step,
  type TestInput,
} from "./block-results.ts"
import { AMPLE_SPACE } from "./map-rows.ts"
import { dump, dumpRows, shownCalls } from "./dump.ts"
import { cutsOf, scripts, values, sessions } from "./scripts.ts"

const GUID = "aaaaaaaa-0000-4000-8000-000000000001"

const foreign = (shape: "graph-error" | "unsupported" | "unknown"): Step => ({ step: "foreign", shape })

describe("blocks", () => {
  it("give the same however the input is cut", () => {
    const cutScripts = scripts().chain((steps) => fc.tuple(fc.constant(steps), cutsOf(steps), fc.boolean()))
    fc.assert(
      fc.property(fc.array(cutScripts, { maxLength: 3 }), (inputs) => {
        const of = (isCut: boolean): TestInput[] =>
          inputs.map(([steps, cuts, isLines], index) => ({
            path: `${index}`,
            steps,
            isLines,
            ...(isCut ? { cuts } : {}),
          }))
        expect(dump(run(of(true)))).toEqual(dump(run(of(false))))
      }),
      { numRuns: 300 },
    )
  })

  it("account for every session and byte", () => {
    fc.assert(
      fc.property(scripts(), (steps) => {
        const [input] = run([{ path: "a", steps, isLines: true }]).resolved.inputs
        if (input === undefined) throw new Error("no input")
        const tail = trailingNuls(steps)
        const seen = steps.filter(({ step }) => step === "session" || step === "reject" || step === "nul").length - tail
        expect(input.sessions).toBe(seen)
        expect(input.accepted + input.rejected + input.duplicates + input.superseded).toBe(seen)
        const { recordBytes, separatorBytes, envelopeBytes, damageBytes } = input.account
        expect(recordBytes + separatorBytes + envelopeBytes + damageBytes).toBe(input.decodedBytes)
        expect(input.nulTailBytes).toBe(tail * STEP_BYTES)
      }),
    )
  })

  it("name calls by the innermost callRecord or page", () => {
    const steps: Step[] = [
      { step: "open", kind: "sessionsPage" },
      { step: "open", kind: "wrapper" },
      ...bare([session("1")]),
      { step: "close", fields: {} },
      ...callRecord([session("2")], { callId: null }),
      { step: "close", fields: { callId: "outer" } },
      ...bare([session("3")]),
    ]
    expect(dumpRows(run([{ path: "a", steps }])).map(({ call }) => call)).toEqual(["outer", null, null])
  })

  it("give sessions of an envelope that never closes no call", () => {
    const steps: Step[] = [{ step: "open", kind: "callRecord" }, ...bare([session("1")])]
    expect(dumpRows(run([{ path: "a", steps }]))).toMatchObject([{ call: null, sessionIndex: 0 }])
  })

  it("take sessions that stand in a callRecord as a text for its own", () => {
    const steps: Step[] = [
      { step: "open", kind: "callsPage" },
      ...bare([session("0")]),
      { step: "bareCallRecord", fields: { callId: "c" }, sessions: [session("1"), session("2")] },
      ...bare([session("3")]),
      { step: "close", fields: {} },
    ]
    for (const cuts of [[], [2], [1, 2, 3, 4]]) {
      expect(dumpRows(run([{ path: "a", steps, cuts }])).map(({ call }) => call)).toEqual([null, "c", "c", null])
    }
  })

  it("know calls without regard to case and show them as first written", () => {
    const steps = [
      ...callRecord([], { callId: "Call" }),
      ...callRecord([], { callId: "CALL" }),
      ...callRecord([], { callId: GUID }),
    ]
    expect(shownCalls(run([{ path: "a", steps }]).resolved.facts).map(({ id }) => id)).toEqual(["Call", GUID])
  })
})

describe("lines that are taken back", () => {
  it("leave what they would have left, had they been rejected at once", () => {
    const lines = fc.tuple(
      fc.array(values(sessions), { maxLength: 3 }),
      fc.array(values(sessions), { minLength: 1, maxLength: 3 }),
      values(sessions),
    )
    const cases = lines.chain(([before, line, after]) => {
      const from = before.flat().length
      const steps: Step[] = [
        ...before.flat(),
        ...line.flat().filter(({ step }) => step !== "nul"),
        { step: "rejectLine", from },
        ...after,
      ]
      return fc.tuple(fc.constant(steps), cutsOf(steps))
    })
    fc.assert(
      fc.property(cases, ([steps, cuts]) => {
        // Uncut, the worker drops the line itself.
        const whole = dump(run([{ path: "a", steps, isLines: true }]))
        expect(dump(run([{ path: "a", steps, isLines: true, cuts }]))).toEqual(whole)
      }),
      { numRuns: 300 },
    )
  })
})

describe("NUL runs", () => {
  const nul: Step = { step: "nul" }
  it("are separators behind the last record", () => {
    const { inputs, rejects } = run([
      { path: "a", steps: [...bare([session("1")]), nul, nul], isLines: true, cuts: [1, 2] },
    ])
    expect(rejects).toEqual([])
    expect(inputs).toMatchObject([{ records: 1, nulTailBytes: 2 * STEP_BYTES, status: "complete" }])
  })

  it("are rejects before a record, in their place", () => {
    const steps: Step[] = [
      nul,
      { step: "reject", code: "json/malformed", pointer: null },
      nul,
      ...bare([session("1")]),
      nul,
    ]
    const { inputs, rejects } = run([{ path: "a", steps, isLines: true, cuts: [1, 2, 3, 4] }])
    expect(rejects.map(({ offset }) => offset / STEP_BYTES)).toEqual([0, 1, 2])
    expect(inputs).toMatchObject([{ records: 4, rejected: 3, nulTailBytes: STEP_BYTES }])
  })
})

describe("records of another shape", () => {
  it("known and not read, first: nothing of the input counts, and reading stops", () => {
    const rejects: unknown[] = []
    const ledger = openLedger({ maxEvidence: 10, space: AMPLE_SPACE, onReject: (reject) => rejects.push(reject) })
    ledger.begin({ path: "a" })
    const steps = [
      foreign("unsupported"),
      ...callRecord([session(GUID, { caller: "x" })], { callId: "c" }),
      foreign("unknown"),
    ]
    expect(blocksOf(steps, [2]).map((block) => ledger.add(block, false))).toEqual(["stop", "stop"])
    const input = ledger.end(null, { sizeBytes: 9, sha256: null, error: null })
    expect(input).toMatchObject({
      status: "unsupported",
      error: { code: "input/unsupported-shape" },
      records: 0,
      rejected: 0,
      firstRow: 0,
      endRow: 0,
      content: "none",
    })
    const joined = ledger.finish()
    expect(rejects).toEqual([])
    expect(
      joined.rows.participants.count +
        joined.envelopes.calls.count +
        joined.findings.countWithoutRow("export/error-response"),
    ).toBe(0)
  })

  it("an error alone: the input is one; an error before others: a finding", () => {
    const alone = run([{ path: "a", steps: [foreign("graph-error")], layout: "single" }])
    expect(alone.inputs).toMatchObject([{ status: "unsupported", error: { code: "input/graph-error" }, records: 0 }])
    const first = run([{ path: "a", steps: [foreign("graph-error"), ...bare([session("1")])], isLines: true }])
    expect(first.inputs).toMatchObject([{ status: "complete", records: 2, rejected: 0, firstRow: 0, endRow: 1 }])
  })

  it("of no known shape alone: unsupported", () => {
    const { inputs, rejects } = run([{ path: "a", steps: [foreign("unknown")], layout: "single" }])
    expect(inputs).toMatchObject([{ status: "unsupported", error: { code: "input/unsupported-shape" }, records: 0 }])
    expect(rejects).toEqual([])
  })

  it("of no known shape in a sequence, or alone in an array: a reject", () => {
    const steps = [foreign("unknown"), ...bare([session("1")])]
    for (const cuts of [[], [1]]) {
      expect(run([{ path: "a", steps, layout: "concatenated", cuts }]).rejects).toMatchObject([
        { code: "session/missing-property", record: 0 },
      ])
    }
    expect(run([{ path: "a", steps: [foreign("unknown")], layout: "array" }]).rejects).toHaveLength(1)
  })

  it("of known shape later: its reject, or the finding of an error", () => {
    const result = run([
      { path: "a", steps: [...bare([session("1")]), foreign("unsupported"), foreign("graph-error")] },
    ])
    expect(result.rejects).toMatchObject([{ record: 1 }])
    expect(result.inputs).toMatchObject([{ status: "complete", records: 3 }])
    expect(result.findings.byCode).toMatchObject([{ code: "export/error-response", count: 1 }])
  })
})

describe("rejects", () => {
  it("name the call of the envelope around them, which closes later", () => {
    const steps: Step[] = [
      { step: "open", kind: "sessionsPage" },
      { step: "reject", code: "session/bad-id", pointer: "/id" },
      ...bare([session("1")]),
      { step: "close", fields: { callId: GUID } },
      { step: "reject", code: "session/bad-id", pointer: "/id" },
    ]
    const { rejects } = run([{ path: "a", entry: "b", steps, cuts: [1, 2, 3, 4] }])
    const reject = {
      code: "session/bad-id",
      input: "a",
      entry: "b",
      length: STEP_BYTES,
      pointer: "/id",
      message: "wrong",
      sha256: "00".repeat(32),
    }
    expect(rejects).toEqual([
      { ...reject, offset: STEP_BYTES, line: 2, record: 0, callId: GUID },
      { ...reject, offset: 4 * STEP_BYTES, line: 5, record: 2 },
    ])
  })

  it("leave while the input is read, as soon as they are certain", () => {
    const left: number[] = []
    const ledger = openLedger({ maxEvidence: 0, space: AMPLE_SPACE, onReject: ({ record }) => left.push(record) })
    ledger.begin({ path: "a" })
    const steps = Array.from({ length: 3 }, (): Step => ({ step: "reject", code: "json/malformed", pointer: null }))
    const counts = blocksOf(steps, [1, 2]).map((block) => (ledger.add(block, true), left.length))
    expect(counts).toEqual([0, 1, 2])
  })

  it("wait for their call only so long", () => {
    let count = 0
    const withCall: boolean[] = []
    const ledger = openLedger({
      maxEvidence: 0,
      space: AMPLE_SPACE,
      onReject: (reject) => (count++, withCall.push(reject.callId !== undefined)),
    })
    const reject: Step = { step: "reject", code: "json/malformed", pointer: null }
    const steps: Step[] = [
      { step: "open", kind: "sessionsPage" },
      ...Array.from({ length: 2 ** 16 + 3 }, () => reject),
      { step: "close", fields: { callId: "c" } },
    ]
    ledger.begin({ path: "a" })
    for (const block of blocksOf(steps)) ledger.add(block, false)
    expect(withCall.filter((known) => !known)).toHaveLength(3)
    expect(count).toBe(2 ** 16 + 3)
  })

  it("that end in the middle make the input truncated, unless a worse fault is known", () => {
    const steps: Step[] = [{ step: "reject", code: "json/truncated", pointer: null }]
    expect(run([{ path: "a", steps }]).inputs).toMatchObject([
      { status: "truncated", error: { code: "input/truncated", offset: 0 } },
    ])
    const source = { error: { code: "input/checksum", message: "no" } } as const
    expect(run([{ path: "a", steps, source }]).inputs).toMatchObject([{ status: "corrupt", error: source.error }])
  })
})

describe("envelopes that are no JSON", () => {
  const fault = { code: "input/truncated", message: "cut", byteOffset: 2 * STEP_BYTES } as const
  const steps: Step[] = [...bare([session("1")]), { step: "envelopeFault" }, { step: "envelopeFault" }]

  it("make the input corrupt where the first of them lies, unless its structure broke before", () => {
    expect(run([{ path: "a", steps, cuts: [1, 2] }]).inputs).toMatchObject([
      { status: "corrupt", error: { code: "input/corrupt", offset: STEP_BYTES } },
    ])
    expect(run([{ path: "a", steps, fault }]).inputs).toMatchObject([{ error: { offset: STEP_BYTES } }])
    expect(run([{ path: "a", steps, fault: { ...fault, byteOffset: 0 } }]).inputs).toMatchObject([
      { status: "truncated", error: { offset: 0 } },
    ])
  })

  it("are none where their line is taken back", () => {
    const taken: Step[] = [...steps, { step: "rejectLine", from: 1 }]
    expect(run([{ path: "a", steps: taken, isLines: true, cuts: [3] }]).inputs).toMatchObject([{ status: "complete" }])
  })
})

describe("content", () => {
  it.each([
    ["none", []],
    ["sessions", bare([session("1")])],
    ["sessions", [{ step: "reject", code: "session/bad-timestamp", pointer: "/startDateTime" }]],
    ["none", [{ step: "reject", code: "session/missing-property", pointer: "/id" }]],
    ["callRecords", callRecord([], { callId: "c" })],
    ["callRecords", [{ step: "bareCallRecord", fields: { callId: "c" } }]],
    ["sessions", sessionsPage([session("1")], { callId: "c" })],
    ["mixed", [...bare([session("1")]), ...callRecord([session("1")], { callId: "c" })]],
  ] satisfies [string, Step[]][])("is %s", (content, steps) => {
    expect(run([{ path: "a", steps }]).inputs).toMatchObject([{ content }])
  })
})

const isRecord = (step: Step): boolean =>
  ["session", "reject", "bareCallRecord"].includes(step.step) || (step.step === "open" && step.kind === "callRecord")

function trailingNuls(steps: readonly Step[]): number {
  return steps.slice(steps.findLastIndex(isRecord) + 1).filter(({ step }) => step === "nul").length
}
