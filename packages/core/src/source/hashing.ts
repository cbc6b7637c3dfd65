/** SHA-256 of what passes by: here, or on another thread (see `hash-thread.ts`). */
import { createHash } from "node:crypto"

/** The digest of one stream of bytes while it grows. */
export interface Digest {
  /** Takes up bytes. When this resolves they may still be read, by a thread that holds a reference to their memory. */
  readonly update: (bytes: Uint8Array) => Promise<void> | void
  /** The digest in lower-case hexadecimal, once. */
  readonly end: () => Promise<string> | string
}

/** Begins digests, one after the other: one that is begun gives up the one before. */
export interface Hasher {
  /** `byteCount` is how many bytes will come, or null where nobody knows. */
  readonly begin: (byteCount: number | null) => Digest
}

/** Hashes on the thread that calls it. */
export const HERE: Hasher = {
  begin: () => {
    const hash = createHash("sha256")
    return {
      update: (bytes) => void hash.update(bytes),
      end: () => hash.digest("hex"),
    }
  },
}
