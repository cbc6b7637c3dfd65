/** The most bytes that a folder held at once, by looking at it again and again. */
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"

const INTERVAL_MS = 100

/** A watch over one folder. */
export interface DiskWatch {
  readonly stop: () => void
  readonly peakBytes: () => number
}

/** Watches from now on. A folder that is not there holds nothing. */
export function watchPeakDisk(folder: string): DiskWatch {
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, bytesIn(folder))), INTERVAL_MS)
  return { stop: () => clearInterval(timer), peakBytes: () => peak }
}

/** Files come and go while this looks. */
function bytesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + sizeOf(join(entry.parentPath, entry.name)), 0)
  } catch {
    return 0
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
