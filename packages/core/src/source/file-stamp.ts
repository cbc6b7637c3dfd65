/** What tells files apart without reading them, and what they are by all of their bytes. */
import { stat } from "node:fs/promises"
import { ReusedMemory } from "./chunk-memory.ts"
import { HERE } from "./hashing.ts"
import { SourceFault } from "./input.ts"
import { placeOf } from "./path-set.ts"
import type { Source } from "./source-list.ts"
import { STANDARD_INPUT, StoredFile, type Stored, type SystemPath } from "./stored-file.ts"

/** A regular file, and what it is as far as the system says. */
export interface StampedSource {
  /** Its absolute path, a character a byte. */
  readonly place: string
  readonly stamp: {
    readonly sizeBytes: number
    /** Time of the last change, in nanoseconds as decimal text. */
    readonly mtimeNs: string
  }
}

/** What a source is; null where it is no regular file that can be read. */
export async function stampOf({ systemPath, error }: Source): Promise<StampedSource | null> {
  if (error !== null || systemPath === STANDARD_INPUT) return null
  const stats = await stat(systemPath, { bigint: true }).catch(() => null)
  if (stats?.isFile() !== true) return null
  return { place: placeOf(systemPath), stamp: { sizeBytes: Number(stats.size), mtimeNs: String(stats.mtimeNs) } }
}

/** Hashes a file without looking at what is in it; null where it cannot be read, or changes meanwhile. Throws the signal's reason. */
export async function digestOf(path: SystemPath, signal: AbortSignal | null = null): Promise<Stored | null> {
  let file: StoredFile | null = null
  try {
    file = await StoredFile.open(path, HERE, signal)
    file.readInto(new ReusedMemory())
    return await file.finish()
  } catch (cause) {
    if (cause instanceof SourceFault) return null
    throw cause
  } finally {
    await file?.close()
  }
}
