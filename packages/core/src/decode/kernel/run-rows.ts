/** Rows of the kernel → rows of a block: numbers become the stream's, and texts the block's. */
import type { KernelColumns } from "@callsift/kernel"
import { GUID_BYTES } from "../../facts/guid.ts"
import { IdForm, TEXT_COLUMNS, type IdColumn } from "../../worker/protocol.ts"
import type { MutableColumns } from "../fact-columns.ts"

/** Where the rows of a run stand. */
export interface RunBase {
  /** First byte of what the kernel was given, in the stream. */
  readonly byteOffset: number
  /** Lines and records before it, in the block. */
  readonly line: number
  readonly record: number
  /** First byte of the envelope around all rows; NO_ENVELOPE where the kernel says which, or none is. */
  readonly parent: number
  /** Index of the first element in a `sessions` list, of one record; -1 where the kernel says which. */
  readonly firstIndex: number
}

/** Where a row stands in the stream and in its block; `number` is its index in a `sessions` list, or -1. */
export function placeOfRow(
  run: KernelColumns,
  row: number,
  base: RunBase,
): {
  readonly byteOffset: number
  readonly line: number
  readonly record: number
  readonly parent: number
  readonly number: number
} {
  return {
    byteOffset: base.byteOffset + (run.byteAt[row] ?? 0),
    line: base.line + (run.line[row] ?? 0),
    record: recordOf(run, row, base),
    parent: parentOf(run, row, base),
    number: numberOf(run, row, base),
  }
}

function recordOf(run: KernelColumns, row: number, { firstIndex, record }: RunBase): number {
  return firstIndex < 0 ? record + (run.record[row] ?? 0) : record
}

function parentOf(run: KernelColumns, row: number, { byteOffset, parent }: RunBase): number {
  const envelopeAt = run.envelopeAt[row] ?? -1
  return envelopeAt < 0 ? parent : byteOffset + envelopeAt
}

function numberOf(run: KernelColumns, row: number, { firstIndex }: RunBase): number {
  return firstIndex < 0 ? (run.sessionIndex[row] ?? -1) : firstIndex + (run.record[row] ?? 0)
}

/** Rows of a run that go to a block: those from `from` up to `end`, to row `at` on. */
export interface Rows {
  readonly from: number
  readonly end: number
  readonly at: number
}

/**
 * Copies rows `from` to `end` to row `at` on; `textIndices` by the kernel's numbers of texts, or null where they are the
 * same. Column by column: what needs no change is copied at once.
 */
export function copyRun(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  base: RunBase,
  textIndices: Int32Array | null,
): void {
  const rows = { from, end, at }
  to.startTicks.set(run.startTicks.subarray(from, end), at)
  to.endTicks.set(run.endTicks.subarray(from, end), at)
  to.byteLength.set(run.byteLength.subarray(from, end), at)
  for (const name of ["callerKind", "calleeKind", "modalities", "flags"] as const)
    to[name].set(run[name].subarray(from, end), at)
  to.findings.fill(0, at, at + end - from)
  copyIds(run, rows, to, textIndices)
  for (const name of TEXT_COLUMNS) copyTexts(run[name], rows, to[name], textIndices)
  copyPlaces(run, rows, to, base)
}

function copyIds(run: KernelColumns, rows: Rows, to: MutableColumns, textIndices: Int32Array | null): void {
  copyIdColumn(run.sessionId, run.sessionForm, rows, to.sessionId, textIndices)
  copyIdColumn(run.callerId, run.callerForm, rows, to.callerId, textIndices)
  copyIdColumn(run.calleeId, run.calleeForm, rows, to.calleeId, textIndices)
}

function copyIdColumn(
  bytes: Uint8Array,
  forms: Uint8Array,
  { from, end, at }: Rows,
  target: IdColumn,
  textIndices: Int32Array | null,
): void {
  target.bytes.set(bytes.subarray(GUID_BYTES * from, GUID_BYTES * end), GUID_BYTES * at)
  const copied = target.forms.subarray(at, at + end - from)
  copied.set(forms.subarray(from, end))
  if (textIndices === null) return
  for (let row = copied.indexOf(IdForm.text); row >= 0; row = copied.indexOf(IdForm.text, row + 1)) {
    const view = new DataView(target.bytes.buffer, target.bytes.byteOffset + GUID_BYTES * (at + row))
    view.setInt32(0, textIndices[view.getInt32(0, true)] ?? -1, true)
  }
}

function copyTexts(
  numbers: Int32Array,
  { from, end, at }: Rows,
  target: Int32Array,
  textIndices: Int32Array | null,
): void {
  if (textIndices === null) return target.set(numbers.subarray(from, end), at)
  for (let row = from; row < end; row++) {
    const number = numbers[row] ?? -1
    target[at + row - from] = number < 0 ? -1 : (textIndices[number] ?? -1)
  }
}

function copyPlaces(run: KernelColumns, rows: Rows, to: MutableColumns, base: RunBase): void {
  const { from, end, at } = rows
  addTo(to.byteOffset, rows, run.byteAt, base.byteOffset)
  addTo(to.line, rows, run.line, base.line)
  if (base.firstIndex < 0) {
    addTo(to.record, rows, run.record, base.record)
    to.sessionIndex.set(run.sessionIndex.subarray(from, end), at)
  } else {
    to.record.fill(base.record, at, at + end - from)
    for (let row = from; row < end; row++) to.sessionIndex[at + row - from] = base.firstIndex + (run.record[row] ?? 0)
  }
  for (let row = from; row < end; row++) to.envelope[at + row - from] = parentOf(run, row, base)
}

/** Copies numbers that are relative to `first`. */
export function addTo(target: Float64Array, { from, end, at }: Rows, numbers: Int32Array, first: number): void {
  for (let row = from; row < end; row++) target[at + row - from] = first + (numbers[row] ?? 0)
}
