/** Kernels of several threads share one memory: none may write where another does. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { MemoryFull, openKernelMemory, takeRegion } from "../../packages/kernel/dist/index.js"

const MODULE_HEADER_BYTES = 8
const DATA_SECTION = 11

/** The ids of a module's sections (WebAssembly core specification, 5.5.2). */
function sectionsOf(module: Uint8Array): number[] {
  const ids: number[] = []
  for (let at = MODULE_HEADER_BYTES; at < module.length;) {
    ids.push(module[at++] ?? 0)
    let size = 0
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0
      size |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    at += size
  }
  return ids
}

describe("the kernel", () => {
  it("keeps nothing at a fixed address", () => {
    const module = readFileSync(new URL("../../packages/kernel/dist/kernel.wasm", import.meta.url))
    expect(sectionsOf(module)).not.toContain(DATA_SECTION)
    expect(sectionsOf(module).length).toBeGreaterThan(3)
  })
})

describe("regions", () => {
  it("are apart, zero, and each in a buffer of its own when it was taken", () => {
    const memory = openKernelMemory()
    const regions = [1, 65_536, 100_000, 5_000_000].map((length) => {
      const at = takeRegion(memory, length)
      return { at, length, buffer: memory.buffer }
    })
    for (const [index, { at, length, buffer }] of regions.entries()) {
      expect(new Uint8Array(buffer, at, length).every((byte) => byte === 0)).toBe(true)
      new Uint8Array(buffer, at, length).fill(index + 1)
    }
    for (const [index, { at, length, buffer }] of regions.entries())
      expect(new Uint8Array(buffer, at, length).every((byte) => byte === index + 1)).toBe(true)
    expect(new Set(regions.map(({ buffer }) => buffer)).size).toBe(regions.length)
  })

  it("end where the memory does", () => {
    const memory = openKernelMemory()
    expect(() => takeRegion(memory, 2 ** 31)).toThrow(MemoryFull)
    expect(takeRegion(memory, 1)).toBe(65_536)
  })
})
