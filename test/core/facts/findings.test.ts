import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { SESSION_FINDING_CODES } from "#core/check/rules.ts"
import { RowStatus } from "#core/facts/facts.ts"
import { collectFindings } from "#core/facts/findings.ts"
import { openLedger } from "#core/facts/ledger.ts"
import {
  bare,
  blocksOf,
  callRecord,
  run,
  session,
  sessionsPage,
  STEP_BYTES,
  type EnvelopeFields,
  type Step,
  type TestInput,
  type TestRun,
} from "./block-results.ts"
import { AMPLE_SPACE, mapRows } from "./map-rows.ts"
import { scripts } from "./scripts.ts"

const inputsOf = (...all: readonly (readonly Step[])[]): TestInput[] =>
  all.map((steps, index) => ({ path: `in/${index}`, steps }))
const found = (code: string, { findings }: TestRun) => findings.byCode.find((one) => one.code === code)
const countOf = (code: string, ...all: readonly (readonly Step[])[]): number =>
  found(code, run(inputsOf(...all)))?.count ?? 0
const ID = "aaaaaaaa-0000-4000-8000-000000000001"

const noted = (id: string) => session(id, { findings: ["session/not-utc"] })
const manyNoted = (version: string): Step[] =>
  callRecord(
    Array.from({ length: 1500 }, (_, index) => noted(`${index}`)),
    { callId: "c", version },
  )
const notedVersion = (number: string): Step[] => callRecord([noted("1")], { callId: "c", version: number })
const version = (number: string): Step[] => callRecord([session("1")], { callId: "c", version: number })
const page = (ids: readonly string[], fields: EnvelopeFields = {}): Step[] =>
  sessionsPage(
    ids.map((id) => session(id)),
    { callId: "c", ...fields },
  )
const list = (kind: "callsPage" | "wrapper", hasNextLink: boolean): Step[] => [
  { step: "open", kind },
  { step: "close", fields: { hasNextLink } },
]
const declared = (ids: readonly string[], declaredCount: number, fields: EnvelopeFields = {}): Step[] =>
  page(ids, { declaredCount, ...fields })
const storedInput = (path: string, sizeBytes: number, sha256: string | null): TestInput => ({
  path,
  steps: bare([session("1")]),
  source: { sizeBytes, sha256 },
})

describe("counts", () => {
  it("are those of the sessions that count", () => {
    fc.assert(
      fc.property(fc.array(scripts(), { maxLength: 3 }), (all) => {
        const result = run(inputsOf(...all))
        const { facts, inputs } = result.resolved
        const sum = (name: "duplicates" | "superseded"): number =>
          inputs.reduce((total, input) => total + input[name], 0)
        expect(found("session/duplicate", result)?.count ?? 0).toBe(sum("duplicates"))
        expect(found("session/superseded", result)?.count ?? 0).toBe(sum("superseded"))
        for (const [bit, code] of SESSION_FINDING_CODES.entries()) {
          const counted = mapRows(
            facts,
            ({ status, findings }, at) => status[at] === RowStatus.counted && (((findings[at] ?? 0) >>> bit) & 1) === 1,
          )
          expect(found(code, result)?.count ?? 0).toBe(counted.filter(Boolean).length)
        }
        const offModel = all.flat().filter((step) => step.step === "finding").length
        expect(found("call/off-model", result)?.count ?? 0).toBe(offModel)
      }),
    )
  })

  it("do not depend on how much is listed, and the list is in order", () => {
    fc.assert(
      fc.property(fc.array(scripts(), { maxLength: 3 }), fc.nat(3), (all, maxEvidence) => {
        const few = run(inputsOf(...all), maxEvidence)
        const many = run(inputsOf(...all))
        expect(few.findings.byCode).toEqual(many.findings.byCode)
        const listed = [...few.findings.listed]
        for (const { code, count } of many.findings.byCode) {
          const own = listed.filter((one) => one.code === code)
          expect(own).toEqual(
            [...many.findings.listed].filter((one) => one.code === code).slice(0, Math.min(count, maxEvidence)),
          )
        }
        const keys = listed.map(({ input, offset, code }) => [input, String(offset).padStart(9, "0"), code].join(" "))
        expect(keys).toEqual(keys.toSorted())
        expect([...few.findings.listed]).toEqual(listed)
      }),
    )
  })
})

