import { createHash } from "node:crypto"
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { FileDigests } from "#core/source/file-digests.ts"

const ENTRY = new URL("../../../packages/core/dist/source/digest-entry.js", import.meta.url)
const MIB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file of so many bytes, and what its digest is. */
function file(name: string, byteCount: number): { path: string; byteCount: number; sha256: string } {
  const bytes = Buffer.alloc(byteCount, name)
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return { path, byteCount, sha256: createHash("sha256").update(bytes).digest("hex") }
}

describe("digests of files", () => {
  it.each([1, 2, 8])(
    "are those of their bytes, here and on %d threads, whatever the order they end in",
    async (count) => {
      const digests = new FileDigests(ENTRY, count)
      const sizes = [5, 9 * MIB, 0, 3 * MIB + 7, 1, 12 * MIB]
      const files = sizes.map((size, index) => file(`file-${index}`, size))
      const given = await Promise.all(files.map(({ path, byteCount }) => digests.of(Buffer.from(path), byteCount)))
      expect(given).toEqual(files.map(({ byteCount, sha256 }) => ({ sizeBytes: byteCount, sha256 })))
      await digests.close()
    },
  )

  it("are none of what cannot be read, wherever that is asked", async () => {
    const digests = new FileDigests(ENTRY, 1)
    const missing = join(folder, "missing")
    expect(await Promise.all([digests.of(missing, 1), digests.of(missing, 10 * MIB), digests.of(folder, 1)])).toEqual([
      null,
      null,
      null,
    ])
    await digests.close()
  })

  it("are of what is there, whatever was said of its size", async () => {
    const digests = new FileDigests(ENTRY, 1)
    const { path } = file("cut", 10 * MIB)
    truncateSync(path, MIB)
    expect(await digests.of(path, 10 * MIB)).toMatchObject({ sizeBytes: MIB })
    await digests.close()
  })

  it("have a thread that was started before, where there may be enough for one", async () => {
    const begun = async (paths: readonly string[]): Promise<boolean> => {
      const digests = new FileDigests(ENTRY, 1)
      let isBegun = false
      const note = (): void => void (isBegun = true)
      process.on("worker", note)
      digests.prepare(paths)
      await nextTurn()
      process.off("worker", note)
      await digests.close()
      return isBegun
    }
    const [small, large] = [file("small", 5).path, file("prepared", 9 * MIB).path]
    const outcomes: boolean[] = []
    for (const paths of [[small], [small, large], [folder], ["*.json"], []]) outcomes.push(await begun(paths))
    expect(outcomes).toEqual([false, true, true, true, false])
  })

  it("fail where threads were ended or cannot be started", async () => {
    const ended = new FileDigests(ENTRY, 1)
    const digest = ended.of(file("large", 10 * MIB).path, 10 * MIB)
    await ended.close()
    await expect(digest).rejects.toThrow(/thread that hashes ended/)
    const broken = new FileDigests(new URL("file:///no/such/module.js"), 1)
    await expect(broken.of(join(folder, "large"), 10 * MIB)).rejects.toThrow(/thread that hashes failed/)
    await broken.close()
  })
})
