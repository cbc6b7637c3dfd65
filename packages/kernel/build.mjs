// Compiles the kernel: AssemblyScript → dist/kernel.wasm. Does so only where a source is newer.
import { mkdirSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import asc from "assemblyscript/asc"

const here = dirname(fileURLToPath(import.meta.url))
const sources = readdirSync(join(here, "assembly"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(here, "assembly", name))
const target = join(here, "dist", "kernel.wasm")

if (!isFresh()) await compile()

function isFresh() {
  const built = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return [...sources, fileURLToPath(import.meta.url)].every((source) => statSync(source).mtimeMs < built)
}

async function compile() {
  mkdirSync(dirname(target), { recursive: true })
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "bulk-memory"]
  const { error, stderr } = await asc.main([
    join(here, "assembly/index.ts"),
    "-o",
    target,
    "--baseDir",
    here,
    ...options,
  ])
  if (error === null) return
  process.stderr.write(stderr.toString())
  process.exitCode = 1
}
