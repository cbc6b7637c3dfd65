/**
 * Block results for tests: a script of what an input holds, written once, and cut into blocks anywhere. Every step
 * takes 100 bytes and a line, so that places can be told from the position in the script.
 */
import { envelopeColumns, type TestEnvelope } from "../decode/envelope-facts.ts"
import { AMPLE_SPACE } from "./map-rows.ts"
import { NO_ENVELOPE, type ByteAccount, type FramingEnd, type Layout } from "#core/framing/block.ts"
import { SESSION_FINDING_CODES, type RejectCode } from "#core/check/rules.ts"
import { collectFindings, type Findings } from "#core/facts/findings.ts"
import type { InputPlace, RejectEvidence } from "#core/facts/evidence.ts"
import type { JoinedInput, SourceEnd } from "#core/facts/input.ts"
import type { JoinedFacts } from "#core/facts/fact-tables.ts"
import { openLedger } from "#core/facts/ledger.ts"
import { resolve, type ResolvedFacts } from "#core/facts/resolve.ts"
import { parseGuid } from "#core/facts/guid.ts"
import {
  IdForm,
  RowFlag,
  type BlockResult,
  type FindingFact,
  type ForeignFact,
  type IdColumn,
  type RejectFact,
} from "#core/worker/protocol.ts"

export interface TestSession {
  readonly id: string
  readonly start: bigint
  readonly end: bigint
  readonly modalities: number
  readonly caller: string | null
  readonly callee: string | null
  readonly stage: string | null
  readonly reason: string | null
  readonly endpoints: string
  readonly isTest: boolean
  readonly findings: readonly string[]
}

export function session(id: string, fields: Partial<TestSession> = {}): TestSession {
  return {
    id,
    start: 0n,
    end: 10n,
    modalities: 1,
    caller: null,
    callee: null,
    stage: null,
    reason: null,
    endpoints: "[null,null,null,null,null,null]",
    isTest: false,
    findings: [],
    ...fields,
  }
}

export type EnvelopeFields = Partial<
  Omit<TestEnvelope, "hasList" | "parent" | "byteOffset" | "byteLength" | "line" | "record">
>

export type Step =
  | { readonly step: "open"; readonly kind: TestEnvelope["kind"] }
  | { readonly step: "close"; readonly fields: EnvelopeFields }
  | { readonly step: "session"; readonly session: TestSession }
  | { readonly step: "reject"; readonly code: RejectCode; readonly pointer: string | null }
  | { readonly step: "nul" }
  | { readonly step: "foreign"; readonly shape: ForeignFact["shape"] }
  | { readonly step: "envelopeFault" }
  /** A callRecord without a framed list; `sessions` stand in it as a text, so their bytes are its own. */
  | { readonly step: "bareCallRecord"; readonly fields: EnvelopeFields; readonly sessions?: readonly TestSession[] }
  | { readonly step: "finding"; readonly code: string }
  /** Rejects everything from the step with this index on as one line. */
  | { readonly step: "rejectLine"; readonly from: number }

export const STEP_BYTES = 100

/** Steps of a callRecord with sessions. */
export function callRecord(sessions: readonly TestSession[], fields: EnvelopeFields): Step[] {
  return enveloped("callRecord", sessions, fields)
}

/** Steps of a page of sessions. */
export function sessionsPage(sessions: readonly TestSession[], fields: EnvelopeFields): Step[] {
  return enveloped("sessionsPage", sessions, fields)
}

function enveloped(kind: TestEnvelope["kind"], sessions: readonly TestSession[], fields: EnvelopeFields): Step[] {
  return [
    { step: "open", kind },
    ...bare(sessions),
    { step: "close", fields: { elementCount: sessions.length, ...fields } },
  ]
}

/** Steps of sessions that are records themselves. */
export function bare(sessions: readonly TestSession[]): Step[] {
  return sessions.map((one) => ({ step: "session", session: one }))
}

interface Counters {
  line: number
  record: number
}

interface OpenEnvelope {
  readonly kind: TestEnvelope["kind"]
  readonly at: number
  readonly line: number
  readonly record: number
  sessionCount: number
}

/** What a script gives, with the input's own numbers, and the counters before each step. */
interface Written {
  readonly emit: (block: MutableBlock) => void
  readonly before: Counters
}

interface MutableBlock {
  readonly sessions: {
    readonly session: TestSession
    readonly envelope: number
    readonly at: number
    readonly line: number
    readonly record: number
    readonly sessionIndex: number
  }[]
  readonly envelopes: TestEnvelope[]
  readonly rejects: RejectFact[]
  readonly findings: FindingFact[]
  readonly nulRuns: { readonly record: number; readonly reject: RejectFact }[]
  readonly retractions: { readonly record: number }[]
  readonly foreign: ForeignFact[]
  readonly envelopeFaults: { readonly byteOffset: number; readonly message: string }[]
}

