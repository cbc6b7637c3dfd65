// Compiles AssemblyScript: dist/kernel.wasm, the kernel; dist/skip.wasm, which steps over elements; dist/figures.wasm, the
// inner loops of figures. Does so only where a source is newer.
import { mkdirSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import asc from "assemblyscript/asc"

const here = dirname(fileURLToPath(import.meta.url))
const sources = readdirSync(join(here, "assembly"), { recursive: true })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(here, "assembly", name))

for (const [entry, name] of [
  ["index.ts", "kernel.wasm"],
  ["skip.ts", "skip.wasm"],
  ["figures/index.ts", "figures.wasm"],
]) {
  const target = join(here, "dist", name)
  if (!isFresh(target)) await compile(join(here, "assembly", entry), target)
}

function isFresh(target) {
  const built = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return [...sources, fileURLToPath(import.meta.url)].every((source) => statSync(source).mtimeMs < built)
}

async function compile(entry, target) {
  mkdirSync(dirname(target), { recursive: true })
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "bulk-memory"]
  const { error, stderr } = await asc.main([entry, "-o", target, "--baseDir", here, ...options])
  if (error === null) return
  process.stderr.write(stderr.toString())
  process.exitCode = 1
}
