import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { SLAB_WORDS, WorkSpace } from "#core/facts/work-space.ts"

describe("WorkSpace", () => {
  it("gives memory for records as long as there is room, and the same again", () => {
    const space = new WorkSpace(16 * 3 * 4 * SLAB_WORDS, tmpdir())
    const slabs = [1, 2, 3].map(() => space.takeSlab())
    expect(slabs.map((slab) => slab?.length)).toEqual([SLAB_WORDS, SLAB_WORDS, SLAB_WORDS])
    expect(space.takeSlab()).toBe(null)
    space.giveSlabs(slabs.filter((slab) => slab !== null))
    expect(slabs).toContain(space.takeSlab())
    expect(space.records.takenBytes).toBe(space.records.limitBytes)
    space.forgetSlabs()
    expect(space.records.takenBytes).toBe(4 * SLAB_WORDS)
  })

  it("knows whether anything lies in a file", () => {
    const parent = mkdtempSync(join(tmpdir(), "callsift-test-"))
    const space = new WorkSpace(0, parent)
    const file = space.openFile()
    expect(space.isSpilled).toBe(false)
    file.append(new Uint8Array(2 ** 19))
    expect(space.isSpilled).toBe(true)
    expect(readdirSync(parent).length).toBe(1)
    space.close()
    expect(space.isSpilled).toBe(false)
    expect(readdirSync(parent)).toEqual([])
    rmSync(parent, { recursive: true })
  })
})
