import { createHash } from "node:crypto"
import { appendFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { openSource } from "#core/source/open-sources.ts"
import { listSources } from "#core/source/source-list.ts"
import { LIMITS, readPaths, temporaryFolder, type ReadRun } from "./reading.ts"
import { zipOf, type WrittenEntry } from "./zip-writer.ts"

const folder = temporaryFolder()
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
const readZip = async (stored: Buffer, limits = {}): Promise<ReadRun> =>
  readPaths([await folder.write("a.zip", stored)], limits)

describe("a zip archive", () => {
  it("gives each entry as an input, in the order of the names", async () => {
    const entry = fc.record({
      name: fc
        .string({ unit: fc.constantFrom("a", "b", "é", "z"), minLength: 1, maxLength: 2 })
        .map((name) => `${name}.json`),
      content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(`[${Buffer.from(bytes).toString("hex")}`)),
      method: fc.constantFrom(0, 8),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const stored = zipOf(entries)
        const { inputs, archives } = await readZip(stored)
        const ordered = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
        expect(
          inputs.map(({ bytes, sha256: hash, sizeBytes, compression, error }) => ({
            bytes,
            hash,
            sizeBytes,
            compression,
            error,
          })),
        ).toEqual(
          ordered.map(({ content }) => ({
            bytes: content,
            hash: sha256(content),
            sizeBytes: content.length,
            compression: "zip",
            error: null,
          })),
        )
        expect(inputs.map(({ entry: name }) => name?.replace(/#\d+$/, ""))).toEqual(ordered.map(({ name }) => name))
        expect(new Set(inputs.map(({ entry: name }) => name)).size).toBe(entries.length)
        expect(archives).toMatchObject([{ sizeBytes: stored.length, sha256: sha256(stored), entries: entries.length }])
      }),
      { numRuns: 40 },
    )
  })

  it("reads large entries, and goes on to their ends when the reader has stopped", async () => {
    const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => 32 + ((index * index) % 91)))
    const path = await folder.write(
      "a.zip",
      zipOf([
        { name: "b.json", content },
        { name: "a.json", content: "[]" },
      ]),
    )
    const [source] = (await listSources([path], [])).sources
    if (source === undefined) throw new Error("the archive is there")
    const ends: unknown[] = []
    for await (const { chunks, end } of openSource(source, LIMITS, { onArchive: () => {}, onSkipped: () => {} })) {
      for await (const chunk of chunks) if (chunk.length > 0) break
      ends.push(await end())
    }
    expect(ends).toEqual([
      { sizeBytes: 2, sha256: sha256(Buffer.from("[]")), error: null },
      { sizeBytes: content.length, sha256: sha256(content), error: null },
    ])
  })

  it("tells entries of one name apart, and from those that are named like that", async () => {
    const { inputs } = await readZip(
      zipOf([
        { name: "a.json", content: "[1]" },
        { name: "a.json#2", content: "[2]" },
        { name: "a.json", content: "[3]" },
      ]),
    )
    expect(inputs.map(({ entry, bytes }) => [entry, bytes.toString()])).toEqual([
      ["a.json", "[1]"],
      ["a.json#3", "[3]"],
      ["a.json#2", "[2]"],
    ])
  })

  it("skips what is no data, and says so", async () => {
    const names = ["folder/", "readme.txt", "folder/export.txt", "__MACOSX/._a.json", "Thumbs.db"]
    const { inputs, skipped, archives } = await readZip(
      zipOf(names.map((name) => ({ name, content: name.endsWith("export.txt") ? "[]" : "" }))),
    )
    expect(inputs.map(({ entry }) => entry)).toEqual(["folder/export.txt"])
    expect(skipped.map(({ entry }) => entry)).toEqual(["Thumbs.db", "__MACOSX/._a.json", "readme.txt"])
    expect(archives).toMatchObject([{ entries: 5 }])
  })

  const entry: WrittenEntry = { name: "a.json", content: '[{"id":"1"}]' }
  const wrong: readonly (readonly [string, WrittenEntry, string])[] = [
    ["another CRC-32", { ...entry, crc: 1 }, "input/checksum"],
    ["a size that is too small", { ...entry, inflatedBytes: 5 }, "input/corrupt"],
    ["a size that is too large", { ...entry, inflatedBytes: 50 }, "input/corrupt"],
    ["stored data of another size", { ...entry, method: 0, inflatedBytes: 5 }, "input/corrupt"],
    ["compressed data of which a part is missing", { ...entry, compressedBytes: 8 }, "input/corrupt"],
    ["encrypted data", { ...entry, flags: 0x801 }, "input/unsupported-shape"],
    ["data compressed in another way", { ...entry, method: 9 }, "input/unsupported-shape"],
    ["another archive inside", { name: "b.zip", content: zipOf([entry]) }, "input/nested-archive"],
    [
      "gzip inside",
      { name: "b.json.gz", content: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]) },
      "input/nested-archive",
    ],
    ["UTF-16 without a mark", { ...entry, content: Buffer.from("[]", "utf16le") }, "input/encoding"],
  ]
  it.each(wrong)(
    "makes an input with an error of an entry with %s, and reads the others",
    async (_name, damaged, error) => {
      const { inputs } = await readZip(zipOf([damaged, { name: "z.json", content: "[]" }]))
      expect(inputs.map((input) => input.error)).toEqual([error, null])
    },
  )

  const harmful: readonly (readonly [string, readonly WrittenEntry[]])[] = [
    ["..", [{ ...entry, name: "x/../../a.json" }]],
    ["a backslash and ..", [{ ...entry, name: "x\\..\\..\\a.json" }]],
    ["an absolute path", [{ ...entry, name: "/etc/a.json" }]],
    ["a drive", [{ ...entry, name: "C:a.json" }]],
    ["a symbolic link", [{ ...entry, mode: 0o120_777 }]],
    ["one header for two", [entry, { ...entry, name: "b.json", headerOffset: 0 }]],
    ["a header that reaches into the next entry", [{ ...entry, compressedBytes: 60 }, entry]],
  ]
  it.each(harmful)("is refused whole for %s", async (_name, entries) => {
    const { inputs, archives } = await readZip(zipOf([{ name: "first.json", content: "[]" }, ...entries]))
    // The entry that is pointed at stands behind the first one.
    expect(inputs).toMatchObject([
      { entry: null, compression: "zip", error: "input/unsafe-archive", bytes: Buffer.alloc(0) },
    ])
    expect(inputs[0]?.sha256).toHaveLength(64)
    expect(archives).toEqual([])
  })

  it("is not refused for extra bytes in an entry's own header", async () => {
    const { inputs } = await readZip(
      zipOf([
        { ...entry, localExtra: Buffer.alloc(100) },
        { ...entry, name: "b.json" },
      ]),
    )
    expect(inputs.map((input) => input.error)).toEqual([null, null])
  })

  it("is refused past the limit of entries", async () => {
    const { inputs } = await readZip(zipOf([entry, { ...entry, name: "b.json" }]), { maxEntries: 1 })
    expect(inputs.map((input) => input.error)).toEqual(["input/unsafe-archive"])
  })

  it("is corrupt where its end counts fewer entries than there are", async () => {
    const { inputs } = await readZip(zipOf([entry, { ...entry, name: "b.json" }], { entryCount: 1 }))
    expect(inputs.map((input) => input.error)).toEqual(["input/corrupt"])
  })

  it("keeps to the limit on what an entry may become", async () => {
    const { inputs } = await readZip(zipOf([{ name: "a.json", content: Buffer.alloc(100_000, " ") }]), {
      maxInflatedBytes: 1000,
    })
    expect(inputs.map(({ error, bytes, sha256: hash }) => [error, bytes.length, hash])).toEqual([
      ["input/inflation-limit", 1000, null],
    ])
  })

  it("without entries gives none", async () => {
    const { inputs, archives } = await readZip(zipOf([]))
    expect(inputs).toEqual([])
    expect(archives).toMatchObject([{ entries: 0 }])
  })

  it("gives an error and never throws, wherever it is cut or damaged", async () => {
    const stored = zipOf([entry, { name: "b.txt", content: "text" }], { comment: "a comment" })
    for (let cut = 4; cut < stored.length; cut += 1) {
      const { inputs } = await readZip(stored.subarray(0, cut))
      expect(inputs.map((input) => input.error)).toEqual(["input/truncated"])
    }
    for (let at = 4; at < stored.length; at += 1) {
      const damaged = Buffer.from(stored)
      damaged[at] = 0xff
      for (const input of (await readZip(damaged)).inputs)
        expect(input.error === null ? input.bytes.toString() : input.error).toMatch(
          /^input\/|^\[\{"id":"1"\}\]$|^text$/,
        )
    }
    expect((await readZip(Buffer.concat([stored, Buffer.from("more")]))).inputs.map((input) => input.error)).toEqual([
      "input/trailing-data",
    ])
  })

  it("survives a directory that says it lies outside of the file", async () => {
    const end64 = Buffer.alloc(20, 0xff)
    end64.writeUInt32LE(0x07064b50, 0)
    const end = Buffer.alloc(22, 0xff)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(0, 20)
    for (const tail of [end, Buffer.concat([end64, end])]) {
      const { inputs } = await readZip(Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(100), tail]))
      expect(inputs.map((input) => input.error)).toEqual([expect.stringMatching(/corrupt|unsafe|unsupported/)])
    }
  })

  it("tells that it was changed while its entries were read", async () => {
    const path = await folder.write("a.zip", zipOf([entry, { ...entry, name: "b.json" }]))
    const [source] = (await listSources([path], [])).sources
    if (source === undefined) throw new Error("the archive is there")
    const errors: unknown[] = []
    for await (const { end } of openSource(source, LIMITS, { onArchive: () => {}, onSkipped: () => {} })) {
      if (errors.length === 0) appendFileSync(path, "more")
      errors.push((await end()).error?.code)
    }
    expect(errors).toEqual(["input/changed", "input/changed"])
  })
})
