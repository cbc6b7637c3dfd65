// Installs and builds what a clone needs, with nothing but Node and npm. Does only what is not done yet.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

if (!isInstalled()) run(`npx -y ${packageManager} install --frozen-lockfile`)
run("node_modules/.bin/tsc -b".replaceAll("/", process.platform === "win32" ? "\\" : "/"))
run("node packages/kernel/build.mjs")
run("node packages/cli/build.mjs")

/** pnpm keeps a copy of the lockfile that node_modules was made from. */
function isInstalled() {
  const read = (...path) => readFileSync(join(root, ...path), "utf8")
  try {
    return read("node_modules", ".pnpm", "lock.yaml") === read("pnpm-lock.yaml")
  } catch {
    return false
  }
}

function run(command) {
  const { status, error } = spawnSync(command, { cwd: root, shell: true, stdio: ["ignore", "inherit", "inherit"] })
  if (status === 0) return
  console.error(`setup stopped: \`${command}\` failed${error ? `: ${error.message}` : ""}`)
  process.exit(1)
}
