/** What a result was made on and by. */
import { execFileSync } from "node:child_process"
import { arch, cpus, platform, release, totalmem } from "node:os"
import { BENCHMARKS } from "./places.ts"

/** The machine and the program, in one line each. */
export interface Machine {
  readonly machine: string
  /** The commit of the clone, with a `+` where files differ from it; null outside of a clone. */
  readonly commit: string | null
}

/** This machine. */
export function thisMachine(): Machine {
  const model = cpus()[0]?.model.trim() ?? "unknown processor"
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return {
    machine: `${model}, ${cpus().length} cores, ${gigabytes} GiB, ${platform()} ${release()} ${arch()}, Node ${process.version}`,
    commit: commit(),
  }
}

function commit(): string | null {
  try {
    const git = (...args: readonly string[]): string =>
      execFileSync("git", args, { cwd: BENCHMARKS, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
    const changes = git("status", "--porcelain", "--untracked-files=no", "--", "..", ":!.")
    return git("rev-parse", "--short", "HEAD") + (changes === "" ? "" : "+")
  } catch {
    return null
  }
}
