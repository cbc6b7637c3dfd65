/**
 * Everything that crosses the border between the main thread and a worker, as plain data that survives
 * `structuredClone`. A block's bytes are shared (see `framing/block.ts`), and so is the memory for its rows.
 */
import type { KernelMemory } from "@callsift/kernel"
import type { Block, ByteAccount } from "../framing/block.ts"
import type { RejectCode } from "../check/rules.ts"

/** Which engine decodes. Both give the same. */
export type Engine = "fast" | "reference"

/** What a worker is started with. */
export interface WorkerData {
  readonly kernelMemory: KernelMemory
  /** The engine of the blocks to come. */
  readonly engine: Engine
}

/** One block to decode, and the decisions that hold for all of them. */
export interface BlockTask {
  readonly block: Block
  readonly limits: DecodeLimits
  readonly engine: Engine
  /** Finding codes (bits as in `SESSION_FINDING_CODES`) that are listed in full already: only counted from here on. */
  readonly listedInFull: number
  /** Whether the block's bytes lie in the memory of the worker's kernel. */
  readonly isInKernel: boolean
  /** Shared memory for the columns of the rows, as long as there is room for them; null: in memory of their own. */
  readonly rowMemory: SharedArrayBuffer | null
}

/** Decisions of the plan that a worker needs. */
export interface DecodeLimits {
  readonly maxRecordBytes: number
  readonly maxDepth: number
  /** A session that lasts longer is `session/implausible-duration`. In 100 ns ticks. */
  readonly maxDurationTicks: bigint
  /** A session that starts later is `session/in-the-future`; null: not checked. In ticks since 1970-01-01T00:00:00Z. */
  readonly asOfTicks: bigint | null
  /** Whether display names are kept. */
  readonly withNames: boolean
}

/** What a block gave. Counters (line, record) are relative to the block; byte offsets are the stream's. */
export interface BlockResult {
  readonly facts: FactsColumns
  readonly envelopes: EnvelopeColumns
  readonly rejects: readonly RejectFact[]
  /** Evidence of findings, in stream order; none for codes that were `listedInFull`. */
  readonly findings: readonly FindingFact[]
  /** Runs of NUL bytes and lines taken back: what only the blocks before and after decide. */
  readonly nulRuns: readonly { readonly record: number; readonly reject: RejectFact }[]
  readonly retractions: readonly { readonly record: number }[]
  /** Envelopes of documents that are not valid JSON outside of their list: damage of the input. */
  readonly envelopeFaults: readonly { readonly byteOffset: number; readonly message: string }[]
  /** The first record that is of a known shape which is not read, or an error body, or of no shape at all: decided by whether it is alone or the first. */
  readonly foreign: readonly ForeignFact[]
  readonly lineCount: number
  readonly recordCount: number
  readonly account: ByteAccount
  /** Records and sessions that the fast engine left to the reference. */
  readonly handedOverCount: number
}

/**
 * One row for each accepted session, in stream order. All columns have `rowCount` rows.
 * Texts are indices into `strings`; -1 stands for none.
 */
export interface FactsColumns {
  readonly rowCount: number
  /** Start and end in ticks of 100 ns since 1970-01-01T00:00:00Z. */
  readonly startTicks: BigInt64Array
  readonly endTicks: BigInt64Array
  readonly sessionId: IdColumn
  /** Participant keys; form `none` where an end is a service or unidentified. */
  readonly callerId: IdColumn
  readonly calleeId: IdColumn
  /** Identity kinds, indices into `IDENTITY_KINDS`; meaningful where the id is not none. */
  readonly callerKind: Uint8Array
  readonly calleeKind: Uint8Array
  readonly callerTenant: Int32Array
  readonly calleeTenant: Int32Array
  /** Display names; all -1 unless asked for. */
  readonly callerName: Int32Array
  readonly calleeName: Int32Array
  /** A bit for each member of `MODALITIES`. */
  readonly modalities: Uint8Array
  /** Bits of `RowFlag`. */
  readonly flags: Uint8Array
  readonly failureStage: Int32Array
  readonly failureReason: Int32Array
  /** JSON text of [caller platform, callee platform, caller product family, callee product family, caller role, callee role], each a text or null. */
  readonly endpoints: Int32Array
  /** JSON text of the sorted list of the pointers of unknown properties; -1 where there are none. */
  readonly unknownProperties: Int32Array
  /** Bits of `SESSION_FINDING_CODES` that were found in this session. */
  readonly findings: Uint32Array
  /** First byte of what gives it its call: the innermost envelope around it, or the callRecord in whose text it stands. NO_ENVELOPE without one. */
  readonly envelope: Float64Array
  readonly byteOffset: Float64Array
  readonly byteLength: Uint32Array
  readonly line: Float64Array
  readonly record: Float64Array
  /** Index in the `sessions` list, -1 where the record itself is the session. */
  readonly sessionIndex: Int32Array
  readonly strings: readonly string[]
}

