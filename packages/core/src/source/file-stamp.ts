/** What tells files apart without reading them. */
import { stat } from "node:fs/promises"
import { placeOf } from "./path-set.ts"
import type { Source } from "./source-list.ts"
import { STANDARD_INPUT } from "./stored-file.ts"

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
