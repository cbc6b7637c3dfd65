/** The import table of the design, held by reading the imports of every source file. */
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const coreSource = join(root, "packages/core/src")

/** Stage → the stages it may import. `analyze.ts`, `export-facts.ts` and the other files beside it alone know all. */
const ALLOWED: Record<string, readonly string[]> = {
  model: [],
  source: [],
  framing: [],
  check: ["model"],
  facts: ["model", "check", "framing"],
  decode: ["model", "check", "framing", "facts"],
  aggregate: ["facts", "model"],
  report: ["aggregate", "facts", "check", "model"],
  export: ["report", "aggregate", "facts", "check", "model"],
  partial: ["facts", "check", "framing"],
  worker: ["decode", "facts", "check", "framing", "model"],
}

/** One file of `worker` is no stage but the border's format; these may know it. */
const KNOW_THE_PROTOCOL = new Set(["decode", "facts", "partial"])

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8")
  return [...text.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)].map((match) =>
    join(dirname(file), match[1] ?? ""),
  )
}

const stageOf = (file: string): string => relative(coreSource, file).split(sep)[0] ?? ""

describe("imports", () => {
  const files = sources(coreSource)

  it("go one way between the stages of core", () => {
    const wrong = files.flatMap((file) => {
      const stage = stageOf(file)
      const allowed = ALLOWED[stage]
      if (allowed === undefined) return []
      return importsOf(file)
        .filter((target) => {
          const targetStage = stageOf(target)
          if (targetStage === stage || allowed.includes(targetStage)) return false
          return !(target.endsWith(join("worker", "protocol.ts")) && KNOW_THE_PROTOCOL.has(stage))
        })
        .map((target) => `${relative(coreSource, file)} → ${relative(coreSource, target)}`)
    })
    expect(wrong).toEqual([])
  })

  it("have no cycle", () => {
    const graph = new Map([...files, ...sources(join(root, "packages/cli/src"))].map((file) => [file, importsOf(file)]))
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file))
        throw new Error(`cycle: ${[...path, file].map((each) => relative(root, each)).join(" → ")}`)
      if (done.has(file)) return
      for (const target of graph.get(file) ?? []) visit(target, [...path, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(done.size).toBeGreaterThan(20)
  })

  it("of every stage are in the table", () => {
    const stages = new Set(files.map(stageOf).filter((name) => !name.endsWith(".ts")))
    expect([...stages].toSorted()).toEqual(Object.keys(ALLOWED).toSorted())
  })

  it.each(["start.ts", "analyze.ts", "worker/entry.ts", "decode/kernel/fast-decoder.ts"])(
    "of %s load neither the schema nor stream-json before they are needed",
    (file) => {
      const loaded = loadedFrom(join(coreSource, file))
      expect(loaded.size).toBeGreaterThan(1)
      expect([...loaded].filter((name) => /^(effect|stream-json|apache-arrow)/.test(name))).toEqual([])
    },
  )
})

/** The files and packages that a file loads at once: not by `import()`, and not for types alone. */
function loadedFrom(file: string): Set<string> {
  const loaded = new Set<string>()
  const visit = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const [, clause = "", name = ""] of readFileSync(path, "utf8").matchAll(IMPORTS)) {
      const namesOnlyTypes = /^\s*\{(\s*type \w+( as \w+)?,?)*\s*\}\s*$/.test(clause)
      if (namesOnlyTypes) continue
      if (name.startsWith(".")) visit(join(dirname(path), name))
      else loaded.add(name)
    }
  }
  visit(file)
  return loaded
}

const IMPORTS = /^(?:import|export) (?:(\{[^}]*\}|\* as \w+|\*|\w+) from )?"([^"]+)"/gm
