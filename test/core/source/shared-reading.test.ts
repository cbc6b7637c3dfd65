import { createHash } from "node:crypto"
import { setImmediate as nextTurn } from "node:timers/promises"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import type { Block } from "#core/framing/block.ts"
import { frame } from "#core/framing/frame.ts"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"
import { GUNZIP_HERE } from "#core/source/gunzipping.ts"
import { HashThread } from "#core/source/hash-thread.ts"
import { openSource } from "#core/source/open-sources.ts"
import { listSources } from "#core/source/source-list.ts"
import { LIMITS, temporaryFolder } from "./reading.ts"

const ENTRY = new URL("../../../packages/core/dist/source/hash-entry.js", import.meta.url)
const folder = temporaryFolder()
const threads: HashThread[] = []
afterAll(() => Promise.all(threads.map((thread) => thread.close())))

const lines = Array.from(
  { length: 60_000 },
  (_, index) => `{"id":"${index}","text":"${"x".repeat((index * 7919) % 400)}"}\n`,
)
const text = Buffer.from(lines.join(""))

describe("a file that is read into shared memory", () => {
  it("is hashed and framed as it is, however long its blocks are held", async () => {
    const path = await folder.write("a.ndjson", text)
    const [source] = (await listSources([path], [])).sources
    if (source === undefined) throw new Error("the file is there")
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(64, 100, 200, 1000), fc.nat(6), async (blockKib, heldCount) => {
        const limits = { maxRecordBytes: 1 << 20, maxDepth: 128, blockBytes: blockKib * 1024 }
        const memory = new SharedBuffers(limits.blockBytes)
        const hasher = new HashThread(memory, ENTRY)
        threads.push(hasher)
        const held: Block[] = []
        const given = createHash("sha256")
        const giveBack = (count: number): void => {
          for (const { bytes } of held.splice(0, count)) {
            given.update(bytes)
            memory.release(bytes)
          }
        }
        for await (const input of openSource(
          source,
          LIMITS,
          { onArchive: () => {}, onSkipped: () => {} },
          { memory, hasher, gunzipper: GUNZIP_HERE },
        )) {
          for await (const block of frame(input.chunks, limits, memory)) {
            held.push(block)
            if (held.length > heldCount) giveBack(1)
            await nextTurn()
          }
          giveBack(held.length)
          const sha256 = createHash("sha256").update(text).digest("hex")
          expect(given.digest("hex")).toBe(sha256)
          expect(await input.end()).toEqual({ sizeBytes: text.length, sha256, error: null })
        }
      }),
      { numRuns: 12 },
    )
  })
})
