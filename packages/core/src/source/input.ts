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
  /** Ends reading, even while an input gives nothing. */
  readonly signal?: AbortSignal | null
}

/** One input while it is read. */
export interface OpenedInput {
  /** As reported: as given, `/` between, escaped as `pathText` says. */
  readonly path: string
  /**
   * Name in a zip archive, escaped likewise, or null. The second and later entries of one name bear `#2`, `#3` and so on,
   * in the order of the archive's directory.
   */
  readonly entry: string | null
  readonly compression: Compression
  readonly encoding: Encoding
  /**
   * Chunks of UTF-8 without a byte order mark, at most a few MiB each, none empty. A chunk is memory of its own that
   * nobody writes to again, or brings a reference to shared memory, which its receiver gives up. Ends without throwing where the input has an error; may be left at any time.
   */
  readonly chunks: AsyncIterable<Uint8Array>
  /**
   * Says what the input was. First reads on to its end, wherever the chunks were left, so that size and hash are of the
   * whole, and closes it. Called once, when nobody waits for a chunk.
   */
  readonly end: () => Promise<InputEnd>
}

/** What an input was. */
export interface InputEnd {
  /** Bytes as stored; of an archive's entry, as inflated. */
  readonly sizeBytes: number
  /** SHA-256 of those bytes in lower-case hexadecimal; null where hashing is off or they could not all be read. */
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
