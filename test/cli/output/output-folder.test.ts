import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { OutputFolder } from "#cli/output/output-folder.ts"
import { contentsOf, temporaryFolder } from "./temporary-folder.ts"

const root = temporaryFolder()
let next = 0
const newPath = (): string => join(root, `folder-${next++}`)

async function write(folder: OutputFolder, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = await folder.create(name)
    file.add(text)
    await file.end()
  }
}

/** A run that puts its files in place. */
async function run(path: string, files: Record<string, string>): Promise<void> {
  const folder = await OutputFolder.take(path, ["tables"])
  try {
    await write(folder, files)
    await folder.commit()
  } finally {
    await folder.release()
  }
}

const FIRST = { "report.json": "first", "tables/days.csv": "first days", "tables/calls.csv": "first calls" }
const SECOND = { "report.json": "second", "tables/calls.csv": "second calls", "tables/days.csv": "second days" }

describe("OutputFolder", () => {
  it("is made, and holds the files alone", async () => {
    const path = join(newPath(), "of", "several")
    await run(path, FIRST)
    expect(contentsOf(path)).toEqual(FIRST)
    await run(path, SECOND)
    expect(contentsOf(path)).toEqual(SECOND)
  })

  it("of a run that gives up is as it was, whenever it does", async () => {
    const path = newPath()
    await run(path, FIRST)
    for (let count = 0; count <= 3; count++) {
      const folder = await OutputFolder.take(path, ["tables"])
      await write(folder, Object.fromEntries(Object.entries(SECOND).slice(0, count)))
      if (count < 3) (await folder.create("tables/other.csv")).add("x".repeat(100_000))
      await folder.release()
      expect(contentsOf(path)).toEqual(FIRST)
    }
  })

  it("that was not there before is gone again where nothing was put in place", async () => {
    const path = newPath()
    const folder = await OutputFolder.take(join(path, "of", "several"), ["tables"])
    await write(folder, FIRST)
    await folder.release()
    expect(existsSync(path)).toBe(false)
  })

  it("keeps what others have put there meanwhile", async () => {
    const path = newPath()
    const folder = await OutputFolder.take(join(path, "inner"), [])
    writeFileSync(join(path, "theirs"), "")
    await folder.release()
    expect(readdirSync(path)).toEqual(["theirs"])
  })

  it.each(Object.keys(SECOND))("is as it was where %s cannot be put in place", async (name) => {
    const path = newPath()
    await run(path, FIRST)
    const folder = await OutputFolder.take(path, ["tables"])
    await write(folder, { ...SECOND, "run.json": "not there before" })
    rmSync(join(path, `${name}.callsift-new`))
    await expect(folder.commit()).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining("ENOENT") })
    await folder.release()
    expect(contentsOf(path)).toEqual(FIRST)
  })

  it("is as it was where a folder has taken the place of a file", async () => {
    const path = newPath()
    await run(path, FIRST)
    const folder = await OutputFolder.take(path, ["tables"])
    await write(folder, { ...SECOND, "run.json": "not there before" })
    mkdirSync(join(path, "run.json"))
    await expect(folder.commit()).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining("run.json") })
    await folder.release()
    expect(contentsOf(path)).toEqual(FIRST)
  })

  it("loses what a run that was killed has left in it, and nothing else", async () => {
    const path = newPath()
    mkdirSync(join(path, "tables"), { recursive: true })
    mkdirSync(join(path, "theirs"))
    const left = ["report.json.callsift-new", "report.json.callsift-earlier", "tables/days.csv.callsift-new"]
    const kept = ["report.json", "notes.txt", "theirs/report.json.callsift-new"]
    for (const name of [...left, ...kept]) writeFileSync(join(path, name), name)
    const folder = await OutputFolder.take(path, ["tables"])
    await folder.release()
    expect(Object.keys(contentsOf(path))).toEqual(kept.toSorted())
  })

  it("is held by one at a time, and afterwards free", async () => {
    const path = newPath()
    const folder = await OutputFolder.take(path, [])
    // This process's own lock would be taken for one that an earlier process of its number left behind.
    writeFileSync(join(path, ".callsift.lock"), JSON.stringify({ pid: process.ppid, host: hostname() }))
    await expect(OutputFolder.take(path, [])).rejects.toMatchObject({ exitCode: 4 })
    rmSync(join(path, ".callsift.lock"))
    await folder.release()
    await run(path, FIRST)
    expect(contentsOf(path)).toEqual(FIRST)
  })

  it("is no link, nor has one within", async () => {
    const [target, linkPath, path] = [newPath(), newPath(), newPath()]
    mkdirSync(target)
    symlinkSync(target, linkPath)
    mkdirSync(path)
    symlinkSync(target, join(path, "tables"))
    for (const each of [linkPath, `${linkPath}/`, path])
      await expect(run(each, FIRST)).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining("link") })
    expect(readdirSync(target)).toEqual([])
    expect(readdirSync(path)).toEqual(["tables"])
  })

  it("below a file is an error that names path and cause", async () => {
    const path = newPath()
    writeFileSync(path, "")
    await expect(OutputFolder.take(join(path, "inner"), [])).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/inner could not be written: .*\(ENOTDIR\)/),
    })
  })
})