/** The block results of a script, cut before the steps with these indices. */
export function blocksOf(steps: readonly Step[], cuts: readonly number[] = []): BlockResult[] {
  const { written, end } = write(steps)
  const inner = cuts.filter((cut) => cut > 0 && cut < steps.length)
  const edges = [...new Set([0, ...inner, steps.length])].toSorted((a, b) => a - b)
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? steps.length
    const start = written[from]?.before ?? { line: 0, record: 0 }
    const stop = written[to]?.before ?? end
    // A worker gives nothing of a line that it takes back itself.
    const lines = rejectedLines(steps).filter(({ at }) => at >= from && at < to)
    const kept = written.slice(from, to).filter((_, offset) => !lines.some((line) => isWithin(line, from + offset)))
    return blockOf(kept, start, stop, STEP_BYTES * (to - from))
  })
}

interface RejectedLine {
  readonly from: number
  readonly at: number
}

function rejectedLines(steps: readonly Step[]): RejectedLine[] {
  return steps.flatMap((step, at) => (step.step === "rejectLine" ? [{ from: step.from, at }] : []))
}

/** Whether a step is part of what the line's reject takes back. */
function isWithin({ from, at }: RejectedLine, step: number): boolean {
  return step >= from && step < at
}

function write(steps: readonly Step[]): { readonly written: Written[]; readonly end: Counters } {
  const counters: Counters = { line: 0, record: 0 }
  const open: OpenEnvelope[] = []
  const recordBefore: number[] = []
  const lines = rejectedLines(steps)
  const written = steps.map((step, at): Written => {
    const before = { ...counters }
    recordBefore.push(counters.record)
    const emit = writeStep(step, at, counters, open, recordBefore)
    if (!lines.some((line) => isWithin(line, at))) counters.line += 1
    return { emit, before }
  })
  return { written, end: { ...counters } }
}

/** What names an envelope. */
function firstByteOf(envelope: OpenEnvelope | undefined): number {
  return envelope === undefined ? NO_ENVELOPE : envelope.at * STEP_BYTES
}

function writeStep(
  step: Step,
  at: number,
  counters: Counters,
  open: OpenEnvelope[],
  recordBefore: readonly number[],
): Written["emit"] {
  const parent = open.at(-1)
  const owner = open.findLast(({ kind }) => kind === "callRecord")
  const recordOfItem = (): number => (owner === undefined ? counters.record++ : owner.record)
  const place = { byteOffset: at * STEP_BYTES, byteLength: STEP_BYTES, line: counters.line }
  const reject = (code: RejectCode, record: number, pointer: string | null): RejectFact => ({
    code,
    ...place,
    record,
    envelope: firstByteOf(parent),
    sessionId: null,
    pointer,
    message: "wrong",
    sha256: "00".repeat(32),
  })
  switch (step.step) {
    case "open": {
      open.push({
        kind: step.kind,
        at,
        line: counters.line,
        record: counters.record,
        sessionCount: 0,
      })
      if (step.kind === "callRecord") counters.record += 1
      return () => {}
    }
    case "close": {
      const closed = open.pop()
      if (closed === undefined) throw new Error("nothing is open")
      const fact = envelopeFact(closed.kind, step.fields, {
        hasList: true,
        parent: firstByteOf(open.at(-1)),
        byteOffset: closed.at * STEP_BYTES,
        byteLength: (at + 1 - closed.at) * STEP_BYTES,
        line: closed.line,
        record: closed.record,
      })
      return (block) => block.envelopes.push(fact)
    }
    case "bareCallRecord": {
      const record = recordOfItem()
      const fact = envelopeFact("callRecord", step.fields, {
        hasList: false,
        parent: firstByteOf(parent),
        ...place,
        record,
      })
      return (block) => {
        block.envelopes.push(fact)
        for (const [sessionIndex, one] of (step.sessions ?? []).entries()) {
          block.sessions.push({ session: one, envelope: fact.byteOffset, at, line: place.line, record, sessionIndex })
        }
      }
    }
    case "session": {
      const record = recordOfItem()
      const sessionIndex = owner === undefined ? -1 : owner.sessionCount++
      return (block) =>
        block.sessions.push({
          session: step.session,
          envelope: firstByteOf(parent),
          at,
          line: place.line,
          record,
          sessionIndex,
        })
    }
    case "reject": {
      const fact = reject(step.code, recordOfItem(), step.pointer)
      return (block) => block.rejects.push(fact)
    }
    case "nul": {
      const fact = reject("json/malformed", recordOfItem(), null)
      return (block) => block.nulRuns.push({ record: fact.record, reject: fact })
    }
    case "foreign": {
      const record = recordOfItem()
      const isError = step.shape === "graph-error"
      const fact: ForeignFact = {
        shape: step.shape,
        record,
        message: `the whole is ${step.shape}`,
        byteOffset: place.byteOffset,
        reject: isError ? null : reject("session/missing-property", record, null),
      }
      return (block) => {
        block.foreign.push(fact)
        if (isError)
          block.findings.push({
            code: "export/error-response",
            row: -1,
            envelope: NO_ENVELOPE,
            ...place,
            record,
            pointer: null,
            message: "an error",
            sha256: null,
          })
      }
    }
    case "envelopeFault":
      return (block) => block.envelopeFaults.push({ byteOffset: place.byteOffset, message: "broken" })
    case "finding": {
      const fact = {
        code: step.code,
        row: -1,
        envelope: firstByteOf(parent),
        ...place,
        record: counters.record,
        pointer: null,
        message: "odd",
        sha256: null,
      }
      return (block) => block.findings.push(fact)
    }
    case "rejectLine": {
      const record = recordBefore[step.from] ?? 0
      open.length = 0
      counters.record = record + 1
      const fact: RejectFact = {
        ...reject("json/malformed", record, null),
        byteOffset: step.from * STEP_BYTES,
        byteLength: (at + 1 - step.from) * STEP_BYTES,
        envelope: NO_ENVELOPE,
      }
      return (block) => {
        block.retractions.push({ record })
        block.rejects.push(fact)
      }
    }
  }
}

