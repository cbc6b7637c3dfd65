/** A device that is nearly full, and a file system over a network, may take less than they are given. */
import { closeSync, openSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Writable } from "node:stream"
import { describe, expect, it, vi } from "vitest"
import { OutputFile } from "#cli/output/output-file.ts"
import { Stdout } from "#cli/output/stdout.ts"
import { temporaryFolder } from "./temporary-folder.ts"

vi.mock(import("node:fs"), async (original) => {
  const fs = await original()
  const writeSync = (fd: number, bytes: Uint8Array, offset: number): number =>
    fs.writeSync(fd, bytes, offset, Math.min(7, bytes.length - offset))
  return { ...fs, writeSync: writeSync as typeof fs.writeSync }
})

const folder = temporaryFolder()
const TEXT = "0123456789 é 日本語 ".repeat(50)

describe("short writes", () => {
  it("to standard output are gone on with", async () => {
    const path = join(folder, "stdout")
    const fileDescriptor = openSync(path, "w")
    await new Stdout({ stream: new Writable(), fileDescriptor }).write(TEXT)
    closeSync(fileDescriptor)
    expect(readFileSync(path, "utf8")).toBe(TEXT)
  })

  it("to outputs are gone on with", async () => {
    const path = join(folder, "output")
    const file = await OutputFile.create(path)
    file.add(TEXT)
    await file.end()
    await file.place()
    expect(readFileSync(path, "utf8")).toBe(TEXT)
  })
})
