/** CallRecords of the kernel → envelopes of a block: numbers become the stream's, and texts the block's. */
import type { CallColumns } from "@callsift/kernel"
import { GUID_BYTES } from "../../facts/guid.ts"
import { EnvelopeKind, IdForm, type IdColumn } from "../../worker/protocol.ts"
import type { MutableEnvelopes } from "../envelope-columns.ts"
import { addTo, type Rows, type RunBase } from "./run-rows.ts"

/** Copies callRecords `from` to `end` to row `at` on; `indexOf` gives the block's index of a text by the kernel's number. */
export function copyCalls(
  run: CallColumns,
  from: number,
  end: number,
  to: MutableEnvelopes,
  at: number,
  base: RunBase,
  indexOf: (number: number) => number,
): void {
  to.version.set(run.version.subarray(from, end), at)
  for (const name of ["startTicks", "endTicks", "lastModifiedTicks"] as const)
    to[name].set(run[name].subarray(from, end), at)
  to.flags.set(run.flags.subarray(from, end), at)
  to.kind.fill(EnvelopeKind.callRecord, at, at + end - from)
  to.declaredCount.fill(-1, at, at + end - from)
  to.elementCount.set(run.sessionCount.subarray(from, end), at)
  to.parent.fill(base.parent, at, at + end - from)
  to.byteLength.set(run.byteLength.subarray(from, end), at)
  to.callId.bytes.set(run.id.subarray(GUID_BYTES * from, GUID_BYTES * end), GUID_BYTES * at)
  to.callId.forms.set(run.idForm.subarray(from, end), at)
  const rows = { from, end, at }
  addTo(to.byteOffset, rows, run.byteAt, base.byteOffset)
  addTo(to.line, rows, run.line, base.line)
  addTo(to.record, rows, run.record, base.record)
  copyTypes(run.type, rows, to.type, indexOf)
  nameTexts(to.callId, at, at + end - from, indexOf)
}

/** Most callRecords are of the type of the one before. */
function copyTypes(
  types: Int32Array,
  { from, end, at }: Rows,
  target: Int32Array,
  indexOf: (number: number) => number,
): void {
  let last = -1
  let index = -1
  for (let call = from; call < end; call++) {
    const type = types[call] ?? -1
    if (type !== last) index = type < 0 ? -1 : indexOf(type)
    last = type
    target[at + call - from] = index
  }
}

/** Ids that are no GUIDs name the block's texts. */
function nameTexts({ bytes, forms }: IdColumn, from: number, end: number, indexOf: (number: number) => number): void {
  const named = forms.subarray(0, end)
  for (let row = named.indexOf(IdForm.text, from); row >= 0; row = named.indexOf(IdForm.text, row + 1)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + GUID_BYTES * row)
    view.setInt32(0, indexOf(view.getInt32(0, true)), true)
  }
}
