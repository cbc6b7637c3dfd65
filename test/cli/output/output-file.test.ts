import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { OutputFile } from "#cli/output/output-file.ts"
import { contentsOf, temporaryFolder } from "./temporary-folder.ts"

const folder = temporaryFolder()
let next = 0
const newPath = (): string => join(folder, `file-${next++}`)

describe("OutputFile", () => {
  it("holds all that was added, in order, whatever the pieces", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }).map((text) => ({ text, times: 1 })),
      fc.record({ text: fc.constantFrom("a", "é", "日本"), times: fc.integer({ min: 1, max: 80_000 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 6 }), async (pieces) => {
        const path = newPath()
        const file = await OutputFile.create(path)
        for (const [{ text, times }, isText] of pieces) {
          if (isText) file.add(text.repeat(times))
          else file.write(Buffer.from(text.repeat(times)))
        }
        await file.end()
        await file.place()
        await file.clear()
        expect(readFileSync(path, "utf8")).toBe(pieces.map(([{ text, times }]) => text.repeat(times)).join(""))
      }),
      { numRuns: 25 },
    )
  })

  it("is not in its place before it is put there", async () => {
    const path = newPath()
    writeFileSync(path, "earlier")
    const file = await OutputFile.create(path)
    file.add("new")
    await file.end()
    expect(readFileSync(path, "utf8")).toBe("earlier")
    await file.place()
    expect(readFileSync(path, "utf8")).toBe("new")
  })

  it("that is given up leaves what was there, and nothing beside it", async () => {
    const path = join(folder, "given-up", "file")
    mkdirSync(join(folder, "given-up"))
    writeFileSync(path, "earlier")
    const file = await OutputFile.create(path)
    file.add("new".repeat(100_000))
    await file.keepEarlier()
    await file.clear()
    await file.clear()
    expect(contentsOf(join(folder, "given-up"))).toEqual({ file: "earlier" })
  })

  it.each([
    ["what was there", true],
    ["nothing where nothing was", false],
  ])("that is taken back leaves %s", async (_name, hasEarlier) => {
    const path = newPath()
    if (hasEarlier) writeFileSync(path, "earlier")
    const file = await OutputFile.create(path)
    await file.end()
    await file.keepEarlier()
    await file.place()
    await file.takeBack()
    await file.clear()
    if (hasEarlier) expect(readFileSync(path, "utf8")).toBe("earlier")
    else expect(existsSync(path)).toBe(false)
  })

  it("is refused where a link or a folder stands, and the link's target stays", async () => {
    const [target, linkPath, folderPath] = [newPath(), newPath(), newPath()]
    writeFileSync(target, "target")
    symlinkSync(target, linkPath)
    mkdirSync(folderPath)
    await expect(OutputFile.create(linkPath)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining(linkPath),
    })
    await expect(OutputFile.create(folderPath)).rejects.toMatchObject({ exitCode: 4 })
    expect(readFileSync(target, "utf8")).toBe("target")
  })

  it("does not write through a link that stands beside its place", async () => {
    const [target, path] = [newPath(), newPath()]
    symlinkSync(target, `${path}.callsift-new`)
    const file = await OutputFile.create(path)
    file.add("text")
    await file.end()
    await file.place()
    expect(existsSync(target)).toBe(false)
    expect(readFileSync(path, "utf8")).toBe("text")
  })

  it("in no folder is an error that names path and cause", async () => {
    const path = join(folder, "no such folder", "file")
    await expect(OutputFile.create(path)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/no such folder.file could not be written: .*\(ENOENT\)/),
    })
  })
})
