// Preloaded into a measured process: writes what it used when it ends.
import { writeFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

if (isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }
    writeFileSync(process.env.CALLSIFT_BENCH_USAGE, JSON.stringify(usage))
  })
}
