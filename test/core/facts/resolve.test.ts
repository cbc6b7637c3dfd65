import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { sessionIdOf } from "#core/facts/evidence.ts"
import { RowStatus } from "#core/facts/facts.ts"
import {
  bare,
  callRecord,
  run,
  session,
  sessionsPage,
  type EnvelopeFields,
  type Step,
  type TestInput,
  type TestSession,
} from "./block-results.ts"
import { dumpRows, shownCalls } from "./dump.ts"
import { mapRows } from "./map-rows.ts"
import { cutsOf, scripts, sessions, similarSessions } from "./scripts.ts"

const inputsOf = (...scriptsOfInputs: readonly (readonly Step[])[]): TestInput[] =>
  scriptsOfInputs.map((steps, index) => ({ path: `${index}`, steps }))
const statuses = (...scriptsOfInputs: readonly (readonly Step[])[]): (number | undefined)[] =>
  dumpRows(run(inputsOf(...scriptsOfInputs))).map(({ status }) => status)
const { counted, duplicate, superseded } = RowStatus

const record = (fields: EnvelopeFields): Step[] => callRecord([session("s")], { callId: "c", ...fields })
const modified = (ticks: bigint | null): Step[] => record({ version: "1", lastModifiedTicks: ticks })
const page = (hasNextLink: boolean): Step[] => sessionsPage([], { callId: "c", hasNextLink })
const isOpen = (...all: readonly Step[][]): boolean | undefined =>
  run(inputsOf(...all)).resolved.facts.calls.get(0)?.isOpen
const openVersion = (number: string, hasNextLink: boolean): Step[] =>
  callRecord([], { callId: "c", version: number, hasNextLink })

