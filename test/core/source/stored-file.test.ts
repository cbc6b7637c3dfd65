import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  appendFileSync,
  closeSync,
  createWriteStream,
  openSync,
  renameSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { getEventListeners } from "node:events"
import { PassThrough } from "node:stream"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { gzipSync } from "node:zlib"
import { describe, expect, it, vi } from "vitest"
import { HERE } from "#core/source/hashing.ts"
import { openSource } from "#core/source/open-sources.ts"
import { listSources } from "#core/source/source-list.ts"
import { StoredFile } from "#core/source/stored-file.ts"
import { joined, LIMITS, readOne, readPaths, temporaryFolder } from "./reading.ts"
import { zipOf } from "./zip-writer.ts"

const folder = temporaryFolder()
const MIB = 1 << 20
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
const large = Buffer.from(Array.from({ length: 5 * MIB }, (_, index) => 32 + ((index * 31 + (index >> 8)) & 63)))

describe("StoredFile", () => {
  it("counts and hashes what is read, and what is left when reading stops", async () => {
    const path = await folder.write("a.bin", large)
    for (const stopAfter of [0, 1, 100]) {
      const file = await StoredFile.open(path, HERE)
      let chunkCount = 0
      for await (const chunk of file.chunks()) {
        expect(chunk.length).toBeGreaterThanOrEqual(64 * 1024)
        if (++chunkCount > stopAfter) break
      }
      expect(await file.finish()).toEqual({ sizeBytes: large.length, sha256: sha256(large) })
      await file.close()
    }
  })

  it("goes on where reading stopped", async () => {
    const file = await StoredFile.open(await folder.write("a.bin", large), HERE)
    const first = await file.chunks().next()
    const rest = await joined(file.chunks())
    expect(Buffer.concat([first.value as Uint8Array, rest]).equals(large)).toBe(true)
    await file.close()
  })

  it("gives parts of a file", async () => {
    const file = await StoredFile.open(await folder.write("a.bin", large), null)
    expect((await joined(file.range(MIB - 5, 2 * MIB))).equals(large.subarray(MIB - 5, 3 * MIB - 5))).toBe(true)
    expect(await joined(file.range(large.length, 10))).toHaveLength(0)
    expect(await file.finish()).toEqual({ sizeBytes: large.length, sha256: null })
    await file.close()
  })
})

describe("a file that changes while it is read", () => {
  const changes: readonly (readonly [string, (path: string) => void])[] = [
    ["loses its end", (path) => truncateSync(path, 3 * MIB)],
    ["grows", (path) => appendFileSync(path, "more")],
    ["shrinks", (path) => truncateSync(path, MIB)],
    ["is written to", (path) => [writeFileSync(path, large), utimesSync(path, 1, 1)]],
    ["is replaced", (path) => [writeFileSync(`${path}.new`, large), renameSync(`${path}.new`, path)]],
    ["is deleted", (path) => unlinkSync(path)],
  ]

  it.each(changes)("and %s is told, rather than what comes of it", async (_name, change) => {
    for (const [hash, content] of [
      [true, large],
      [false, large],
      [true, gzipSync(large, { level: 0 })],
    ] as const) {
      const path = await folder.write("a.json", content)
      const [source] = (await listSources([path], [])).sources
      if (source === undefined) throw new Error("the file is there")
      for await (const input of openSource(source, { ...LIMITS, hash }, { onArchive: () => {}, onSkipped: () => {} })) {
        for await (const chunk of input.chunks) {
          change(path)
          expect(chunk.length).toBeGreaterThan(0)
          break
        }
        expect(await input.end()).toMatchObject({ sha256: null, error: { code: "input/changed" } })
      }
    }
  })
})

