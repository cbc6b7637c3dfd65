// Runs the main job on the sample archive, as a user would.
import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = ["analyze", "examples/archive", "--output", "demo-report"]
console.log(`\n$ callsift ${args.join(" ")}\n`)
const { status } = spawnSync(process.execPath, [join(root, "packages/cli/dist/callsift.js"), ...args], {
  cwd: root,
  stdio: "inherit",
})
// 3: the report is written, but not everything was taken. Some of the sample files are damaged on purpose.
if (status !== 0 && status !== 3) process.exit(status ?? 1)
console.log(
  `\nThe report is in demo-report/. Exit code ${status}${status === 3 ? ": some of the samples are damaged on purpose" : ""}.`,
)