describe("resolve", () => {
  it("equals brute force", () => {
    const many = fc.oneof(scripts(sessions), scripts(similarSessions, 10))
    fc.assert(
      fc.property(fc.array(many, { maxLength: 3 }), (all) => {
        const result = run(inputsOf(...all))
        expect(dumpRows(result).map(({ status }) => status)).toEqual(bruteForce(all).map(({ status }) => status))
        expect(mapRows(result.resolved.facts, ({ earlier }, at) => earlier[at])).toEqual(
          bruteForce(all).map(({ earlier }) => earlier),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it("puts counted sessions of no known call into one call where they bear the same id", () => {
    fc.assert(
      fc.property(fc.array(scripts(similarSessions, 10), { maxLength: 3 }), (all) => {
        const { facts } = run(inputsOf(...all)).resolved
        const own = mapRows(facts, (batch, at) => ({
          status: batch.status[at],
          call: batch.call[at] ?? 0,
          id: sessionIdOf(batch, at, facts.strings),
        })).filter(({ status, call }) => status === counted && call < 0)
        for (const a of own) {
          for (const b of own) expect(a === b || (a.call === b.call && a.call !== -1)).toBe(a.id === b.id)
        }
      }),
    )
  })

  it("finds in a copy of an input exactly its sessions as duplicates", () => {
    fc.assert(
      fc.property(scripts(fc.oneof(sessions, similarSessions)), (steps) => {
        const [first, copy] = run(inputsOf(steps, steps)).resolved.inputs
        expect(copy?.accepted).toBe(0)
        expect(copy?.superseded).toBe(first?.superseded)
        expect(copy?.duplicates).toBe((first?.sessions ?? 0) - (first?.rejected ?? 0) - (first?.superseded ?? 0))
      }),
    )
  })

  it("does not depend on which input a record lies in, but for the order", () => {
    fc.assert(
      fc.property(scripts(), scripts(), (a, b) => {
        expect(statuses(a, b)).toEqual(statuses([...a, ...b]))
      }),
    )
  })

  it("does not depend on blocks", () => {
    const cut = scripts(similarSessions, 10).chain((steps) => fc.tuple(fc.constant(steps), cutsOf(steps)))
    fc.assert(
      fc.property(cut, ([steps, cuts]) => {
        const [whole, blocks] = [run([{ path: "a", steps }]), run([{ path: "a", steps, cuts }])]
        expect(shownCalls(blocks.resolved.facts)).toEqual(shownCalls(whole.resolved.facts))
        expect(blocks.resolved.openPageCount).toBe(whole.resolved.openPageCount)
      }),
    )
  })
})

describe("versions", () => {
  it("take the highest as a number, wherever it lies", () => {
    expect(statuses(record({ version: "10" }), record({ version: "9" }))).toEqual([counted, superseded])
    expect(statuses(record({ version: "9" }), record({ version: "10" }))).toEqual([superseded, counted])
    expect(statuses(record({ version: "9007199254740993" }), record({ version: "9007199254740992" }))).toEqual([
      counted,
      superseded,
    ])
  })

  it("take the one modified last of equals, and keep equals in both", () => {
    expect(statuses(modified(1n), modified(2n), modified(null))).toEqual([superseded, counted, superseded])
    expect(statuses(modified(2n), modified(2n))).toEqual([counted, duplicate])
  })

  it("never supersede what has none", () => {
    expect(statuses(record({ version: "2" }), record({}), sessionsPage([session("s")], { callId: "C" }))).toEqual([
      counted,
      duplicate,
      duplicate,
    ])
    expect(statuses(record({ version: "2" }), callRecord([session("t")], { callId: "c" }))).toEqual([counted, counted])
  })

  it("are decided by a callRecord without sessions too, and say what the call is", () => {
    const steps: Step[] = [
      {
        step: "bareCallRecord",
        fields: { callId: "c", version: "2", type: "groupCall", startTicks: 1n, endTicks: 2n, lastModifiedTicks: 3n },
      },
    ]
    const { resolved } = run(inputsOf(record({ version: "1", type: "peerToPeer" }), steps))
    expect(shownCalls(resolved.facts)).toEqual([
      { id: "c", version: "2", type: "groupCall", startTicks: 1n, endTicks: 2n, lastModifiedTicks: 3n, isOpen: false },
    ])
    expect(resolved.inputs.map((input) => input.superseded)).toEqual([1, 0])
  })
})

describe("duplicates", () => {
  const one = session("aaaaaaaa-0000-4000-8000-000000000001")
  const differing: Partial<TestSession>[] = [
    { start: 1n },
    { end: 11n },
    { modalities: 3 },
    { caller: "x" },
    { callee: "x" },
    { stage: "midcall" },
    { reason: "x" },
    { endpoints: "x" },
    { isTest: true },
  ]

  it.each(differing)("are not where %o differs", (fields) => {
    expect(statuses(bare([one, { ...one, ...fields }, one, { ...one, ...fields }]))).toEqual([
      counted,
      counted,
      duplicate,
      duplicate,
    ])
  })

  it("are found across layouts, by call id without regard to case", () => {
    expect(
      statuses(callRecord([one], { callId: "X", version: "1" }), sessionsPage([one], { callId: "x" }), bare([one])),
    ).toEqual([counted, duplicate, counted])
  })

  it("take a session of no known call as of the call that bears its id", () => {
    expect(statuses(callRecord([one], { callId: one.id }), bare([one, one]))).toEqual([counted, duplicate, duplicate])
    expect(statuses(bare([session("Id")]), callRecord([session("Id")], { callId: "ID" }))).toEqual([counted, duplicate])
  })

  it("tell text ids by letter case", () => {
    expect(statuses(bare([session("Id"), session("id")]))).toEqual([counted, counted])
  })

  it("stay fast where one id is repeated with other facts each time", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => session("s", { start: BigInt(index) }))
    const { resolved } = run(inputsOf(bare(many), bare(many)))
    expect(resolved.inputs.map(({ accepted, duplicates }) => [accepted, duplicates])).toEqual([
      [20_000, 0],
      [0, 20_000],
    ])
  })
})

describe("pages", () => {
  it("are complete when a last one is there", () => {
    expect([isOpen(page(true)), isOpen(page(true), page(true)), isOpen(page(true), page(false))]).toEqual([
      true,
      true,
      false,
    ])
  })

  it("do not end with a callRecord that has no list, nor with a superseded one", () => {
    const bareRecord: Step[] = [{ step: "bareCallRecord", fields: { callId: "c", version: "1" } }]
    expect([isOpen(bareRecord), isOpen(bareRecord, page(true))]).toEqual([false, true])
    expect([
      isOpen(openVersion("1", false), openVersion("2", true)),
      isOpen(openVersion("1", true), openVersion("2", false)),
    ]).toEqual([true, false])
  })
})

interface PlainRow {
  readonly session: TestSession
  readonly envelope: EnvelopeFields | null
  status: number
  earlier: number
}

const isHigher = (a: EnvelopeFields, b: EnvelopeFields): boolean => {
  const [left, right] = [BigInt(a.version ?? -1), BigInt(b.version ?? -1)]
  return left > right || (left === right && (a.lastModifiedTicks ?? -1n) > (b.lastModifiedTicks ?? -1n))
}
const sameCall = (a: EnvelopeFields, b: EnvelopeFields): boolean => a.callId?.toLowerCase() === b.callId?.toLowerCase()

/** The definitions word by word, row against row. */
function bruteForce(all: readonly (readonly Step[])[]): PlainRow[] {
  const rows: PlainRow[] = []
  const records: EnvelopeFields[] = []
  for (const steps of all) collect(steps, rows, records)
  for (const row of rows) {
    const own = row.envelope
    if (own === null || !records.includes(own) || typeof own.version !== "string" || typeof own.callId !== "string")
      continue
    if (records.some((other) => sameCall(other, own) && typeof other.version === "string" && isHigher(other, own)))
      row.status = superseded
  }
  const callOf = (row: PlainRow): string => (row.envelope?.callId ?? row.session.id).toLowerCase()
  const sameId = (a: PlainRow, b: PlainRow): boolean => callOf(a) === callOf(b) && a.session.id === b.session.id
  const factsOf = (row: PlainRow): string =>
    JSON.stringify({ ...row.session, findings: null }, (_, value: unknown) =>
      typeof value === "bigint" ? `${value}` : value,
    )
  for (const [index, row] of rows.entries()) {
    if (row.status === superseded) continue
    const before = rows.slice(0, index).filter((other) => other.status !== superseded && sameId(other, row))
    const equal = before.find((other) => factsOf(other) === factsOf(row))
    if (equal !== undefined) row.status = duplicate
    row.earlier = rows.indexOf(equal ?? before[0] ?? row)
    if (row.earlier === index) row.earlier = -1
  }
  return rows
}

/** The rows of a script, each with the fields of the callRecord or page that is innermost around it. */
function collect(steps: readonly Step[], rows: PlainRow[], records: EnvelopeFields[]): void {
  const open: { readonly kind: string; readonly fields: EnvelopeFields }[] = []
  steps.forEach((step, at) => {
    if (step.step === "open") open.push({ kind: step.kind, fields: closingFields(steps, at) })
    else if (step.step === "bareCallRecord") records.push(step.fields)
    else if (step.step === "session") {
      const envelope = open.findLast(({ kind }) => kind === "callRecord" || kind === "sessionsPage")?.fields ?? null
      rows.push({ session: step.session, envelope, status: counted, earlier: -1 })
    } else if (step.step === "close") {
      const closed = open.pop()
      if (closed?.kind === "callRecord") records.push(closed.fields)
    }
  })
}

function closingFields(steps: readonly Step[], openAt: number): EnvelopeFields {
  let depth = 0
  for (const step of steps.slice(openAt)) {
    if (step.step === "open") depth += 1
    if (step.step === "close" && --depth === 0) return step.fields
  }
  throw new Error("never closed")
}
