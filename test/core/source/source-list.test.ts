import { execFileSync } from "node:child_process"
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { listSources } from "#core/source/source-list.ts"
import { readAll, readPaths, temporaryFolder } from "./reading.ts"

const folder = temporaryFolder()
const isPosix = process.platform !== "win32"
const isRoot = process.getuid?.() === 0

let before = ""
beforeEach(() => {
  before = process.cwd()
  process.chdir(folder.path(""))
})
afterEach(() => process.chdir(before))

async function listed(
  inputs: readonly string[],
  excluded: readonly string[] = [],
): Promise<{ paths: string[]; skipped: string[] }> {
  const { sources, skipped } = await listSources(inputs, excluded)
  return {
    paths: sources.map(({ path, error }) => (error === null ? path : `${path}: ${error.code}`)),
    skipped: skipped.map(({ path }) => path),
  }
}

describe("listSources", () => {
  it("lists in the order of UTF-8 bytes, whatever the order given, and each path once", async () => {
    for (const name of ["b.json", "a/z.json", "a.json", "\u{1f600}.json", "\uFF21.json"]) await folder.write(name, "[]")
    const expected = ["a.json", "a/z.json", "b.json", "\uFF21.json", "\u{1f600}.json"]
    expect((await listed(["b.json", "."])).paths).toEqual(expected)
    expect((await listed([".", "./b.json", "a", "a/../b.json"])).paths).toEqual(expected)
  })

  it("reports paths as they were given", async () => {
    await folder.write("data/a.json", "[]")
    expect((await listed(["data/"])).paths).toEqual(["data/a.json"])
    expect((await listed([folder.path("data")])).paths).toEqual([`${folder.path("data")}/a.json`])
    expect((await listed([folder.path("data/*.json")])).paths).toEqual([`${folder.path("data")}/a.json`])
    expect((await listed(["./data"])).paths).toEqual(["data/a.json"])
  })

  it("sifts what lies in a folder by name, then by content", async () => {
    const data = {
      "export.txt": " [1]",
      "wide.bak": Buffer.from("\uFEFF{}", "utf16le"),
      "packed.bak": gzipSync("[]"),
      "empty.json": "",
    }
    const others = {
      "readme.md": "[a link](b)",
      "notes.bak": gzipSync("a text"),
      "empty.txt": "",
      ".DS_Store": "{}",
      "._a.json": "{}",
      "__MACOSX/a.json": "{}",
    }
    for (const [name, content] of Object.entries({ ...data, ...others })) await folder.write(name, content)
    const { paths, skipped } = await listed(["."])
    expect(paths).toEqual(Object.keys(data).toSorted())
    expect(skipped).toEqual(Object.keys(others).toSorted())
  })

  it("skips nothing that is named", async () => {
    await folder.write("readme.md", "text")
    await folder.write(".DS_Store", "text")
    expect(await listed(["readme.md", ".DS_Store"])).toEqual({ paths: [".DS_Store", "readme.md"], skipped: [] })
  })

  it("takes a pattern for the name of a file, if there is one", async () => {
    for (const name of ["a.json", "b.json", "[ab].json"]) await folder.write(name, "[]")
    expect((await listed(["[ab].json"])).paths).toEqual(["[ab].json"])
    expect((await listed(["{a,b}.json"])).paths).toEqual(["a.json", "b.json"])
    expect((await listed(["*.json", "a.json"])).paths).toEqual(["[ab].json", "a.json", "b.json"])
  })

  it("makes an input with an error of what is not there", async () => {
    const { sources } = await listSources(["missing.json", "*.none"], [])
    expect(sources.map(({ path, error }) => [path, error?.code])).toEqual([
      ["*.none", "input/unreadable"],
      ["missing.json", "input/unreadable"],
    ])
    const { inputs } = await readPaths(["missing.json"])
    expect(inputs).toMatchObject([{ path: "missing.json", error: "input/unreadable", sizeBytes: 0, sha256: null }])
  })

  it("reads no outputs of its own", async () => {
    for (const name of ["a.json", "out/report.json", "outside.json"]) await folder.write(name, "[]")
    expect(await listed(["."], ["out"])).toEqual({ paths: ["a.json", "outside.json"], skipped: [] })
    expect(await listed(["out", "a.json"], ["out", "not-yet/there"])).toEqual({ paths: ["a.json"], skipped: ["out"] })
  })

  it("reads standard input once", async () => {
    expect((await listed(["-", "-"])).paths).toEqual(["-"])
  })
})

