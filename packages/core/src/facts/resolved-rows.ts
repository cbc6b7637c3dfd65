/**
 * The rows with what was resolved: a view of each group that looks up calls and statuses by envelope, and what is said
 * of repeated sessions. Nothing of it is kept.
 */
import type { NumberMap } from "@callsift/kernel"
import { grown } from "./columns.ts"
import { RowStatus, type FactBatch, type UniformColumn } from "./facts.ts"
import { lazyColumns } from "./lazy-columns.ts"
import { GroupBuffers } from "./packed-group.ts"
import { ROW_COLUMN_NAMES, type RowColumns, type RowGroup } from "./row-columns.ts"
import type { RowGroups } from "./row-groups.ts"
import type { GroupOutcomes, RowOutcomes } from "./row-outcomes.ts"

/** What the views are made of. */
export interface ResolvedRows {
  readonly groups: RowGroups
  readonly outcomes: RowOutcomes
  /** By envelope: its call, or -1, and whether it is superseded. */
  readonly callOfEnvelope: NumberMap
  readonly isSuperseded: Uint8Array
  /** Whether any envelope is superseded. */
  readonly hasSuperseded: boolean
}

/** All rows in input order; each batch is valid until the next. */
export function* batchesOf(rows: ResolvedRows): Generator<FactBatch> {
  const memory = new OutcomeMemory()
  for (const group of rows.groups.from(0)) yield batchOf(rows, group, memory)
}

/** A batch that was looked up, and the memory it lies in. */
interface LookedUp {
  batch: FactBatch | null
  readonly buffers: GroupBuffers
  readonly memory: OutcomeMemory
}

/** Gives the batch that holds a row. What was given before is valid until two others were asked for. */
export function lookUp(rows: ResolvedRows): (row: number) => FactBatch {
  // Evidence names a session and an earlier one, again and again.
  let last = nothingLookedUp()
  let before = nothingLookedUp()
  return (row) => {
    if (!holds(last, row)) [last, before] = [before, last]
    if (last.batch !== null && holds(last, row)) return last.batch
    last.batch = batchOf(rows, rows.groups.at(row, last.buffers), last.memory)
    return last.batch
  }
}

function nothingLookedUp(): LookedUp {
  return { batch: null, buffers: new GroupBuffers(), memory: new OutcomeMemory() }
}

function holds({ batch }: LookedUp, row: number): boolean {
  return batch !== null && row >= batch.firstRow && row < batch.firstRow + batch.rowCount
}

/** The columns of a batch. */
type BatchColumns = Omit<FactBatch, "firstRow" | "rowCount" | "isAll"> & RowColumns

// A group that is packed unpacks a column when it is asked for, so the batch asks no earlier.
const Batch = lazyColumns<BatchColumns>([...ROW_COLUMN_NAMES, "sessionId", "status", "earlier", "call"])

function batchOf(rows: ResolvedRows, group: RowGroup, memory: OutcomeMemory): FactBatch {
  let outcomes: GroupOutcomes | null = null
  const columns = new Batch((name) => {
    if (name === "sessionId") return { bytes: group.sessionBytes, forms: group.columns.sessionForms }
    if (name !== "status" && name !== "earlier" && name !== "call") return group.columns[name]
    return (outcomes ??= resolveGroup(rows, group, memory.of(group.rowCount)))[name]
  })
  const isAll = (name: UniformColumn, value: number): boolean => isUniform(rows, group, name, value)
  return Object.assign(columns, { firstRow: group.firstRow, rowCount: group.rowCount, isAll })
}

/** Whether all rows of a group are known to have this value. */
function isUniform(rows: ResolvedRows, group: RowGroup, name: UniformColumn, value: number): boolean {
  if (name === "status") return value === RowStatus.counted && !rows.hasSuperseded && !rows.outcomes.isSaid(group)
  if (name === "earlier") return value === -1 && !rows.outcomes.isSaid(group)
  return group.isAll(name, value)
}

/** Memory for the outcomes of one group after the other. */
class OutcomeMemory {
  #status = new Uint8Array(0)
  #earlier = new Int32Array(0)
  #call = new Int32Array(0)

  /** Of so many rows: counted, of no call, and they repeat none. */
  of(rowCount: number): GroupOutcomes {
    this.#status = grown(this.#status, rowCount)
    this.#earlier = grown(this.#earlier, rowCount)
    this.#call = grown(this.#call, rowCount)
    return {
      status: this.#status.subarray(0, rowCount).fill(RowStatus.counted),
      earlier: this.#earlier.subarray(0, rowCount).fill(-1),
      call: this.#call.subarray(0, rowCount).fill(-1),
    }
  }
}

function resolveGroup(rows: ResolvedRows, group: RowGroup, resolved: GroupOutcomes): GroupOutcomes {
  if (!group.isAll("envelope", -1)) resolveEnvelopes(rows, group, resolved)
  rows.outcomes.apply(group, resolved)
  return resolved
}

/** What follows from the envelopes of the rows. */
function resolveEnvelopes(rows: ResolvedRows, { columns, rowCount }: RowGroup, { call, status }: GroupOutcomes): void {
  const { envelope } = columns
  const { callOfEnvelope, isSuperseded } = rows
  callOfEnvelope.gather(envelope, rowCount, call)
  if (!rows.hasSuperseded) return
  for (let row = 0; row < rowCount; row++) {
    if (isSuperseded[envelope[row] ?? -1] === 1) status[row] = RowStatus.superseded
  }
}
