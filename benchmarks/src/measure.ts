/**
 * Runs a command in a fresh process and says what it took, whatever it started itself. Wall time is from the start of
 * the process to its end; CPU time and memory are read from Linux's accounting and null elsewhere.
 */
import { spawn, type ChildProcess } from "node:child_process"
import { closeSync, openSync, readFileSync } from "node:fs"
import { cpus } from "node:os"
import { commandText, type Command } from "./command.ts"
import { watchPeakDisk } from "./peak-disk.ts"
import { watchPeakMemory } from "./peak-memory.ts"

/** What a command took. */
export interface Usage {
  readonly wallSeconds: number
  /** Of all its threads and processes, and of those that feed it. */
  readonly cpuSeconds: number | null
  /** The most bytes that its processes had in memory at once; those that feed it apart. */
  readonly peakBytes: number | null
  /** Which share of the processors others had in that time. */
  readonly othersShare: number | null
  /** The most bytes that were in the folder watched. */
  readonly peakDiskBytes?: number
}

/** Runs the command with its output in a file, and watches a folder where one is given. Rejects where it fails. */
export async function measure(command: Command, outputFile: string, watchedFolder?: string): Promise<Usage> {
  const output = openSync(outputFile, "w")
  try {
    const cpuBefore = childrenCpuSeconds()
    const busyBefore = busySeconds()
    const start = performance.now()
    const feeder = command.input === undefined ? null : spawnFeeder(command.input)
    const child = spawn(command.program, command.args, { stdio: [feeder?.stdout ?? "ignore", output, "pipe"] })
    const ended = endOf(child, command)
    const memory = watchPeakMemory(child.pid)
    const disk = watchedFolder === undefined ? null : watchPeakDisk(watchedFolder)
    await ended.finally(() => {
      memory.stop()
      disk?.stop()
    })
    const wallSeconds = (performance.now() - start) / 1000
    if (feeder !== null) await feeder.ended
    const cpuSeconds = since(cpuBefore, childrenCpuSeconds())
    return {
      wallSeconds,
      cpuSeconds,
      othersShare: shareOfOthers(since(busyBefore, busySeconds()), cpuSeconds, (performance.now() - start) / 1000),
      peakBytes: memory.peakBytes(),
      ...(disk === null ? {} : { peakDiskBytes: disk.peakBytes() }),
    }
  } finally {
    closeSync(output)
  }
}

/** Starts what feeds a command; its output goes there without a way through this process. */
function spawnFeeder(command: Command): { readonly stdout: NonNullable<ChildProcess["stdout"]>; ended: Promise<void> } {
  const child = spawn(command.program, command.args, { stdio: ["ignore", "pipe", "pipe"] })
  return { stdout: child.stdout, ended: endOf(child, command) }
}

function endOf(child: ChildProcess, command: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = ""
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-2000)))
    child.once("error", reject)
    child.once("exit", (exitCode, signal) => {
      if (exitCode === 0) resolve()
      else reject(new Error(`${commandText(command)} ended with ${exitCode ?? signal}: ${complaint.trim()}`))
    })
  })
}

function since(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before
}

function shareOfOthers(busy: number | null, own: number | null, elapsedSeconds: number): number | null {
  return busy === null || own === null ? null : Math.max(0, busy - own) / (elapsedSeconds * cpus().length)
}

/** proc(5): what all processors did but idle and wait, since the system began, in hundredths of a second. */
function busySeconds(): number | null {
  if (process.platform !== "linux") return null
  const line = readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? ""
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq + steal) / 100
}

/** proc(5): cutime and cstime, in hundredths of a second, count whatever has ended and all that it had started. */
function childrenCpuSeconds(): number | null {
  if (process.platform !== "linux") return null
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? []
  return (Number(fields[13]) + Number(fields[14])) / 100
}
