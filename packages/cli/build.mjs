// Bundles the command and all that it needs, as CommonJS: it loads in half the time, in workers above all.
import { chmod, copyFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { rolldown } from "rolldown"

const here = dirname(fileURLToPath(import.meta.url))
const core = join(here, "../core/dist")
const outdir = join(here, "dist")
const piscina = dirname(createRequire(join(core, "index.js")).resolve("piscina"))

await rm(outdir, { recursive: true, force: true })
await bundle({
  entries: { callsift: join(here, "src/callsift.ts") },
  // What a run loads comes in few files: workers; the command line; what begins and prints; the stages.
  files: {
    callsift: [join(here, "src/callsift.ts")],
    workers: [join(core, "workers.js")],
    command: [join(here, "src/main.ts")],
    start: [join(here, "src/commands/analyze.ts"), join(here, "src/commands/print-report.ts")],
    stages: [join(core, "analyze.js")],
  },
  otherFiles: "[name].js",
})
await bundle({
  entries: {
    // The name by which Piscina looks for it, beside itself.
    worker: join(piscina, "worker.js"),
    loader: join(core, "worker/loader.cjs"),
    "hash-entry": join(core, "source/hash-entry.js"),
    "digest-entry": join(core, "source/digest-entry.js"),
    "gunzip-entry": join(core, "source/gunzip-entry.js"),
  },
  files: { decode: [join(core, "worker/entry.js"), join(core, "decode/kernel/fast-decoder.js")] },
  otherFiles: "worker-[name].js",
})
for (const name of ["kernel.wasm", "skip.wasm", "figures.wasm"])
  await copyFile(join(here, "../kernel/dist", name), join(outdir, name))
// The package around it has ES modules.
await writeFile(join(outdir, "package.json"), '{ "type": "commonjs" }\n')
await chmod(join(outdir, "callsift.js"), 0o755)

/** `files` names the files that hold some modules and all that these load at once; each module goes to the first of them. */
async function bundle({ entries, files, otherFiles }) {
  const bundled = await rolldown({
    input: entries,
    platform: "node",
    // Piscina would load it to change priorities, which nobody asks for.
    external: ["@napi-rs/nice"],
    preserveEntrySignatures: "allow-extension",
  })
  await bundled.write({
    dir: outdir,
    format: "cjs",
    exports: "named",
    entryFileNames: ({ name }) => (name === "loader" ? "loader.cjs" : "[name].js"),
    chunkFileNames: otherFiles,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: "files", name: fileNames(files) }],
    },
  })
}

function fileNames(files) {
  let nameOf = null
  return (id, modules) => {
    nameOf ??= namesFrom(files, modules)
    return nameOf.get(id) ?? null
  }
}

function namesFrom(files, modules) {
  const nameOf = new Map()
  for (const [name, roots] of Object.entries(files)) {
    const left = [...roots]
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const module = modules.getModuleInfo(id)
      if (module === null && roots.includes(id)) throw new Error(`no module of the bundle is ${id}`)
      if (module === null || nameOf.has(id)) continue
      nameOf.set(id, name)
      left.push(...module.importedIds)
    }
  }
  return nameOf
}
