/** Rows of the kernel → rows of a block: numbers become the stream's, and texts the block's. */
import type { KernelColumns } from "@callsift/kernel"
import { GUID_BYTES } from "../../facts/guid.ts"
import { NO_ENVELOPE } from "../../framing/block.ts"
import { IdForm } from "../../worker/protocol.ts"
import type { MutableColumns } from "../row-builder.ts"

/** Where the kernel's rows stand. */
export interface RunBase {
  /** The block's first byte in the stream. */
  readonly byteOffset: number
  /** Lines and records before the kernel's, in the block. */
  readonly line: number
  readonly record: number
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
  to.sessionIndex.set(run.sessionIndex.subarray(from, end), at)
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

const TEXTS = [
  "callerTenant",
  "calleeTenant",
  "callerName",
  "calleeName",
  "failureStage",
  "failureReason",
  "endpoints",
  "unknownProperties",
] as const

function copyTexts(
  run: KernelColumns,
  from: number,
  end: number,
  to: MutableColumns,
  at: number,
  textIndices: Int32Array,
): void {
  for (const name of TEXTS) {
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
  { byteOffset, line, record }: RunBase,
): void {
  for (let row = from; row < end; row++) {
    const into = at + row - from
    const envelopeAt = run.envelopeAt[row] ?? -1
    to.byteOffset[into] = byteOffset + (run.byteAt[row] ?? 0)
    to.line[into] = line + (run.line[row] ?? 0)
    to.record[into] = record + (run.record[row] ?? 0)
    to.envelope[into] = envelopeAt < 0 ? NO_ENVELOPE : byteOffset + envelopeAt
    to.findings[into] = 0
  }
}
