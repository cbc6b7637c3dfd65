/** Small facts tables for tests, written as a list of sessions. */
import { callsOfList } from "../facts/call-list.ts"
import { tmpdir } from "node:os"
import { IdForm, RowFlag, RowStatus, type Call, type FactBatch, type Facts } from "#core/facts/facts.ts"
import { WorkSpace } from "#core/facts/work-space.ts"
import { GUID_BYTES, parseGuid } from "#core/facts/guid.ts"
import { IDENTITY_KINDS, type IdentityKind } from "#core/model/identity.ts"
import { MODALITIES, type Modality } from "#core/model/modality.ts"

export interface TestEnd {
  readonly id: string | null
  readonly kind?: IdentityKind
  readonly tenant?: string
  readonly name?: string
  readonly platform?: string
  readonly family?: string
  readonly unidentified?: boolean
}

export interface TestSession {
  readonly start: bigint
  readonly end: bigint
  readonly id?: string
  readonly call?: string | null
  readonly caller?: TestEnd | string | null
  readonly callee?: TestEnd | string | null
  readonly modalities?: readonly Modality[]
  readonly failure?: { readonly stage: string | null; readonly reason: string | null }
  readonly segmentFailed?: boolean
  readonly test?: boolean
  readonly unknown?: readonly string[]
  readonly status?: RowStatus
}

const NOBODY: TestEnd = { id: null }
const endOf = (end: TestEnd | string | null | undefined): TestEnd =>
  typeof end === "string" ? { id: end } : (end ?? NOBODY)

/** Texts in the order in which they came. */
class Texts {
  readonly list: string[] = []
  get length(): number {
    return this.list.length
  }
  get(index: number): string | undefined {
    return this.list[index]
  }
  index(text: string | null | undefined): number {
    if (text === null || text === undefined) return -1
    const known = this.list.indexOf(text)
    return known >= 0 ? known : this.list.push(text) - 1
  }
}

/** Facts whose rows are all one batch. */
export type TestFacts = Facts & FactBatch

/** The facts of these sessions, one a row, and of calls that are named by them or by `calls`. */
export function buildFacts(
  sessions: readonly TestSession[],
  calls: readonly Partial<Call>[] = [],
  memoryBytes = MEMORY_BYTES,
): TestFacts {
  const strings = new Texts()
  const people = new Texts()
  const callIds = new Texts()
  for (const call of calls) callIds.index(call.id)
  const column = (valueOf: (session: TestSession) => number): Int32Array => Int32Array.from(sessions, valueOf)
  const sides = ["caller", "callee"] as const
  const [caller, callee] = sides.map((side) => column((each) => people.index(endOf(each[side]).id)))
  const kinds = sides.map((side) =>
    Uint8Array.from(sessions, (each) => IDENTITY_KINDS.indexOf(endOf(each[side]).kind ?? "user")),
  )
  const tenants = sides.map((side) => column((each) => strings.index(endOf(each[side]).tenant)))
  const names = sides.map((side) => column((each) => strings.index(endOf(each[side]).name)))
  const none = new Int32Array(0)
  const facts: TestFacts = {
    batches: () => [facts],
    batchAt: () => facts,
    space: new WorkSpace(memoryBytes, tmpdir()),
    firstRow: 0,
    rowCount: sessions.length,
    startTicks: BigInt64Array.from(sessions, (each) => each.start),
    endTicks: BigInt64Array.from(sessions, (each) => each.end),
    sessionId: sessionIds(sessions, strings),
    call: callsOf(sessions, callIds),
    envelope: new Int32Array(sessions.length).fill(-1),
    earlier: new Int32Array(sessions.length).fill(-1),
    caller: caller ?? none,
    callee: callee ?? none,
    callerKind: kinds[0] ?? new Uint8Array(0),
    calleeKind: kinds[1] ?? new Uint8Array(0),
    callerTenant: tenants[0] ?? none,
    calleeTenant: tenants[1] ?? none,
    callerName: names[0] ?? none,
    calleeName: names[1] ?? none,
    modalities: Uint8Array.from(sessions, (each) => modalityBits(each.modalities ?? [])),
    flags: Uint8Array.from(sessions, flagsOf),
    failureStage: column((each) => strings.index(each.failure?.stage)),
    failureReason: column((each) => strings.index(each.failure?.reason)),
    endpoints: column((each) => strings.index(endpointsOf(each))),
    unknownProperties: column((each) =>
      each.unknown === undefined ? -1 : strings.index(JSON.stringify(each.unknown)),
    ),
    findings: new Uint32Array(sessions.length),
    status: Uint8Array.from(sessions, (each) => each.status ?? RowStatus.counted),
    input: new Int32Array(sessions.length),
    byteOffset: Float64Array.from(sessions, (_, row) => row * 100),
    byteLength: new Uint32Array(sessions.length).fill(99),
    line: Float64Array.from(sessions, (_, row) => row),
    record: Float64Array.from(sessions, (_, row) => row),
    sessionIndex: new Int32Array(sessions.length).fill(-1),
    isAll: (name, value) => facts[name].every((each) => each === value),
    strings,
    participants: { count: people.list.length, id: (participant) => people.list[participant] ?? "" },
    calls: callsOfList(
      callIds.list.map((id, index) => ({ ...EMPTY_CALL, ...calls[index], id })),
      (type) => strings.index(type),
    ),
  }
  return facts
}

