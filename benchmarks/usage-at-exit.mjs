// Preloaded into a measured process: writes what it used when it ends.
import { readFileSync, writeFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

if (isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const usage = {
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakBytes: maxRSS * 1024,
      mainThreadSeconds: mainThreadSeconds(),
    }
    writeFileSync(process.env.CALLSIFT_BENCH_USAGE, JSON.stringify(usage))
  })
}

/** CPU time of the main thread, from Linux's accounting in hundredths of a second; null on other systems. */
function mainThreadSeconds() {
  if (process.platform !== "linux") return null
  // proc(5): the fields behind the name in brackets; utime and stime are the 14th and 15th of all.
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, "utf8").split(") ")[1].split(" ")
  return (Number(fields[11]) + Number(fields[12])) / 100
}
