/**
 * What is known of an input: how it was read, what became of its records, and where its bytes went.
 * Always: sessions = accepted + rejected + duplicates + superseded, and the account sums to `decodedBytes`.
 */
import type { ByteAccount, Layout } from "../framing/block.ts"
import type { InputPlace } from "./evidence.ts"

/** Why an input was not taken whole, with the status that follows. */
export const INPUT_STATUS = {
  "input/empty": "empty",
  "input/graph-error": "unsupported",
  "input/unsupported-shape": "unsupported",
  "input/encoding": "unsupported",
  "input/nested-archive": "unsupported",
  "input/truncated": "truncated",
  "input/corrupt": "corrupt",
  "input/checksum": "corrupt",
  "input/trailing-data": "corrupt",
  "input/inflation-limit": "refused",
  "input/unsafe-archive": "refused",
  "input/unreadable": "unreadable",
  "input/changed": "changed",
} as const
export type InputErrorCode = keyof typeof INPUT_STATUS
export type InputStatus = "complete" | (typeof INPUT_STATUS)[InputErrorCode]

/** The one error of an input that is not complete. */
export interface InputError {
  readonly code: InputErrorCode
  readonly message: string
  /** In the decoded stream. */
  readonly offset?: number
}

/** What the source knows of an input when it was read. */
export interface SourceEnd {
  /** Bytes as stored; of an archive's entry, as inflated. */
  readonly sizeBytes: number
  /** Of those bytes; null where they were not hashed. */
  readonly sha256: string | null
  readonly error: InputError | null
}

/** Which records an input holds. */
export type InputContent = "sessions" | "callRecords" | "mixed" | "none"

/** What is known of an input before versions and duplicates are resolved. */
export interface JoinedInput extends InputPlace {
  readonly sizeBytes: number
  readonly sha256: string | null
  /** Null where nothing could be framed. */
  readonly layout: Layout | null
  readonly content: InputContent
  readonly status: InputStatus
  /** There unless complete. */
  readonly error: InputError | null
  readonly records: number
  readonly rejected: number
  /** Its rows: [firstRow, endRow). */
  readonly firstRow: number
  readonly endRow: number
  readonly decodedBytes: number
  readonly account: ByteAccount
  /** NUL bytes after the last record, which the account has as separators. */
  readonly nulTailBytes: number
}

/** An input with all its counts. */
export interface InputSummary extends JoinedInput {
  readonly sessions: number
  readonly accepted: number
  readonly duplicates: number
  readonly superseded: number
}
