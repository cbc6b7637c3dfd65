/**
 * SHA-256 of a whole file, at once: reading from the page cache waits for nothing, and a thread that does nothing else
 * is faster by far than one that is told of every chunk.
 */
import { createHash } from "node:crypto"
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs"
import { faultOf, isUnchanged, type Stored, type SystemPath } from "./stored-file.ts"

/** What fits into the cache of a core is hashed while it is there. */
const CHUNK_BYTES = 256 * 1024

/** A pipe that took the place of a file must not be waited for; Windows has no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Hashes a file; null where it is no regular file that can be read, or changes meanwhile. */
export function digestFile(path: SystemPath): Stored | null {
  let descriptor: number | null = null
  try {
    descriptor = openSync(path, OPEN_FLAGS)
    return digestOpened(path, descriptor)
  } catch (cause) {
    // Throws what is no fault of the file.
    faultOf(cause)
    return null
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

function digestOpened(path: SystemPath, descriptor: number): Stored | null {
  const before = fstatSync(descriptor, { bigint: true })
  if (!before.isFile()) return null
  const hash = createHash("sha256")
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let sizeBytes = 0
  for (let count = readSync(descriptor, chunk); count > 0; count = readSync(descriptor, chunk)) {
    hash.update(chunk.subarray(0, count))
    sizeBytes += count
  }
  const after = fstatSync(descriptor, { bigint: true })
  const isSame = isUnchanged(before, after, statSync(path, { bigint: true, throwIfNoEntry: false }))
  return isSame && BigInt(sizeBytes) === before.size ? { sizeBytes, sha256: hash.digest("hex") } : null
}
