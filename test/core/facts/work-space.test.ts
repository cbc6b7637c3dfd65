import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { SLAB_WORDS, WorkSpace } from "#core/facts/work-space.ts"

describe("WorkSpace", () => {
  it("gives memory for records as long as there is room, and the same again", () => {
    const space = new WorkSpace(16 * 3 * 4 * SLAB_WORDS, tmpdir())
    space.rows.require(space.rows.limitBytes)
    const slabs = [1, 2, 3].map(() => space.takeSlab())
    expect(slabs.map((slab) => slab?.length)).toEqual([SLAB_WORDS, SLAB_WORDS, SLAB_WORDS])
    expect(space.takeSlab()).toBe(null)
    space.giveSlabs(slabs.filter((slab) => slab !== null))
    expect(slabs).toContain(space.takeSlab())
    expect(space.records.takenBytes).toBe(space.records.limitBytes)
    space.forgetSlabs()
    expect(space.records.takenBytes).toBe(4 * SLAB_WORDS)
  })

  it("lends what rows left over to records and events, and no more", () => {
    const accounts = fc.constantFrom("records" as const, "events" as const)
    const steps = fc.array(fc.record({ account: accounts, bytes: fc.nat(40), isGiven: fc.boolean() }), {
      maxLength: 60,
      size: "max",
    })
    fc.assert(
      fc.property(steps, fc.nat(60), (list, rowBytes) => {
        const space = new WorkSpace(320, tmpdir())
        const { rows, records, events } = space
        rows.require(rowBytes)
        const limitBytes = { records: 20, events: 10 }
        const takenBytes = { records: 0, events: 0 }
        const lentBytes = (): number =>
          Math.max(0, takenBytes.records - limitBytes.records) + Math.max(0, takenBytes.events - limitBytes.events)
        for (const { account, bytes, isGiven } of list) {
          if (isGiven) {
            const given = Math.min(bytes, takenBytes[account])
            space[account].give(given)
            takenBytes[account] -= given
          } else {
            takenBytes[account] += bytes
            const isRoom = rowBytes + lentBytes() <= rows.limitBytes
            expect(space[account].take(bytes)).toBe(isRoom)
            if (!isRoom) takenBytes[account] -= bytes
          }
          expect([records.takenBytes, events.takenBytes]).toEqual([takenBytes.records, takenBytes.events])
          expect(rows.takenBytes).toBe(rowBytes + lentBytes())
        }
      }),
    )
  })

  it("puts records where inputs were read to, as long as nothing lies in a file", () => {
    const space = new WorkSpace(16 * 4 * 4 * SLAB_WORDS, tmpdir())
    space.rows.require(space.rows.limitBytes)
    const lent = new Uint8Array(4 * SLAB_WORDS * 2.5)
    space.lend([new Uint8Array(9), lent])
    const slabs = [1, 2, 3, 4].map(() => space.takeSlab())
    expect(slabs.filter((slab) => slab?.buffer === lent.buffer).map((slab) => slab?.byteOffset)).toEqual([
      4 * SLAB_WORDS,
      0,
    ])
    expect(slabs.every((slab) => slab?.length === SLAB_WORDS)).toBe(true)
    expect(space.takeSlab()).toBe(null)
    const spilled = new WorkSpace(16 * 4 * SLAB_WORDS, tmpdir())
    spilled.openFile().append(new Uint8Array(2 ** 19))
    spilled.lend([lent])
    expect(spilled.takeSlab()?.buffer).not.toBe(lent.buffer)
    spilled.close()
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
