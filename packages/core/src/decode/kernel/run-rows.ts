/** Rows of the kernel → rows of a block: numbers become the stream's, and texts the block's. */
import type { KernelColumns } from "@callsift/kernel"
import { GUID_BYTES } from "../../facts/guid.ts"
import { IdForm, TEXT_COLUMNS } from "../../worker/protocol.ts"
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

/** Copies rows `from` to `end` to row `at` on; `textIndices` by the kernel's numbers of texts. */
export function copyRun(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  base: RunBase,
  textIndices: Int32Array,
): void {
  to.startTicks.set(run.startTicks.subarray(from, end), at)
  to.endTicks.set(run.endTicks.subarray(from, end), at)
  to.byteLength.set(run.byteLength.subarray(from, end), at)
  for (const name of ["callerKind", "calleeKind", "modalities", "flags"] as const)
    to[name].set(run[name].subarray(from, end), at)
  copyIds(run, from, end, to, at, textIndices)
  copyTexts(run, from, end, to, at, textIndices)
  copyPlaces(run, from, end, to, at, base)
}

function copyIds(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  textIndices: Int32Array,
): void {
  const columns = [
    [run.sessionId, run.sessionForm, to.sessionId],
    [run.callerId, run.callerForm, to.callerId],
    [run.calleeId, run.calleeForm, to.calleeId],
  ] as const
  for (const [bytes, forms, target] of columns) {
    target.bytes.set(bytes.subarray(GUID_BYTES * from, GUID_BYTES * end), GUID_BYTES * at)
    const copied = target.forms.subarray(at, at + end - from)
    copied.set(forms.subarray(from, end))
    for (let row = copied.indexOf(IdForm.text); row >= 0; row = copied.indexOf(IdForm.text, row + 1)) {
      const view = new DataView(target.bytes.buffer, target.bytes.byteOffset + GUID_BYTES * (at + row))
      view.setInt32(0, textIndices[view.getInt32(0, true)] ?? -1, true)
    }
  }
}

function copyTexts(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  textIndices: Int32Array,
): void {
  for (const name of TEXT_COLUMNS) {
    const source = run[name]
    const target = to[name]
    for (let row = from; row < end; row++) {
      const number = source[row] ?? -1
      target[at + row - from] = number < 0 ? -1 : (textIndices[number] ?? -1)
    }
  }
}

function copyPlaces(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  base: RunBase,
): void {
  for (let row = from; row < end; row++) {
    const into = at + row - from
    to.byteOffset[into] = base.byteOffset + (run.byteAt[row] ?? 0)
    to.line[into] = base.line + (run.line[row] ?? 0)
    to.record[into] = recordOf(run, row, base)
    to.envelope[into] = parentOf(run, row, base)
    to.sessionIndex[into] = numberOf(run, row, base)
    to.findings[into] = 0
  }
}
