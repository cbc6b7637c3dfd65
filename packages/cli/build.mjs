// Bundles the command: one entry, commands loaded when they run, the worker beside it. Piscina stays a dependency.
import { copyFile, chmod, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const core = join(here, "../core/dist")
const outdir = join(here, "dist")

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["piscina"],
  minifySyntax: true,
  legalComments: "linked",
  logLevel: "warning",
  // CommonJS packages in the bundle ask for Node's modules by require.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  outdir,
}

await rm(outdir, { recursive: true, force: true })
await build({
  ...shared,
  entryPoints: { callsift: join(here, "src/callsift.ts") },
  splitting: true,
  chunkNames: "chunk-[hash]",
})
await build({
  ...shared,
  splitting: true,
  chunkNames: "entry-chunk-[hash]",
  entryPoints: {
    entry: join(core, "worker/entry.js"),
    "hash-entry": join(core, "source/hash-entry.js"),
    "digest-entry": join(core, "source/digest-entry.js"),
    "gunzip-entry": join(core, "source/gunzip-entry.js"),
  },
})
await copyFile(join(core, "worker/loader.cjs"), join(outdir, "loader.cjs"))
for (const name of ["kernel.wasm", "skip.wasm", "figures.wasm"])
  await copyFile(join(here, "../kernel/dist", name), join(outdir, name))
await chmod(join(outdir, "callsift.js"), 0o755)