describe("findings of workers", () => {
  it("bring their evidence, completed from the row", () => {
    const result = run(inputsOf(callRecord([noted(ID)], { callId: "c" })))
    expect([...result.findings.listed]).toEqual([
      {
        code: "session/not-utc",
        input: "in/0",
        offset: STEP_BYTES,
        length: STEP_BYTES,
        line: 2,
        record: 0,
        callId: "c",
        sessionId: ID,
        pointer: "/detail/session~1not-utc",
        message: "found at 1",
        sha256: "11".repeat(32),
      },
    ])
  })

  it("are dropped with duplicate and superseded sessions", () => {
    expect(countOf("session/not-utc", bare([noted("1"), noted("1"), noted("2")]))).toBe(2)
    expect(countOf("session/not-utc", notedVersion("1"), notedVersion("2"))).toBe(1)
  })

  it("name the call of their envelope, also of one without a list", () => {
    const steps: Step[] = [
      ...callRecord([], { callId: "c" }).toSpliced(1, 0, { step: "finding", code: "call/off-model" }),
      { step: "open", kind: "wrapper" },
      { step: "finding", code: "session/duplicate-key" },
      { step: "close", fields: {} },
    ]
    const result = run(inputsOf(steps))
    expect(found("call/off-model", result)).toMatchObject({ count: 1, examples: [{ callId: "c", message: "odd" }] })
    expect(found("session/duplicate-key", result)?.count).toBe(1)
    expect(found("session/duplicate-key", result)?.examples[0]).not.toHaveProperty("callId")
  })

  it("are listed in full although most that were kept do not count", () => {
    const result = run(inputsOf(manyNoted("1"), manyNoted("2")), 20)
    const listed = [...result.findings.listed].filter(({ code }) => code === "session/not-utc")
    expect(found("session/not-utc", result)?.count).toBe(1500)
    expect(listed.map(({ input, offset }) => [input, offset / STEP_BYTES])).toEqual(
      Array.from({ length: 20 }, (_, index) => ["in/1", index + 1]),
    )
  })

  it("are asked for until enough are kept", () => {
    const ledger = openLedger({ maxEvidence: 1, space: AMPLE_SPACE, onReject: () => {} })
    const bit = 1 << SESSION_FINDING_CODES.indexOf("session/not-utc")
    ledger.begin({ path: "a" })
    const steps = bare(Array.from({ length: 1001 }, (_, index) => noted(`${index}`)))
    const full = blocksOf(steps, [999, 1000]).map((block) => (ledger.add(block, false), ledger.listedInFull()))
    expect(full).toEqual([0, bit, bit])
  })
})

describe("findings between sessions", () => {
  it("name both places, and the other input where it is another", () => {
    const one = session(ID)
    const result = run(inputsOf(bare([one, one]), bare([{ ...one, start: 1n }])))
    expect(found("session/duplicate", result)?.examples).toEqual([
      {
        code: "session/duplicate",
        input: "in/0",
        offset: 100,
        length: 100,
        line: 2,
        record: 1,
        sessionId: ID,
        message: expect.stringContaining("stands at byte 0, line 1;") as string,
      },
    ])
    expect(found("session/repeated-id", result)).toMatchObject({
      count: 1,
      examples: [{ input: "in/1", message: expect.stringContaining('facts at byte 0, line 1 of "in/0";') as string }],
    })
  })

  it("name the version that is taken", () => {
    const result = run(inputsOf(version("2"), version("1")))
    expect(found("session/superseded", result)?.examples).toMatchObject([
      {
        input: "in/1",
        callId: "c",
        pointer: "/sessions/0",
        message: expect.stringContaining('line 1 of "in/0"') as string,
      },
    ])
  })

  it.each([
    [0n, 10n, 0],
    [-1n, 5n, 1],
    [5n, 11n, 1],
    [11n, 5n, 0],
  ])("say that a session from %s to %s lies outside its call: %s", (start, end, count) => {
    const sessions = [session("1", { start, end })]
    expect(
      countOf("call/session-outside-call", callRecord(sessions, { callId: "c", startTicks: 0n, endTicks: 10n })),
    ).toBe(count)
    const dates: Step[] = [{ step: "bareCallRecord", fields: { callId: "c", startTicks: 0n, endTicks: 10n } }]
    expect(countOf("call/session-outside-call", sessionsPage(sessions, { callId: "c" }), dates)).toBe(count)
  })

  it("compare with the dates that are there, unless they contradict each other", () => {
    const sessions = [session("1", { start: 0n, end: 9n })]
    const count = (startTicks: bigint | null, endTicks: bigint | null): number =>
      countOf("call/session-outside-call", callRecord(sessions, { callId: "c", startTicks, endTicks }))
    expect([count(1n, null), count(null, 8n), count(null, null), count(8n, 7n)]).toEqual([1, 1, 0, 0])
  })

  it("say who is in two calls, at the first session of the pair", () => {
    const result = run(
      inputsOf(bare([session("1", { caller: ID, callee: "tel" }), session("2", { caller: ID, callee: "tel" })])),
    )
    const overlaps = [1, 0].map((participant) => ({ participant, rowA: 0, rowB: 1 }))
    const { byCode, listed } = collectFindings(result.resolved, overlaps, 1)
    expect(byCode).toMatchObject([
      { code: "participant/overlapping-calls", count: 2, examples: [{ sessionId: "1" }, { sessionId: "1" }] },
    ])
    expect([...listed]).toHaveLength(1)
    expect(JSON.stringify([...listed])).not.toContain(ID)
  })
})

