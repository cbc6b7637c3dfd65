/** Damage to the bytes of an export, as data, so that a failing test shows what was done. */
import * as fc from "fast-check"

/** One change. Places are taken modulo the length, so that any damage fits any bytes. */
export type Damage =
  | { readonly kind: "truncate"; readonly at: number }
  | { readonly kind: "flip-bit"; readonly at: number; readonly bit: number }
  | { readonly kind: "insert"; readonly at: number; readonly byte: number }
  | { readonly kind: "delete"; readonly at: number }
  | { readonly kind: "double"; readonly at: number }

/** Bytes that mean something in JSON or UTF-8 are more frequent. */
const byte = fc.oneof(
  fc.constantFrom(
    ...'{}[],:"\\\n\r 0-eE.tfn\0'.split("").map((character) => character.charCodeAt(0)),
    0xff,
    0xc0,
    0xe2,
    0x80,
  ),
  fc.nat({ max: 255 }),
)
const at = fc.nat({ max: 0x7fffffff })

export const truncation: fc.Arbitrary<Damage> = fc.record({ kind: fc.constant("truncate"), at })
export const bitFlip: fc.Arbitrary<Damage> = fc.record({ kind: fc.constant("flip-bit"), at, bit: fc.nat({ max: 7 }) })
export const insertion: fc.Arbitrary<Damage> = fc.record({ kind: fc.constant("insert"), at, byte })
export const deletion: fc.Arbitrary<Damage> = fc.record({ kind: fc.constant("delete"), at })
export const doubling: fc.Arbitrary<Damage> = fc.record({ kind: fc.constant("double"), at })

/** Any one change. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(truncation, bitFlip, insertion, deletion, doubling)

/** Where the damage falls in so many bytes; a cut and an insertion may stand at the end. */
export function damageOffset({ kind, at: place }: Damage, byteLength: number): number {
  if (kind === "truncate" || kind === "insert") return place % (byteLength + 1)
  return byteLength === 0 ? 0 : place % byteLength
}

/** The bytes with the damage done; the given ones are left as they are. */
export function damaged(bytes: Uint8Array, change: Damage): Uint8Array {
  const offset = damageOffset(change, bytes.length)
  const before = bytes.subarray(0, offset)
  const rest = bytes.subarray(offset)
  switch (change.kind) {
    case "truncate":
      return Buffer.from(before)
    case "flip-bit":
      return Buffer.concat([before, rest.subarray(0, 1).map((value) => value ^ (1 << change.bit)), rest.subarray(1)])
    case "insert":
      return Buffer.concat([before, Uint8Array.of(change.byte), rest])
    case "delete":
      return Buffer.concat([before, rest.subarray(1)])
    case "double":
      return Buffer.concat([before, rest.subarray(0, 1), rest])
  }
}

/** A line that is no JSON value and holds no line break, to be put between the lines of NDJSON. */
export const garbageLine: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom("%", "{", '{"id":', "]", "nul", '{"id":"a"}}', '"', "\u0001", "1e", "NaN", "{'id':1}", "--"),
    fc.string({ minLength: 1, maxLength: 10, unit: "binary" }),
  )
  .filter((line) => /^\S/.test(line) && !/[\n\r\0\ufeff]/.test(line) && !isJson(line))

/** NDJSON with a line put in front of line `before` (modulo the number of lines); `byteOffset` is where it begins. */
export function withLine(
  ndjson: Uint8Array,
  line: string,
  before: number,
): { readonly bytes: Uint8Array; readonly byteOffset: number } {
  const starts = lineStarts(ndjson)
  const byteOffset = starts[before % starts.length] ?? 0
  const bytes = Buffer.concat([
    ndjson.subarray(0, byteOffset),
    Buffer.from(`${line}\n`, "utf8"),
    ndjson.subarray(byteOffset),
  ])
  return { bytes, byteOffset }
}

function lineStarts(ndjson: Uint8Array): number[] {
  const starts = [0]
  for (let index = 0; index < ndjson.length - 1; index++) if (ndjson[index] === 0x0a) starts.push(index + 1)
  return starts
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
