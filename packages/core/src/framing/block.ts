/**
 * What framing hands to a worker: whole records as bytes, and where each begins and ends.
 *
 * A block is the unit of work, of retry, of back-pressure and of memory. Its bytes lie in shared memory that
 * is written once, before the block is handed out: a worker reads it, and a block whose worker died is handed
 * out again. All counters in a block (line, record) are relative to the block's first byte; prefix sums over the
 * blocks of an input make them the input's. An envelope is named by its first byte in the decoded stream.
 */

/** A run of whole records of one input. */
export interface Block {
  /** Position of this block among the blocks of its input, from 0. */
  readonly blockIndex: number
  /** Where `bytes[0]` stands in the decoded stream (inflated, UTF-8, without a byte order mark). */
  readonly byteOffset: number
  /** The bytes of the block, over a SharedArrayBuffer. Nobody writes to them any more. */
  readonly bytes: Uint8Array
  /** The items found by the framer, or null where the bytes are whole NDJSON lines that the worker frames itself; see `itemsOf`. */
  readonly items: ItemTable | null
  /** Whether the input is NDJSON, where an envelope that is not valid JSON rejects its whole line. */
  readonly isLines: boolean
}

/** A block as it is cut. */
export interface FramedBlock extends Block {
  /** Where framing can begin again with this block and those before it read; null where it cannot. */
  readonly behind: FramingPlace | null
}

/** A place between records, in no envelope, where nothing that stands before it is needed. As JSON in partials. */
export interface FramingPlace {
  /** In the decoded stream. */
  readonly byteOffset: number
  /** Between lines of NDJSON, elements of an array that is a whole value, or values of a sequence. */
  readonly within: "lines" | "array" | "sequence"
  /** Of an array: what may come next. */
  readonly expect: Expect
  /** How many values began, and what the first of them is; not of lines. */
  readonly valueCount: number
  readonly first: Layout | null
}

/** What may come next between the elements of a list. */
export const Expect = { elementOrEnd: 0, element: 1, commaOrEnd: 2 } as const
export type Expect = (typeof Expect)[keyof typeof Expect]

/**
 * Items in stream order, `ITEM_FIELDS` numbers an item (see `ItemField`), plus what the framer counted on the way.
 * An envelope stands where it closes: after all its items.
 */
export interface ItemTable {
  readonly fields: Float64Array
  readonly itemCount: number
  /** Skeletons of the envelopes that close in this block: their JSON text without the elements of their list. */
  readonly skeletons: Uint8Array
  /** SHA-256 digests, 32 bytes each, of the items whose bytes are not kept (see `ItemField.digest`). */
  readonly digests: Uint8Array
  /** How far the counters move over this block. */
  readonly lineCount: number
  readonly recordCount: number
  readonly account: ByteAccount
}

/**
 * Where the bytes of an input went. The four sum to the decoded size of what was framed. In one block a number may be
 * negative: where a line is taken back whose parts earlier blocks have counted.
 */
export interface ByteAccount {
  readonly recordBytes: number
  readonly separatorBytes: number
  readonly envelopeBytes: number
  readonly damageBytes: number
}

/** What an item is. */
export const ItemKind = {
  /** An element of a `sessions` list: a session whatever it holds. */
  session: 0,
  /** A whole value of the input's sequence: a session, a callRecord without sessions, or something else. Judged by content. */
  record: 1,
  /** The end of an object whose list was framed by elements: a page, a callRecord with sessions, a batch, a response. */
  envelope: 2,
  /** A line of NDJSON that is rejected whole. Whatever was framed of this record before is taken back. */
  rejectedLine: 3,
  /** Lines or gaps of NUL bytes: separators if no record follows in the input, else one record that is `json/malformed`. */
  nulRun: 4,
  /**
   * Consecutive sessions of one list that framing only stepped over: each an object that is whole and within all limits.
   * `elementCount` of them, with one comma and white space between; `line` is that of the first, `number` its index. Only
   * where the fast engine frames.
   */
  run: 5,
  /**
   * Consecutive values of the input's sequence, or elements of one list that may be records, which framing only stepped
   * over: each an object that is whole and within all limits, and whose lists, where it is an envelope, can be taken apart
   * to their end. `elementCount` of them, with one comma (in a list) and white space between; `line` and `record` are those
   * of the first; `number` is its index in the list, or -1. What their bytes are is counted where they are decoded, not in
   * `account`. In `recordCount` each is one record; in no envelope it may be another number of them. Only where the fast
   * engine frames.
   */
  values: 6,
} as const
export type ItemKind = (typeof ItemKind)[keyof typeof ItemKind]

