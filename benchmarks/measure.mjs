// Runs a Node script in a fresh process and says what it took.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"

const atExit = fileURLToPath(new URL("./usage-at-exit.mjs", import.meta.url))

/**
 * Wall seconds (start-up included), CPU seconds and peak resident bytes of `node ...args`. Its output is thrown away.
 * Throws where the process fails.
 */
export function measure(args) {
  const folder = mkdtempSync(join(tmpdir(), "callsift-bench-"))
  const usageFile = join(folder, "usage.json")
  try {
    const start = performance.now()
    const { status } = spawnSync(process.execPath, ["--import", atExit, ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, CALLSIFT_BENCH_USAGE: usageFile },
    })
    const wallSeconds = (performance.now() - start) / 1000
    if (status !== 0) throw new Error(`node ${args.join(" ")} exited with ${status}`)
    return { wallSeconds, ...JSON.parse(readFileSync(usageFile, "utf8")) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The middle value; of an even number of them, the mean of the two in the middle. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}