/** The columns whose values are indices of `strings`. */
export const TEXT_COLUMNS = [
  "callerTenant",
  "calleeTenant",
  "callerName",
  "calleeName",
  "failureStage",
  "failureReason",
  "endpoints",
  "unknownProperties",
] as const

/** Ids, 16 bytes a row: a GUID's bytes in the order of its text; of any other text the index in `strings`, little-endian in the first 4. */
export interface IdColumn {
  readonly bytes: Uint8Array
  /** `IdForm` of each row. */
  readonly forms: Uint8Array
}
export const IdForm = { none: 0, guid: 1, text: 2 } as const

/** Bits of `FactsColumns.flags`. */
export const RowFlag = {
  test: 1,
  /** failureInfo with a stage or a reason. */
  failed: 2,
  /** Did not fail itself but holds a failed segment. */
  segmentFailed: 4,
  /** Has an identity on this side, but no usable id. */
  callerUnidentified: 8,
  calleeUnidentified: 16,
} as const

/** The largest number of members a list of evidence pointers may have is not bounded here; a reject is one. */
export interface RejectFact {
  readonly code: RejectCode
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly record: number
  /** First byte of the envelope, or callRecord without list, that names the call; or NO_ENVELOPE. */
  readonly envelope: number
  readonly sessionId: string | null
  /** JSON Pointer from the record's root to the fault, or null where the whole is meant. */
  readonly pointer: string | null
  readonly message: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** Evidence of one finding about a session (`row` ≥ 0), or about an envelope or record (`row` = -1). */
export interface FindingFact {
  readonly code: string
  /** Row of the session in `facts`, or -1. */
  readonly row: number
  /** First byte of the envelope, or callRecord without list, that the finding is about or lies in; or NO_ENVELOPE. */
  readonly envelope: number
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly record: number
  readonly pointer: string | null
  readonly message: string
  readonly sha256: string | null
}

/**
 * One row for each callRecord, with or without sessions, and each page that closed, in the order in which they close. They
 * give sessions their call. Columns may be longer than `count`. Texts are indices into `strings`; -1 stands for none.
 */
export interface EnvelopeColumns {
  readonly count: number
  /** `EnvelopeKind` of each. */
  readonly kind: Uint8Array
  /** Bits of `EnvelopeFlag`. */
  readonly flags: Uint8Array
  /** Form `none` where it is not named. */
  readonly callId: IdColumn
  /** Without its sign; 0 where the flag says that there is none that can be read. */
  readonly version: BigUint64Array
  /** Ticks of 100 ns since 1970-01-01T00:00:00Z; 0 where the flag says that there are none. */
  readonly startTicks: BigInt64Array
  readonly endTicks: BigInt64Array
  readonly lastModifiedTicks: BigInt64Array
  readonly type: Int32Array
  /** `@odata.count`; -1 where there is none. */
  readonly declaredCount: Float64Array
  readonly elementCount: Float64Array
  /** First byte of the envelope around it, or NO_ENVELOPE. Its own `byteOffset` names it. */
  readonly parent: Float64Array
  readonly byteOffset: Float64Array
  readonly byteLength: Float64Array
  readonly line: Float64Array
  readonly record: Float64Array
  readonly strings: readonly string[]
}

/** `sessionsPage`: context or link names a call's sessions. `callsPage`: a list of callRecords. `wrapper`: any other list or answer. */
export const EnvelopeKind = { callRecord: 0, sessionsPage: 1, callsPage: 2, wrapper: 3 } as const

/** Bits of `EnvelopeColumns.flags`. The kernel sets those of a callRecord. */
export const EnvelopeFlag = {
  /** A next-page link stands in it. */
  hasNextLink: 1,
  /** A list of it was framed; else it is a callRecord without sessions, or with sessions in a text. */
  hasList: 2,
  hasStart: 4,
  hasEnd: 8,
  hasLastModified: 16,
  hasVersion: 32,
  /** The version is less than 0, and its column says what it is without the sign. */
  isVersionNegative: 64,
} as const

/** A record that gives neither call nor session. */
export interface ForeignFact {
  readonly shape: "graph-error" | "unsupported" | "unknown"
  /** Index of the record in the input, relative to the block. */
  readonly record: number
  /** What to say if the whole input is of this shape: names the shape, and what to export instead. */
  readonly message: string
  readonly byteOffset: number
  /** The reject that it is within a sequence of other records. Null where a finding stands for it (an error body). */
  readonly reject: RejectFact | null
}
