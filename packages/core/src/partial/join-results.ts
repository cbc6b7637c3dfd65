/**
 * Makes one block result of several that follow each other in an input. Many blocks give one large table, and a partial
 * does not depend on how large blocks were.
 */
import type { ByteAccount } from "../framing/block.ts"
import { addBytes, noBytes } from "../framing/byte-sums.ts"
import { TEXT_COLUMNS, type BlockResult, type FactsColumns, type IdColumn } from "../worker/protocol.ts"
import { joinEnvelopes } from "./join-envelopes.ts"
import { addTo, copyIds, ID_BYTES, internedIn, type Part } from "./joined-columns.ts"

/** Columns whose values are the same in whatever block a row is. */
export const PLAIN_COLUMNS = [
  "startTicks",
  "endTicks",
  "callerKind",
  "calleeKind",
  "modalities",
  "flags",
  "findings",
  "envelope",
  "byteOffset",
  "byteLength",
  "sessionIndex",
] as const
/** Columns of ids. */
export const ID_COLUMNS = ["sessionId", "callerId", "calleeId"] as const

/** Joins results in their order; there is at least one. What only the first may have, `retractions`, is only looked for there. */
export function joinResults(results: readonly BlockResult[]): BlockResult {
  const [first] = results
  if (results.length === 1 && first !== undefined) return first
  const parts = placed(results)
  const shifted = <Item extends Counted>(list: (result: BlockResult) => readonly Item[]): Item[] =>
    parts.flatMap(({ result, line, record }) => list(result).map((item) => shift(item, line, record)))
  return {
    facts: joinFacts(parts),
    envelopes: joinEnvelopes(parts),
    rejects: shifted(({ rejects }) => rejects),
    findings: parts.flatMap(({ result, row, line, record }) =>
      result.findings.map((each) => ({ ...shift(each, line, record), row: each.row < 0 ? -1 : each.row + row })),
    ),
    nulRuns: parts.flatMap(({ result, line, record }) =>
      result.nulRuns.map((run) => ({ record: run.record + record, reject: shift(run.reject, line, record) })),
    ),
    retractions: first?.retractions ?? [],
    envelopeFaults: results.flatMap(({ envelopeFaults }) => envelopeFaults),
    foreign: parts.flatMap(({ result, line, record }) =>
      result.foreign.map(({ reject, ...each }) => ({
        ...each,
        record: each.record + record,
        reject: reject === null ? null : shift(reject, line, record),
      })),
    ),
    lineCount: results.reduce((sum, { lineCount }) => sum + lineCount, 0),
    recordCount: results.reduce((sum, { recordCount }) => sum + recordCount, 0),
    account: joinAccounts(results),
    handedOverCount: results.reduce((sum, { handedOverCount }) => sum + handedOverCount, 0),
  }
}

interface Counted {
  readonly line: number
  readonly record: number
}

function placed(results: readonly BlockResult[]): Part[] {
  let [row, line, record] = [0, 0, 0]
  return results.map((result) => {
    const part = { result, row, line, record }
    row += result.facts.rowCount
    line += result.lineCount
    record += result.recordCount
    return part
  })
}

function shift<Item extends Counted>(item: Item, line: number, record: number): Item {
  return { ...item, line: item.line + line, record: item.record + record }
}

function joinAccounts(results: readonly BlockResult[]): ByteAccount {
  const account = noBytes()
  for (const result of results) addBytes(account, result.account)
  return account
}

function joinFacts(parts: readonly Part[]): FactsColumns {
  const rowCount = parts.reduce((sum, { result }) => sum + result.facts.rowCount, 0)
  const facts = emptyFacts(rowCount)
  const indexOf = new Map<string, number>()
  for (const part of parts) appendFacts(facts, part, indexOf)
  return { ...facts, strings: [...indexOf.keys()] }
}

/** Columns of zeros. */
export function emptyFacts(rowCount: number): FactsColumns {
  const ids = (): IdColumn => ({ bytes: new Uint8Array(ID_BYTES * rowCount), forms: new Uint8Array(rowCount) })
  return {
    rowCount,
    startTicks: new BigInt64Array(rowCount),
    endTicks: new BigInt64Array(rowCount),
    sessionId: ids(),
    callerId: ids(),
    calleeId: ids(),
    callerKind: new Uint8Array(rowCount),
    calleeKind: new Uint8Array(rowCount),
    callerTenant: new Int32Array(rowCount),
    calleeTenant: new Int32Array(rowCount),
    callerName: new Int32Array(rowCount),
    calleeName: new Int32Array(rowCount),
    modalities: new Uint8Array(rowCount),
    flags: new Uint8Array(rowCount),
    failureStage: new Int32Array(rowCount),
    failureReason: new Int32Array(rowCount),
    endpoints: new Int32Array(rowCount),
    unknownProperties: new Int32Array(rowCount),
    findings: new Uint32Array(rowCount),
    envelope: new Float64Array(rowCount),
    byteOffset: new Float64Array(rowCount),
    byteLength: new Uint32Array(rowCount),
    line: new Float64Array(rowCount),
    record: new Float64Array(rowCount),
    sessionIndex: new Int32Array(rowCount),
    strings: [],
  }
}

function appendFacts(target: FactsColumns, { result, row, line, record }: Part, indexOf: Map<string, number>): void {
  const { facts } = result
  const { rowCount } = facts
  const indices = Int32Array.from(facts.strings, (text) => internedIn(indexOf, text))
  for (const name of PLAIN_COLUMNS) copyColumn(target[name], facts[name], row, rowCount)
  for (const name of TEXT_COLUMNS) copyTexts(target[name], facts[name], row, rowCount, indices)
  for (const name of ID_COLUMNS) copyIds(target[name], facts[name], row, rowCount, indices)
  addTo(target.line, facts.line, row, rowCount, line)
  addTo(target.record, facts.record, row, rowCount, record)
}

type Column = FactsColumns[(typeof PLAIN_COLUMNS)[number]]

/** Both are of one type. */
function copyColumn(target: Column, source: Column, at: number, rowCount: number): void {
  if (target instanceof BigInt64Array) target.set((source as BigInt64Array).subarray(0, rowCount), at)
  else target.set((source as Exclude<Column, BigInt64Array>).subarray(0, rowCount), at)
}

function copyTexts(target: Int32Array, source: Int32Array, at: number, rowCount: number, indices: Int32Array): void {
  for (let row = 0; row < rowCount; row++) target[at + row] = indices[source[row] ?? -1] ?? -1
}
