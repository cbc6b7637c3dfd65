/**
 * What the source gives: inputs, each a stream of UTF-8 bytes and, when it is over, what was read. Nothing here throws
 * for what a user's files may be: what is wrong with an input is its `error`, and what came before it is kept.
 */

/** Why an input could not be read whole. */
export type SourceErrorCode =
  | "input/unsupported-shape"
  | "input/encoding"
  | "input/nested-archive"
  | "input/truncated"
  | "input/corrupt"
  | "input/checksum"
  | "input/trailing-data"
  | "input/inflation-limit"
  | "input/unsafe-archive"
  | "input/unreadable"
  | "input/changed"

export interface SourceError {
  readonly code: SourceErrorCode
  /** What is wrong and what to do; never what stands in the file. */
  readonly message: string
}

export type Compression = "none" | "gzip" | "zstd" | "zip"
export type Encoding = "utf-8" | "utf-16le" | "utf-16be"

/** Limits on what an input may become. */
export interface SourceLimits {
  /** Whether SHA-256 is computed. */
  readonly hash: boolean
  /** The most bytes that one compressed input may inflate to; null: only the ratio below counts. */
  readonly maxInflatedBytes: number | null
  /** The most entries of one zip archive. */
  readonly maxEntries: number
}

/** One input while it is read. */
export interface OpenedInput {
  /** As reported: relative where it was given so, `/` between. */
  readonly path: string
  /** Name in a zip archive, or null. */
  readonly entry: string | null
  readonly compression: Compression
  readonly encoding: Encoding
  /** Chunks of UTF-8 without a byte order mark. A chunk stays as it is. Ends early where the input has an error. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Reads on to the end of the stored file, closes it, and says what it was. Called once, after the chunks. */
  readonly end: () => Promise<InputEnd>
}

/** What an input was. */
export interface InputEnd {
  /** Bytes as stored; of an archive's entry, as inflated. */
  readonly sizeBytes: number
  /** SHA-256 of those bytes in lower-case hexadecimal; null where hashing is off or they could not be read. */
  readonly sha256: string | null
  readonly error: SourceError | null
}

/** A file that was met and is no data: a readme, a thumbnail. */
export interface Skipped {
  readonly path: string
  readonly entry: string | null
  readonly reason: string
}

/** A zip file, whose entries are the inputs. */
export interface Archive {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string | null
  readonly entries: number
}

/** Carries an error out of the middle of a stream; caught where the stream is read. */
export class SourceFault extends Error {
  readonly error: SourceError

  constructor(code: SourceErrorCode, message: string) {
    super(message)
    this.error = { code, message }
  }
}
