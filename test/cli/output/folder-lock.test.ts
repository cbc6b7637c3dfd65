import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { FolderLock } from "#cli/output/folder-lock.ts"
import { temporaryFolder } from "./temporary-folder.ts"

const root = temporaryFolder()
let next = 0

function folderWithLock(text?: string): { folder: string; lockPath: string } {
  const folder = join(root, `folder-${next++}`)
  mkdirSync(folder)
  const lockPath = join(folder, ".callsift.lock")
  if (text !== undefined) writeFileSync(lockPath, text)
  return { folder, lockPath }
}

/** No process has this number: Linux gives none above 2^22. */
const GONE = 2 ** 30
const lockText = (pid: unknown, host: unknown = hostname()): string => JSON.stringify({ pid, host })

describe("FolderLock", () => {
  it("is there until it is released", async () => {
    const { folder, lockPath } = folderWithLock()
    const lock = await FolderLock.take(folder)
    expect(existsSync(lockPath)).toBe(true)
    await lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ["a process that runs", lockText(process.ppid), String(process.ppid)],
    ["a process of another machine, which may run", lockText(GONE, "elsewhere"), "elsewhere"],
  ])("is refused while %s holds it, who is named", async (_name, text, who) => {
    const { folder, lockPath } = folderWithLock(text)
    await expect(FolderLock.take(folder)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(new RegExp(`${who}.*delete .*\\.callsift\\.lock`)),
    })
    expect(existsSync(lockPath)).toBe(true)
  })

  it.each([
    ["of a process that is gone", lockText(GONE)],
    ["of an earlier process of the same number", lockText(process.pid)],
    ["that was cut off while it was written", '{"pid":12'],
    ["that is empty", ""],
    ["of no possible process", lockText(0)],
    ["that holds something else", "null"],
  ])("%s is taken over", async (_name, text) => {
    const { folder } = folderWithLock(text)
    const lock = await FolderLock.take(folder)
    expect(readdirSync(folder)).toEqual([".callsift.lock"])
    await lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it("that is being written is waited for", async () => {
    const { folder, lockPath } = folderWithLock("")
    setTimeout(() => writeFileSync(lockPath, lockText(process.ppid)), 100)
    await expect(FolderLock.take(folder)).rejects.toMatchObject({
      message: expect.stringContaining(String(process.ppid)),
    })
  })

  it("leaves a lock alone that is another's by now", async () => {
    const { folder, lockPath } = folderWithLock()
    const lock = await FolderLock.take(folder)
    writeFileSync(lockPath, lockText(process.ppid))
    await lock.release()
    expect(existsSync(lockPath)).toBe(true)
  })

  it("is not written through a link", async () => {
    const { folder, lockPath } = folderWithLock()
    symlinkSync(join(root, "elsewhere"), lockPath)
    await expect(FolderLock.take(folder)).rejects.toMatchObject({ exitCode: 4 })
    expect(existsSync(join(root, "elsewhere"))).toBe(false)
  })
})