describe.runIf(isPosix)("listSources, of what POSIX systems have", () => {
  it("ends on folders that lead into each other, and enters each once", async () => {
    await folder.write("data/a.json", "[]")
    await symlink("..", folder.path("data/up"))
    await symlink("data", folder.path("again"))
    expect(await listed(["."])).toEqual({ paths: ["data/a.json"], skipped: ["again", "data/up"] })
    expect((await listed(["data", "again"])).paths).toEqual(["again/a.json"])
    expect((await listed(["**/*.json"])).paths.length).toBeGreaterThan(0)
  })

  it("reads a file that has two paths by both", async () => {
    await folder.write("a.json", "[]")
    await symlink("a.json", folder.path("b.json"))
    await symlink("missing", folder.path("c.json"))
    await symlink("loop.json", folder.path("loop.json"))
    expect((await listed(["."])).paths).toEqual([
      "a.json",
      "b.json",
      "c.json: input/unreadable",
      "loop.json: input/unreadable",
    ])
  })

  it("knows an output through a link", async () => {
    await folder.write("out/report.json", "[]")
    await mkdir("data")
    await symlink("../out/report.json", folder.path("data/last.json"))
    expect(await listed(["data"], ["out"])).toEqual({ paths: [], skipped: [] })
  })

  it("reads names with line breaks, and such as are no UTF-8", async () => {
    const name = Buffer.concat([Buffer.from("x"), Buffer.from([0xff]), Buffer.from(".json")])
    const other = Buffer.concat([Buffer.from("x"), Buffer.from([0xfe]), Buffer.from(".json")])
    const root = Buffer.from(folder.path("data/"))
    await mkdir(root)
    await writeFile(Buffer.concat([root, name]), "[1]")
    await writeFile(Buffer.concat([root, other]), "[2]")
    await folder.write('data/a\n"b.json', "[3]")
    const read = async (inputs: readonly string[]): Promise<[string, string][]> =>
      (await readAll(await listSources(inputs, []))).inputs.map(({ path, bytes }) => [path, bytes.toString()])
    expect(await read(["data"])).toEqual([
      ['data/a\\x0a"b.json', "[3]"],
      ["data/x\\xfe.json", "[2]"],
      ["data/x\\xff.json", "[1]"],
    ])
    // What a shell passes on reads so in JavaScript.
    expect(await read(["data/x\uFFFD.json"])).toEqual([
      ["data/x\\xfe.json", "[2]"],
      ["data/x\\xff.json", "[1]"],
    ])
    expect(await read(["data/x*.json"])).toHaveLength(2)
  })

  it("does not wait for a pipe that lies in a folder", async () => {
    await folder.write("data/a.json", "[]")
    execFileSync("mkfifo", [folder.path("data/pipe.json")])
    expect(await listed(["data"])).toEqual({ paths: ["data/a.json"], skipped: ["data/pipe.json"] })
  })

  it.skipIf(isRoot)("makes an input with an error of a folder that may not be read", async () => {
    await folder.write("data/closed/a.json", "[]")
    await chmod(join("data", "closed"), 0)
    try {
      expect((await listed(["data"])).paths).toEqual(["data/closed: input/unreadable"])
    } finally {
      await chmod(join("data", "closed"), 0o700)
    }
  })
})
