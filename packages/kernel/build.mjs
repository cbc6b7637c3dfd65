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

// Threads have kernels of their own in one memory; nothing of a kernel lies at a fixed place. As in src/kernel-memory.ts.
const SHARED = ["--importMemory", "--sharedMemory", "--maximumMemory", "32768", "--enable", "threads"]

for (const [entry, name, options] of [
  ["index.ts", "kernel.wasm", SHARED],
  ["skip.ts", "skip.wasm", []],
  ["figures/index.ts", "figures.wasm", []],
]) {
  const target = join(here, "dist", name)
  if (!isFresh(target)) await compile(join(here, "assembly", entry), target, options)
}

function isFresh(target) {
  const built = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return [...sources, fileURLToPath(import.meta.url)].every((source) => statSync(source).mtimeMs < built)
}

async function compile(entry, target, own) {
  mkdirSync(dirname(target), { recursive: true })
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "bulk-memory", ...own]
  const { error, stderr } = await asc.main([entry, "-o", target, "--baseDir", here, ...options])
  if (error === null) return
  process.stderr.write(stderr.toString())
  process.exitCode = 1
}
