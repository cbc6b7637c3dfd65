/**
 * The facts of all inputs, joined and resolved: one row a session, columns in typed arrays, one table of
 * participants and one of calls. Aggregates and findings between sessions are made of this and nothing else.
 */
import type { IdColumn } from "../worker/protocol.ts"
import type { Texts } from "./string-table.ts"
import type { WorkSpace } from "./work-space.ts"

/** The forms of ids and the bits of `Facts.flags`, for those who may not know the border to the workers. */
export { IdForm, RowFlag } from "../worker/protocol.ts"

/** What became of an accepted session. */
export const RowStatus = { counted: 0, duplicate: 1, superseded: 2 } as const
export type RowStatus = (typeof RowStatus)[keyof typeof RowStatus]

/** Rows that follow each other in input order, one a session that was accepted when it was decoded. Arrays may be longer than `rowCount`. */
export interface FactBatch {
  /** The number of its first row among all rows. */
  readonly firstRow: number
  readonly rowCount: number
  /** 100 ns ticks since 1970-01-01T00:00:00Z. */
  readonly startTicks: BigInt64Array
  readonly endTicks: BigInt64Array
  readonly sessionId: IdColumn
  /** Index of the callRecord or page that names the call, in the table of envelopes, or -1. */
  readonly envelope: Int32Array
  /**
   * Index in `calls`. Below 0: no known call, so the session is a call of its own, -1 where no other session bears its
   * id, -2 − n where several do: these are of one call, for which n stands.
   */
  readonly call: Int32Array
  /** Index in `participants`, or -1 (a service, nobody, or unidentified). */
  readonly caller: Int32Array
  readonly callee: Int32Array
  /** Indices into `IDENTITY_KINDS`, as written on this session. */
  readonly callerKind: Uint8Array
  readonly calleeKind: Uint8Array
  /** Index in `strings`, or -1. */
  readonly callerTenant: Int32Array
  readonly calleeTenant: Int32Array
  readonly callerName: Int32Array
  readonly calleeName: Int32Array
  /** A bit for each member of `MODALITIES`. */
  readonly modalities: Uint8Array
  /** Bits of `RowFlag` in worker/protocol.ts. */
  readonly flags: Uint8Array
  readonly failureStage: Int32Array
  readonly failureReason: Int32Array
  /** As in `FactsColumns`. */
  readonly endpoints: Int32Array
  readonly unknownProperties: Int32Array
  readonly findings: Uint32Array
  /** `RowStatus` of each row. */
  readonly status: Uint8Array
  /**
   * Of a duplicate the number of the first row of its equals, of a counted session that repeats the call and id of an
   * earlier one the first row with them, else -1.
   */
  readonly earlier: Int32Array
  /** Provenance: index of the input, then as in `FactsColumns`, absolute in the input. */
  readonly input: Int32Array
  readonly byteOffset: Float64Array
  readonly byteLength: Uint32Array
  readonly line: Float64Array
  readonly record: Float64Array
  readonly sessionIndex: Int32Array
  /**
   * Whether it is known, without looking at each, that all values of a column are this one: then nobody has to go
   * through the rows for it, nor to unpack them.
   */
  readonly isAll: (name: UniformColumn, value: number) => boolean
}

/** Columns that often are the same in all rows of a batch. */
export type UniformColumn =
  | "status"
  | "earlier"
  | "findings"
  | "callerName"
  | "calleeName"
  | "callerTenant"
  | "calleeTenant"
  | "endpoints"

/** All rows, and what they refer to. */
export interface Facts {
  readonly rowCount: number
  /** All rows in input order. A batch is valid until the next one is asked for. Can be gone through more than once. */
  readonly batches: () => Iterable<FactBatch>
  /** The batch that holds a row, at the row less `firstRow`. Valid until the next call. */
  readonly batchAt: (row: number) => FactBatch
  /** What may be used to make something of all rows. */
  readonly space: WorkSpace
  readonly strings: Texts
  readonly participants: ParticipantTable
  readonly calls: Calls
}

/** Every identity that a session names, each once. */
export interface ParticipantTable {
  readonly count: number
  /** The id as shown: a GUID in lower case, any other text as written. */
  readonly id: (participant: number) => string
}

/** Every known call, by its number. */
export interface Calls {
  readonly count: number
  /** One call; undefined where there is none of that number. */
  readonly get: (call: number) => Call | undefined
  /** By call: the index of its type in `strings`, or -1. */
  readonly types: () => Int32Array
  /** How many are open. */
  readonly openCount: () => number
  /** Between which instants the sessions of each have to lie; null where that is not known of any. */
  readonly bounds: () => CallBounds | null
}

/** By call: the first and the last instant by its callRecord; `NO_BOUND` where it names none, or contradicts itself. */
export interface CallBounds {
  readonly earliest: BigInt64Array
  readonly latest: BigInt64Array
}

/** Every instant lies within. */
export const NO_BOUND = { earliest: -(2n ** 63n), latest: 2n ** 63n - 1n } as const

/** A known call: what the callRecord that is taken for it says (all null where only pages name it). */
export interface Call {
  /** As shown: a GUID in lower case, any other text as written. */
  readonly id: string
  readonly version: string | null
  readonly type: string | null
  readonly startTicks: bigint | null
  readonly endTicks: bigint | null
  readonly lastModifiedTicks: bigint | null
  /** None of its pages is a last page. */
  readonly isOpen: boolean
}
