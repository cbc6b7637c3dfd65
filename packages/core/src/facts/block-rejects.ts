/** The rejects of a block, from the worker's facts to the final evidence. */
import type { BlockResult, RejectFact } from "../worker/protocol.ts"
import { inputFields, type InputPlace, type RejectEvidence } from "./evidence.ts"
import type { HeldReject } from "./held-rejects.ts"

/** A reject whose numbers are still the block's. */
export interface BlockReject {
  readonly reject: RejectFact
  /** A run of NUL bytes: a reject only if a record follows. */
  readonly isNulRun: boolean
}

/** Everything in a block that is a reject or may be one, in the order of bytes. */
export function rejectsOf(result: BlockResult): BlockReject[] {
  const foreign = result.foreign.flatMap(({ reject }) => (reject === null ? [] : [reject]))
  const rejects = [...result.rejects, ...foreign].map((reject): BlockReject => ({ reject, isNulRun: false }))
  const nulRuns = result.nulRuns.map(({ reject }): BlockReject => ({ reject, isNulRun: true }))
  return [...rejects, ...nulRuns].toSorted((a, b) => a.reject.byteOffset - b.reject.byteOffset)
}

/** Where the first line that a block takes back begins, or null: only that line can have begun in an earlier block. */
export function firstTakenBack({ retractions, rejects }: BlockResult): number | null {
  if (retractions.length === 0) return null
  const record = retractions.reduce((first, retraction) => Math.min(first, retraction.record), Number.POSITIVE_INFINITY)
  return rejects.find((reject) => reject.record === record)?.byteOffset ?? null
}

/** The final form of a reject. */
export function rejectEvidence(place: InputPlace, reject: HeldReject, callId: string | null): RejectEvidence {
  return {
    code: reject.code,
    ...inputFields([place], 0),
    offset: reject.byteOffset,
    length: reject.byteLength,
    line: reject.line + 1,
    record: reject.record,
    ...(callId === null ? {} : { callId }),
    ...(reject.sessionId === null ? {} : { sessionId: reject.sessionId }),
    ...(reject.pointer === null ? {} : { pointer: reject.pointer }),
    message: reject.message,
    sha256: reject.sha256,
  }
}