/** The fields of an item, as indices into its row of `ItemTable.fields`. */
export const ItemField = {
  /** An `ItemKind`. */
  kind: 0,
  /** First byte in the decoded stream. */
  byteOffset: 1,
  /** Bytes in the decoded stream; of an envelope from its `{` to its `}`, list elements included. */
  byteLength: 2,
  /** First byte in `Block.bytes`; for an envelope in `ItemTable.skeletons`; -1 where the bytes are not kept. */
  at: 3,
  /** Bytes kept there. */
  keptBytes: 4,
  /** Line of the first byte, from 0, relative to the block (negative: before it). */
  line: 5,
  /**
   * Record number, relative to the block, where each of the values in it that come before is one record. Of a page, batch
   * or response (no record): the number of the next record.
   */
  record: 6,
  /** First byte of the innermost enclosing envelope in the decoded stream, which names it; `NO_ENVELOPE` without one. */
  parent: 7,
  /** Of a session: its index in the `sessions` list; of a run in one, and of values in a list: that of the first. Else -1. */
  number: 8,
  /** Colons outside strings, which is how many members the value has at all depths. Of an envelope: in its skeleton. */
  memberCount: 9,
  /** A `FramingVerdict`. */
  verdict: 10,
  /** Of an envelope: a `ListKey`, which list was framed. Else -1. */
  listKey: 11,
  /** Of an envelope: how many elements its list has; of a run or values: how many these are. Else 0. */
  elementCount: 12,
  /**
   * Of an envelope: where in the skeleton the elements were taken out; of the stream before it nothing is missing. A
   * lone object in place of a list was taken out with its brackets, and `[]` stands there. Else -1.
   */
  holeAt: 13,
  /**
   * Index of the item's digest in `ItemTable.digests`, or -1 where the digest is to be made of the kept bytes. Of an
   * envelope in NDJSON that ends further than `maxRecordBytes` from its line's start: the digest of its whole span.
   * Else -1, and then, in NDJSON, all its bytes are in the block.
   */
  digest: 14,
} as const
export const ITEM_FIELDS = 15

/** `ItemField.parent` of an item in no envelope. */
export const NO_ENVELOPE = -1

/** What the framer already knows against an item; a worker adds what needs parsing. */
export const FramingVerdict = { none: 0, tooLarge: 1, tooDeep: 2, truncated: 3, malformed: 4 } as const
export type FramingVerdict = (typeof FramingVerdict)[keyof typeof FramingVerdict]

/** The properties whose list (or single object) is framed by elements. */
export const ListKey = {
  /** `value`, `Value`: an OData page, or the wrapper that Windows PowerShell 5.1 puts around arrays. */
  value: 0,
  /** `sessions`, `Sessions`, `session`: the sessions of a callRecord. */
  sessions: 1,
  /** `responses`: the answers of a $batch. */
  responses: 2,
  /** `body`: the record or page in one answer of a $batch. */
  body: 3,
  /** `Documents`: a query page of Cosmos DB. */
  documents: 4,
} as const
export type ListKey = (typeof ListKey)[keyof typeof ListKey]

/** The form of the document, as the report names it. */
export type Layout = "array" | "odata-page" | "ndjson" | "concatenated" | "single" | "batch" | "table"

/** Limits that hold while records are found. */
export interface FramingLimits {
  /** The most bytes of one session, of a rejected record, or of an envelope without its sessions. */
  readonly maxRecordBytes: number
  /** The most brackets open at once in one record. */
  readonly maxDepth: number
  /** About how many bytes a block holds. Never changes a figure. */
  readonly blockBytes: number
}

/** What is known when the last block was given. */
export interface FramingEnd {
  readonly layout: Layout
  /** Bytes that are in no block: what followed the damage, and the separators and envelopes between blocks. */
  readonly account: ByteAccount
  /** Bytes of the decoded stream. */
  readonly decodedBytes: number
  /** NUL bytes behind the last value, which count as separators. */
  readonly nulTailBytes: number
  /** The first structural fault, or null. Its offset is in the decoded stream. */
  readonly fault: {
    readonly code: "input/empty" | "input/corrupt" | "input/truncated" | "input/unsupported-shape"
    readonly message: string
    readonly byteOffset: number
  } | null
}
