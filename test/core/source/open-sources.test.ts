import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { acceptance, readOne, readPaths, temporaryFolder } from "./reading.ts"

const folder = temporaryFolder()

interface Case {
  readonly file: string
  readonly options: readonly string[]
  readonly expect: { readonly inputError: string | null }
}
const { cases } = JSON.parse(readFileSync(acceptance("manifest.json"), "utf8")) as { cases: readonly Case[] }
/** Errors that are not found here but by whoever reads the JSON. */
const FOUND_LATER = new Set(["input/empty", "input/corrupt", "input/truncated", "input/graph-error"])

describe("crafted inputs", () => {
  it.each(cases.map((each) => [each.file, each] as const))("%s", async (file, { options, expect: { inputError } }) => {
    const { inputs } = await readPaths([acceptance(file)], {
      maxInflatedBytes: options.includes("--max-inflated=16MiB") ? 16 << 20 : null,
    })
    const isFoundHere = inputError !== null && (/\.(?:gz|zip)$/.test(file) || !FOUND_LATER.has(inputError))
    for (const { error, entry, sha256, bytes } of inputs) {
      expect(error).toBe(isFoundHere ? inputError : null)
      if (entry === null)
        expect(sha256).toBe(
          createHash("sha256")
            .update(readFileSync(acceptance(file)))
            .digest("hex"),
        )
      if (error === "input/unsafe-archive" || error === "input/nested-archive" || error === "input/encoding")
        expect(bytes).toHaveLength(0)
    }
  })

  it.each([
    ["Z02-multi.ndjson.gz", 3],
    ["Z03-trunc-trailer.ndjson.gz", 2],
    ["Z07-pad-then-member.ndjson.gz", 2],
    ["Z08-trailing-junk.ndjson.gz", 2],
    ["Z10-gzip-named-json.json", 2],
    ["E04-utf16le-bom.json", 1],
  ])("%s holds %i sessions", async (file, sessions) => {
    const { bytes } = await readOne(acceptance(file))
    expect(bytes.toString().match(/"startDateTime"/g)).toHaveLength(sessions)
  })

  it("Z28-mixed.zip names what it skips, Z23-dup-names.zip tells its entries apart", async () => {
    const mixed = await readPaths([acceptance("Z28-mixed.zip")])
    expect(mixed.skipped.length).toBeGreaterThan(0)
    const { inputs } = await readPaths([acceptance("Z23-dup-names.zip")])
    expect(inputs.map(({ entry }) => entry)).toEqual(["a.ndjson", "a.ndjson#2"])
  })
})

describe("openSource", () => {
  it("gives the same text whatever stores it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 50 }), async (content) => {
        const text = `[${content}`
        const wide = Buffer.from(`\uFEFF${text}`, "utf16le")
        const forms = [
          Buffer.from(text),
          Buffer.from(`\uFEFF${text}`),
          wide,
          Buffer.from(wide).swap16(),
          gzipSync(text),
          gzipSync(wide),
        ]
        for (const form of forms) {
          const { bytes, error } = await readOne(await folder.write("a", form))
          expect({ text: bytes.toString(), error }).toEqual({ text, error: null })
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ["Avro", Buffer.from("Obj\x01rest")],
    ["Parquet", Buffer.from("PAR1rest")],
    ["a JSON text sequence", Buffer.from("\x1e{}\n")],
    ["tar", Buffer.concat([Buffer.alloc(257, "a"), Buffer.from("ustar\0")])],
    ["compressed Avro", gzipSync("Obj\x01rest")],
  ])("knows %s and says what to do instead", async (_name, content) => {
    expect(await readOne(await folder.write("a", content))).toMatchObject({
      error: "input/unsupported-shape",
      bytes: Buffer.alloc(0),
      sizeBytes: content.length,
    })
  })

  it("keeps a few bytes that came before a break", async () => {
    expect(await readOne(await folder.write("a.gz", gzipSync("[]").subarray(0, -8)))).toMatchObject({
      bytes: Buffer.from("[]"),
      error: "input/truncated",
    })
  })

  it("gives exactly as much as the limit allows", async () => {
    const path = await folder.write("a.gz", gzipSync(Buffer.alloc(3_000_000, " ")))
    for (const maxInflatedBytes of [1, 1 << 20, 2_999_999]) {
      expect(await readOne(path, { maxInflatedBytes })).toMatchObject({
        bytes: { length: maxInflatedBytes },
        error: "input/inflation-limit",
      })
    }
    expect(await readOne(path, { maxInflatedBytes: 3_000_000 })).toMatchObject({ error: null })
  })

  it("hashes nothing where that is off", async () => {
    expect(await readOne(await folder.write("a.json", "[]"), { hash: false })).toMatchObject({
      sizeBytes: 2,
      sha256: null,
      error: null,
    })
  })

  it("reads an empty file", async () => {
    expect(await readOne(await folder.write("a.json", ""))).toMatchObject({
      bytes: Buffer.alloc(0),
      sizeBytes: 0,
      error: null,
      compression: "none",
    })
  })
})
