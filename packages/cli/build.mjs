// Bundles the command and all that it needs: one entry, commands loaded when they run, the worker beside it.
import { copyFile, chmod, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const core = join(here, "../core/dist")
const outdir = join(here, "dist")
const piscina = dirname(createRequire(join(core, "index.js")).resolve("piscina"))

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Piscina would load it to change priorities, which nobody asks for.
  external: ["@napi-rs/nice"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
  // CommonJS packages in the bundle ask for Node's modules by require; Piscina finds its worker beside itself.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  define: { __dirname: "import.meta.dirname" },
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
    // The name by which Piscina looks for it.
    worker: join(piscina, "worker.js"),
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