const MEMORY_BYTES = 2 ** 24

/** Sessions of no known call are of the call that their id stands for, which has a number where they are several. */
function callsOf(sessions: readonly TestSession[], callIds: Texts): Int32Array {
  const ids = sessions.filter(({ call }) => (call ?? null) === null).map(({ id }) => id)
  const shared = [...new Set(ids.filter((id, index) => id !== undefined && ids.indexOf(id) < index))]
  return Int32Array.from(sessions, ({ call, id }) =>
    (call ?? null) === null ? -2 - (shared.includes(id) ? shared.indexOf(id) : -1) : callIds.index(call),
  )
}

const EMPTY_CALL = {
  version: null,
  type: null,
  startTicks: null,
  endTicks: null,
  lastModifiedTicks: null,
  isOpen: false,
}

export function modalityBits(modalities: readonly Modality[]): number {
  return modalities.reduce((bits, modality) => bits | (1 << MODALITIES.indexOf(modality)), 0)
}

function flagsOf({ failure, segmentFailed, test, caller, callee }: TestSession): number {
  return (
    (test === true ? RowFlag.test : 0) |
    (failure === undefined ? 0 : RowFlag.failed) |
    (segmentFailed === true ? RowFlag.segmentFailed : 0) |
    (endOf(caller).unidentified === true ? RowFlag.callerUnidentified : 0) |
    (endOf(callee).unidentified === true ? RowFlag.calleeUnidentified : 0)
  )
}

function endpointsOf({ caller, callee }: TestSession): string {
  const [a, b] = [endOf(caller), endOf(callee)]
  return JSON.stringify([a.platform ?? null, b.platform ?? null, a.family ?? null, b.family ?? null, null, null])
}

function sessionIds(sessions: readonly TestSession[], strings: Texts): FactBatch["sessionId"] {
  const bytes = new Uint8Array(sessions.length * GUID_BYTES)
  const forms = new Uint8Array(sessions.length)
  sessions.forEach(({ id }, row) => {
    const text = id ?? `session-${row}`
    const guid = parseGuid(text)
    forms[row] = guid === null ? IdForm.text : IdForm.guid
    if (guid !== null) bytes.set(guid, row * GUID_BYTES)
    else new DataView(bytes.buffer).setInt32(row * GUID_BYTES, strings.index(text), true)
  })
  return { bytes, forms }
}

/** Every row that a selection of everything counts. */
export function allRows(facts: Pick<Facts, "rowCount">): number[] {
  return Array.from({ length: facts.rowCount }, (_, row) => row)
}
