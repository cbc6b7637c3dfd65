// Packs the published packages and checks the tarballs: entry points, type declarations, files.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { publint } from "publint"
import { formatMessage } from "publint/utils"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
let faultCount = 0

for (const name of ["kernel", "core", "cli"]) {
  const packageFolder = join(root, "packages", name)
  const { messages, pkg } = await publint({ pkgDir: packageFolder, strict: true, pack: "npm" })
  for (const message of messages) console.error(`${name}: ${formatMessage(message, pkg)}`)
  faultCount += messages.length
  faultCount += checkTarball(name, packageFolder)
}
process.exitCode = faultCount === 0 ? 0 : 1

/** What npm would publish must hold built files only. */
function checkTarball(name, packageFolder) {
  const target = mkdtempSync(join(tmpdir(), "callsift-pack-"))
  try {
    const { status, stdout, stderr } = spawnSync("npm", ["pack", "--json", "--pack-destination", target], {
      cwd: packageFolder,
      encoding: "utf8",
      shell: process.platform === "win32",
    })
    if (status !== 0 || readdirSync(target).length !== 1) {
      console.error(`${name}: npm pack failed: ${stderr}`)
      return 1
    }
    const stray = packedPaths(JSON.parse(stdout)).filter(
      (path) => !/^(dist\/|package\.json$|README|LICENSE)/.test(path),
    )
    for (const path of stray) console.error(`${name}: ${path} should not be published`)
    return stray.length
  } finally {
    rmSync(target, { recursive: true })
  }
}

/** npm up to 11 prints a list of packages, later ones an object by name. */
function packedPaths(output) {
  const packed = Array.isArray(output) ? output[0] : Object.values(output)[0]
  return packed.files.map((file) => file.path)
}
