import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import {
  checkFileHeader,
  fileHeader,
  loadHash,
  payloadOf,
  readSectionHeader,
  SECTION_HEADER_BYTES,
  sectionBytes,
  SectionCheck,
  type SectionKind,
} from "#core/partial/container.ts"

let hash: Awaited<ReturnType<typeof loadHash>>
beforeAll(async () => {
  hash = await loadHash()
})

const kind = fc.constantFrom<SectionKind>("HEAD", "FACT", "EVID")
const payload = fc.oneof(
  fc.uint8Array(),
  fc.string({ minLength: 300, maxLength: 3000, unit: fc.constantFrom("a", "b") }).map((text) => Buffer.from(text)),
)

function read(bytes: Buffer, position: number): Uint8Array {
  const header = readSectionHeader(bytes.subarray(0, SECTION_HEADER_BYTES), position)
  const stored = bytes.subarray(SECTION_HEADER_BYTES, SECTION_HEADER_BYTES + header.storedBytes)
  const check = new SectionCheck(hash, bytes.subarray(0, SECTION_HEADER_BYTES), position)
  for (let from = 0; from < stored.length; from += 1000) check.update(stored.subarray(from, from + 1000))
  check.end()
  return payloadOf(header, stored)
}

describe("a section", () => {
  it("gives its payload back, at its place alone", () => {
    fc.assert(
      fc.property(kind, payload, fc.nat(), (name, content, position) => {
        const bytes = Buffer.concat(sectionBytes(hash, name, content, position))
        expect(bytes.length % 8).toBe(0)
        expect(Buffer.from(read(bytes, position)).equals(content)).toBe(true)
        expect(() => read(bytes, position + 1)).toThrow("damaged")
      }),
    )
  })

  it("with any bit flipped is damaged", () => {
    fc.assert(
      fc.property(kind, payload, fc.nat(), (name, content, place) => {
        const bytes = Buffer.concat(sectionBytes(hash, name, content, 3))
        const bit = place % (8 * bytes.length)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => read(bytes, 3)).toThrow("damaged")
      }),
    )
  })
})

describe("the header of a file", () => {
  it.each([
    ["no partial", Buffer.from("{}"), "no partial"],
    ["another magic", Buffer.from("\x89CSPART\rxxxxxxxx", "latin1"), "no partial"],
    ["a newer format", Buffer.from("\x89CSPART\n\x03\0\0\0\0\0\0\0", "latin1"), "update callsift"],
    ["an older format", Buffer.from("\x89CSPART\n\x01\0\0\0\0\0\0\0", "latin1"), "make it again"],
    ["no format", Buffer.from("\x89CSPART\n\0\0\0\0\0\0\0\0", "latin1"), "damaged"],
  ])("of %s is refused", (_name, bytes, message) => {
    expect(() => checkFileHeader(bytes)).toThrow(message)
  })

  it("of this version is taken", () => {
    expect(() => checkFileHeader(fileHeader())).not.toThrow()
  })
})
