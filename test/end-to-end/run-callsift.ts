/** Runs the built command as a user does. */
import { spawn, type ChildProcess } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const command = join(root, "packages/cli/dist/callsift.js")

/** How a run ended. */
export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly input?: string | Uint8Array
  /** Called with the process once it runs. */
  readonly during?: (child: ChildProcess) => void
}

/** Runs `callsift` with these arguments to its end. */
export function callsift(
  args: readonly string[],
  { cwd = root, env = {}, input, during }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd, env: { ...process.env, NO_COLOR: "", ...env } })
    const output = { stdout: "", stderr: "" }
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text))
    child.stdin.on("error", () => {})
    child.once("error", reject).once("close", (exitCode) => resolve({ exitCode, ...output }))
    if (during === undefined) child.stdin.end(input ?? "")
    else during(child)
  })
}