describe("what is no file", () => {
  it("is an input with a reason where it is a device", async () => {
    expect(await readOne("/dev/null")).toMatchObject({ error: "input/unreadable", sizeBytes: 0 })
  })

  it("is read as a stream where it is a pipe", async () => {
    const path = folder.path("pipe")
    execFileSync("mkfifo", [path])
    const stored = gzipSync(large)
    const read = readOne(path)
    createWriteStream(path).end(stored)
    const { bytes, ...input } = await read
    expect(bytes.equals(large)).toBe(true)
    expect(input).toMatchObject({ sizeBytes: stored.length, sha256: sha256(stored), compression: "gzip", error: null })
  })

  it.runIf(process.platform === "linux")("is an input with the system's error where reading fails", async () => {
    // What no process has mapped cannot be read from its memory: the system says EIO.
    const { inputs } = await readPaths(["/proc/self/mem"])
    expect(inputs).toMatchObject([{ error: "input/unreadable", sha256: null }])
  })

  it("is standard input", async () => {
    const stdin = new PassThrough()
    vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as unknown as typeof process.stdin)
    stdin.end("[1]")
    const { inputs } = await readPaths(["-"])
    expect(inputs).toMatchObject([
      { path: "-", bytes: Buffer.from("[1]"), sizeBytes: 3, sha256: sha256(Buffer.from("[1]")), error: null },
    ])
    expect(stdin.destroyed).toBe(true)
    vi.restoreAllMocks()
  })
})

describe("reading under a signal", () => {
  it("keeps no chunk that was used, however long the signal lives", async () => {
    setFlagsFromString("--expose-gc")
    const collectGarbage = runInNewContext("gc") as () => void
    const { signal } = new AbortController()
    const file = await StoredFile.open(await folder.write("a.bin", large), null, signal)
    const used: WeakRef<ArrayBufferLike>[] = []
    for await (const { buffer } of file.chunks()) {
      used.push(new WeakRef(buffer))
      // References are held to the end of the turn that made them.
      await new Promise((resolve) => setTimeout(resolve, 1))
      collectGarbage()
    }
    const kept = used.filter((chunk) => chunk.deref() !== undefined)
    expect(used).toHaveLength(5)
    expect(kept.length).toBeLessThanOrEqual(2)
    expect(getEventListeners(signal, "abort")).toEqual([])
    await file.close()
  })

  it("ends while it waits for more, and before it begins", async () => {
    const reason = new Error("given up")
    const stdin = new PassThrough()
    vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as unknown as typeof process.stdin)
    const controller = new AbortController()
    const waiting = await StoredFile.open("-", HERE, controller.signal)
    const first = waiting.chunks().next()
    setTimeout(() => controller.abort(reason), 10)
    await expect(first).rejects.toBe(reason)
    const late = await StoredFile.open("-", HERE, controller.signal)
    await expect(late.chunks().next()).rejects.toBe(reason)
    await waiting.close()
    await late.close()
    vi.restoreAllMocks()
  })
})

describe("an input that is given up", () => {
  const resources = async (): Promise<string[]> => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return process
      .getActiveResourcesInfo()
      .filter((name) => name !== "Timeout")
      .toSorted()
  }
  /** The lowest number that is free. */
  const nextDescriptor = (): number => {
    const descriptor = openSync("/dev/null", "r")
    closeSync(descriptor)
    return descriptor
  }

  it.each(["a.json", "a.json.gz", "a.zip"])("leaves no file or stream open: %s", async (name) => {
    const content = name.endsWith("gz")
      ? gzipSync(large)
      : name.endsWith("zip")
        ? zipOf([{ name: "a.json", content: large }])
        : large
    const path = await folder.write(name, content)
    const [source] = (await listSources([path], [])).sources
    if (source === undefined) throw new Error("the file is there")
    const before = await resources()
    const descriptorBefore = nextDescriptor()
    for (let round = 0; round < 20; round += 1) {
      for await (const input of openSource(source, LIMITS, { onArchive: () => {}, onSkipped: () => {} })) {
        for await (const chunk of input.chunks) if (chunk.length > 0) break
        break
      }
    }
    expect(nextDescriptor()).toBe(descriptorBefore)
    expect(await resources()).toEqual(before)
  })
})
