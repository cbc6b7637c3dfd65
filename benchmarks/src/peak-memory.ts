/** The most memory that a process and what it started had at once, by looking at it again and again (Linux). */
import { readFileSync } from "node:fs"

const INTERVAL_MS = 15

/** A watch over one process and its children. */
export interface MemoryWatch {
  readonly stop: () => void
  /** Null where the system does not tell. */
  readonly peakBytes: () => number | null
}

/**
 * Watches from now on. A lone process is read by its own high-water mark, which nothing escapes but what comes in the
 * last interval; of several the sums of what each has at one time.
 */
export function watchPeakMemory(pid: number | undefined): MemoryWatch {
  if (process.platform !== "linux" || pid === undefined) return { stop: () => {}, peakBytes: () => null }
  let peak = 0
  const timer = setInterval(() => {
    const family = withChildren(pid)
    const field = family.length === 1 ? "VmHWM" : "VmRSS"
    peak = Math.max(
      peak,
      family.reduce((sum, each) => sum + memoryField(each, field), 0),
    )
  }, INTERVAL_MS)
  return { stop: () => clearInterval(timer), peakBytes: () => (peak === 0 ? null : peak) }
}

function withChildren(pid: number): number[] {
  const children = readProc(`${pid}/task/${pid}/children`).split(" ").map(Number)
  return [pid, ...children.filter((child) => child > 0).flatMap(withChildren)]
}

/** A field of proc(5) status, in bytes; 0 of a process that has ended. */
function memoryField(pid: number, field: "VmHWM" | "VmRSS"): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readProc(`${pid}/status`))?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** A process may end at any time, and its files with it. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8")
  } catch {
    return ""
  }
}