type EnvelopePlace = Pick<TestEnvelope, "hasList" | "parent" | "byteOffset" | "byteLength" | "line" | "record">

function envelopeFact(kind: TestEnvelope["kind"], fields: EnvelopeFields, place: EnvelopePlace): TestEnvelope {
  return {
    kind,
    callId: null,
    version: null,
    type: null,
    startTicks: null,
    endTicks: null,
    lastModifiedTicks: null,
    hasNextLink: false,
    declaredCount: null,
    elementCount: 0,
    ...fields,
    ...place,
  }
}

function blockOf(written: readonly Written[], start: Counters, stop: Counters, byteCount: number): BlockResult {
  const block: MutableBlock = {
    sessions: [],
    envelopes: [],
    rejects: [],
    findings: [],
    nulRuns: [],
    retractions: [],
    foreign: [],
    envelopeFaults: [],
  }
  for (const { emit } of written) emit(block)
  const relative = <Fact extends { readonly line: number; readonly record: number }>(fact: Fact): Fact => ({
    ...fact,
    line: fact.line - start.line,
    record: fact.record - start.record,
  })
  const account: ByteAccount = { recordBytes: byteCount, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
  return {
    facts: factsOf(block, start),
    envelopes: envelopeColumns(block.envelopes.map(relative)),
    rejects: block.rejects.map(relative),
    findings: [...block.findings.map(relative), ...rowFindings(block).map(relative)].toSorted(
      (a, b) => a.byteOffset - b.byteOffset,
    ),
    nulRuns: block.nulRuns.map(({ record, reject }) => ({ record: record - start.record, reject: relative(reject) })),
    retractions: block.retractions.map(({ record }) => ({ record: record - start.record })),
    envelopeFaults: block.envelopeFaults,
    foreign: block.foreign.map(({ shape, record, message, byteOffset, reject }) => ({
      shape,
      record: record - start.record,
      message,
      byteOffset,
      reject: reject === null ? null : relative(reject),
    })),
    lineCount: stop.line - start.line,
    recordCount: stop.record - start.record,
    account,
    handedOverCount: 0,
  }
}

function rowFindings(block: MutableBlock): FindingFact[] {
  return block.sessions.flatMap(({ session: one, envelope, at, line, record }, row) =>
    one.findings.map((code) => ({
      code,
      row,
      envelope,
      byteOffset: at * STEP_BYTES,
      byteLength: STEP_BYTES,
      line,
      record,
      pointer: `/detail/${code.replace("/", "~1")}`,
      message: `found at ${at}`,
      sha256: "11".repeat(32),
    })),
  )
}

function factsOf(block: MutableBlock, start: Counters): BlockResult["facts"] {
  const { sessions } = block
  const strings: string[] = []
  const text = (value: string | null): number => {
    if (value === null) return -1
    const known = strings.indexOf(value)
    return known >= 0 ? known : strings.push(value) - 1
  }
  const count = sessions.length
  const ints = (value: (one: TestSession) => number): Int32Array =>
    Int32Array.from(sessions, ({ session: one }) => value(one))
  const none = (): Int32Array => new Int32Array(count).fill(-1)
  return {
    rowCount: count,
    startTicks: BigInt64Array.from(sessions, ({ session: one }) => one.start),
    endTicks: BigInt64Array.from(sessions, ({ session: one }) => one.end),
    sessionId: idColumn(
      sessions.map(({ session: one }) => one.id),
      text,
    ),
    callerId: idColumn(
      sessions.map(({ session: one }) => one.caller),
      text,
    ),
    calleeId: idColumn(
      sessions.map(({ session: one }) => one.callee),
      text,
    ),
    callerKind: new Uint8Array(count),
    calleeKind: new Uint8Array(count),
    callerTenant: none(),
    calleeTenant: none(),
    callerName: none(),
    calleeName: none(),
    modalities: Uint8Array.from(sessions, ({ session: one }) => one.modalities),
    flags: Uint8Array.from(
      sessions,
      ({ session: one }) =>
        (one.isTest ? RowFlag.test : 0) | (one.stage === null && one.reason === null ? 0 : RowFlag.failed),
    ),
    failureStage: ints((one) => text(one.stage)),
    failureReason: ints((one) => text(one.reason)),
    endpoints: ints((one) => text(one.endpoints)),
    unknownProperties: none(),
    findings: Uint32Array.from(sessions, ({ session: one }) =>
      one.findings.reduce((bits, code) => bits | (1 << (SESSION_FINDING_CODES as readonly string[]).indexOf(code)), 0),
    ),
    envelope: Float64Array.from(sessions, ({ envelope }) => envelope),
    byteOffset: Float64Array.from(sessions, ({ at }) => at * STEP_BYTES),
    byteLength: new Uint32Array(count).fill(STEP_BYTES),
    line: Float64Array.from(sessions, ({ line }) => line - start.line),
    record: Float64Array.from(sessions, ({ record }) => record - start.record),
    sessionIndex: Int32Array.from(sessions, ({ sessionIndex }) => sessionIndex),
    strings,
  }
}

function idColumn(ids: readonly (string | null)[], text: (value: string) => number): IdColumn {
  const bytes = new Uint8Array(16 * ids.length)
  const forms = new Uint8Array(ids.length)
  ids.forEach((id, row) => {
    if (id === null) return
    const guid = parseGuid(id)
    forms[row] = guid === null ? IdForm.text : IdForm.guid
    if (guid !== null) bytes.set(guid, 16 * row)
    else new DataView(bytes.buffer).setInt32(16 * row, text(id), true)
  })
  return { bytes, forms }
}

export interface TestInput extends InputPlace {
  readonly steps: readonly Step[]
  readonly cuts?: readonly number[]
  readonly isLines?: boolean
  readonly layout?: Layout
  readonly fault?: FramingEnd["fault"]
  readonly source?: Partial<SourceEnd>
}

export interface TestRun {
  readonly joined: JoinedFacts
  readonly inputs: readonly JoinedInput[]
  readonly rejects: readonly RejectEvidence[]
  readonly resolved: ResolvedFacts
  readonly findings: Findings
}

/** Joins and resolves inputs. */
export function run(inputs: readonly TestInput[], maxEvidence = 10_000, space = AMPLE_SPACE): TestRun {
  const rejects: RejectEvidence[] = []
  const ledger = openLedger({ maxEvidence, space, onReject: (reject) => rejects.push(reject) })
  const ended = inputs.map((input) => {
    ledger.begin(input.entry === undefined ? { path: input.path } : { path: input.path, entry: input.entry })
    for (const block of blocksOf(input.steps, input.cuts)) ledger.add(block, input.isLines ?? false)
    return ledger.end(framingEnd(input), { sizeBytes: 1, sha256: null, error: null, ...input.source })
  })
  const joined = ledger.finish()
  const resolved = resolve(joined)
  return { joined, inputs: ended, rejects, resolved, findings: collectFindings(resolved, [], maxEvidence) }
}

function framingEnd(input: TestInput): FramingEnd {
  return {
    layout: input.layout ?? (input.isLines === true ? "ndjson" : "array"),
    account: { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 },
    decodedBytes: STEP_BYTES * input.steps.length,
    nulTailBytes: 0,
    fault: input.fault ?? null,
  }
}
