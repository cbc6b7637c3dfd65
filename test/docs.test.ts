/** What the documents show is run, and what they name is there. */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { FINDING_CODES, REJECT_CODES, TOOL } from "@callsift/core"

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const read = (path: string): string => readFileSync(join(root, path), "utf8")

describe("documents", () => {
  it("show examples of the library that run", () => {
    const examples = [...read("docs/library.md").matchAll(/```js run\n([\s\S]*?)```/g)]
    const outputs = examples.map(([, code]) => {
      const fromHere = (code ?? "").replaceAll('"examples/', '"../examples/')
      const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", fromHere], {
        cwd: here,
        encoding: "utf8",
      })
      return { stdout, status }
    })
    expect(outputs).toEqual([
      { stdout: "true\ntrue\n", status: 0 },
      { stdout: "567 6 false\n", status: 0 },
    ])
  })

  it("begin with the two commands of the README", () => {
    const blocks = [...read("README.md").matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text)
    expect(blocks.slice(0, 2)).toEqual(["npm run demo\n", "npm test\n"])
  })

  it("link to what is there", () => {
    const documents = [
      "README.md",
      "examples/README.md",
      ...readdirSync(join(root, "docs"))
        .filter((name) => name.endsWith(".md"))
        .map((name) => `docs/${name}`),
    ]
    const missing = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\(([^)#:]+)\)/g)]
        .map(([, target]) => join(dirname(document), target ?? ""))
        .filter((target) => !existsSync(join(root, target))),
    )
    expect(missing).toEqual([])
  })

  it("name the version that is published", () => {
    for (const name of ["core", "cli"]) {
      expect(JSON.parse(read(`packages/${name}/package.json`))).toMatchObject({ version: TOOL.version })
    }
    expect(read("packages/cli/src/version.ts")).toContain(`"${TOOL.version}"`)
  })
})

describe("codes", () => {
  it("are each of one kind only", () => {
    const codes = [...FINDING_CODES, ...REJECT_CODES]
    expect(new Set(codes).size).toBe(codes.length)
  })
})