describe("findings about pages", () => {
  const open = { hasNextLink: true }

  it("say once for each call that its last page is missing, at the last that is there", () => {
    const result = run(inputsOf(page(["1"], open), page(["2"], open), page(["3"], { callId: "d", ...open })))
    expect(found("call/incomplete-pages", result)).toMatchObject({
      count: 2,
      examples: [
        { input: "in/1", callId: "c" },
        { input: "in/2", callId: "d" },
      ],
    })
    expect(result.resolved.openPageCount).toBe(2)
    expect(countOf("call/incomplete-pages", page(["1"], open), page(["2"]))).toBe(0)
  })

  it("take all lists of calls as one, and lists of nothing known each alone", () => {
    expect(countOf("call/incomplete-pages", list("callsPage", true), list("callsPage", true))).toBe(1)
    expect(countOf("call/incomplete-pages", list("callsPage", true), list("callsPage", false))).toBe(0)
    expect(countOf("call/incomplete-pages", list("wrapper", true), list("wrapper", true), list("wrapper", false))).toBe(
      2,
    )
  })

  it.each([
    [[["1"]], 0],
    [
      [
        ["1", "2"],
        ["2", "1"],
      ],
      0,
    ],
    [[["1", "2"], ["1"]], 1],
    [
      [
        ["1", "1"],
        ["1", "1"],
      ],
      0,
    ],
    [[["1"], ["1"], ["2"]], 1],
  ])("say of the last pages %j that they differ: %s", (pages, count) => {
    expect(countOf("call/several-copies", ...pages.map((ids) => page(ids)))).toBe(count)
  })

  it("do not take sessions of a callRecord for a copy", () => {
    expect(countOf("call/several-copies", page(["1"]), callRecord([session("1"), session("2")], { callId: "c" }))).toBe(
      0,
    )
    expect(countOf("call/several-copies", callRecord([session("1")], { callId: "c" }), page(["1"]), page(["1"]))).toBe(
      0,
    )
  })

  it("compare the declared count with the page, the call, and each copy of it", () => {
    const code = "export/count-mismatch"
    expect(countOf(code, declared(["1", "2"], 2))).toBe(0)
    expect(countOf(code, declared(["1", "2"], 3))).toBe(1)
    expect(countOf(code, declared(["1", "2"], 3, open))).toBe(0)
    expect(countOf(code, declared(["1", "2"], 3, open), declared(["3"], 3))).toBe(0)
    expect(countOf(code, declared(["1", "2"], 4, open), declared(["3"], 4))).toBe(1)
    const twice = [declared(["1", "2"], 3, open), declared(["3"], 3)]
    expect(countOf(code, ...twice, ...twice)).toBe(0)
    expect(countOf(code, ...twice, declared(["1", "2"], 3, open))).toBe(0)
    expect(
      countOf(code, [
        { step: "open", kind: "wrapper" },
        { step: "close", fields: { declaredCount: 1 } },
      ]),
    ).toBe(1)
  })
})

describe("inputs with the same bytes", () => {
  it("are found by size and hash, and not without one", () => {
    const result = run([
      storedInput("a", 1, "x"),
      storedInput("b", 1, null),
      storedInput("c", 2, "x"),
      storedInput("d", 1, "x"),
      storedInput("e", 1, "x"),
      storedInput("f", 1, null),
    ])
    expect(found("export/same-bytes", result)).toMatchObject({
      count: 2,
      examples: [
        {
          input: "d",
          offset: 0,
          length: STEP_BYTES,
          line: 1,
          record: 0,
          message: expect.stringContaining('"a"') as string,
        },
        { input: "e", message: expect.stringContaining('"a"') as string },
      ],
    })
  })
})
