/**
 * The container that partials and the files of a state folder are written in. All numbers are little-endian.
 *
 *     file    = magic (8 bytes: 89 "CSPART" 0A), format version (u32), 0 (u32), sections
 *     section = kind (4 ASCII characters), flags (u32), payload bytes (u32), bytes when inflated (u32),
 *               position among the sections (u64), XXH64 (u64), payload, zeros up to a multiple of 8 bytes
 *
 * XXH64 (seed 0) is of the payload with its zeros, seeded with the XXH64 of the 24 bytes before it. Flag 1: the payload
 * is raw deflate. The last section is `LAST`; nothing follows it. So whatever byte is cut off, added or changed is noticed.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib"
import xxhash, { type XXHash, type XXHashAPI } from "xxhash-wasm"
import { PartialError } from "./partial-error.ts"

/** Raised whenever an older version could not read what is written, or would read something else from it. */
export const FORMAT_VERSION = 2
export const FILE_HEADER_BYTES = 16
export const SECTION_HEADER_BYTES = 32

/** What a section holds. */
export const SECTION_KINDS = [
  "HEAD",
  "INPT",
  "FACT",
  "ENVL",
  "EVID",
  "BLCK",
  "MARK",
  "DONE",
  "FILE",
  "SKIP",
  "ARCH",
  "LAST",
] as const
export type SectionKind = (typeof SECTION_KINDS)[number]

/** One section. */
export interface Section {
  readonly kind: SectionKind
  /** Inflated. */
  readonly payload: Uint8Array
}

const MAGIC = Buffer.from("\x89CSPART\n", "latin1")
const ALIGNMENT = 8
const DEFLATED = 1
/** Smaller ones gain nothing, and larger ones of numbers are to be read fast. */
const LEAST_DEFLATED_BYTES = 256
const MOST_DEFLATED_TABLE_BYTES = 64 * 1024
/** A table of 65,536 rows takes about 10 MB, the texts of the longest records a few times as much. */
const MAX_PAYLOAD_BYTES = 2 ** 30

let loaded: Promise<XXHashAPI> | null = null

/** The hash of the container; loaded once. */
export function loadHash(): Promise<XXHashAPI> {
  loaded ??= xxhash()
  return loaded
}

/** The first bytes of a file. */
export function fileHeader(): Uint8Array {
  const header = Buffer.alloc(FILE_HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt32LE(FORMAT_VERSION, MAGIC.length)
  return header
}

/** Throws a `PartialError` where a file does not begin like one that can be read. */
export function checkFileHeader(bytes: Uint8Array): void {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (header.length < FILE_HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new PartialError("not-a-partial", "it is no partial; name a file that --partial wrote")
  }
  const version = header.readUInt32LE(MAGIC.length)
  if (version > FORMAT_VERSION) {
    throw new PartialError(
      "newer-format",
      `it is of format ${version}, and this version of callsift reads format ${FORMAT_VERSION}; update callsift, or make it again with this version`,
    )
  }
  if (version > 0 && version < FORMAT_VERSION) {
    throw new PartialError(
      "older-format",
      `it is of format ${version}, and this version of callsift reads format ${FORMAT_VERSION}; make it again`,
    )
  }
  if (version === 0 || header.readUInt32LE(MAGIC.length + 4) !== 0) throw damaged("its header")
}

/** The error for bytes that are not what was written. */
export function damaged(what: string): PartialError {
  return new PartialError("damaged", `it is damaged (${what}); make it again`)
}

/** The error for a file that ends too early. */
export function cutOff(): PartialError {
  return new PartialError("damaged", "it is damaged (its end is missing); make it again", { isCut: true })
}

/** The bytes of a section; `position` is its place among the sections of its file. */
export function sectionBytes(hash: XXHashAPI, kind: SectionKind, payload: Uint8Array, position: number): Uint8Array[] {
  const stored = isDeflatable(kind, payload) ? deflateRawSync(payload, { level: 1 }) : payload
  const header = Buffer.alloc(SECTION_HEADER_BYTES)
  header.write(kind, 0, "latin1")
  header.writeUInt32LE(stored === payload ? 0 : DEFLATED, 4)
  header.writeUInt32LE(stored.length, 8)
  header.writeUInt32LE(payload.length, 12)
  header.writeBigUInt64LE(BigInt(position), 16)
  const padding = new Uint8Array(paddedLength(stored.length) - stored.length)
  const padded = padding.length === 0 ? stored : Buffer.concat([stored, padding])
  header.writeBigUInt64LE(hash.h64Raw(padded, seedOf(hash, header)), 24)
  return [header, padded]
}

function isDeflatable(kind: SectionKind, { length }: Uint8Array): boolean {
  const isTable = kind === "FACT" || kind === "ENVL"
  return length >= LEAST_DEFLATED_BYTES && (!isTable || length <= MOST_DEFLATED_TABLE_BYTES)
}

/** What the header of a section says. */
export interface SectionHeader {
  readonly kind: SectionKind
  readonly isDeflated: boolean
  readonly payloadBytes: number
  /** With the zeros behind it. */
  readonly storedBytes: number
  readonly inflatedBytes: number
}

/** Reads a section's header; throws a `PartialError` where it is none, or not the one at this position. */
export function readSectionHeader(header: Buffer, position: number): SectionHeader {
  const kind = SECTION_KINDS.find((name) => name === header.toString("latin1", 0, 4))
  const flags = header.readUInt32LE(4)
  const payloadBytes = header.readUInt32LE(8)
  const inflatedBytes = header.readUInt32LE(12)
  const isPlausible = flags <= DEFLATED && Math.max(payloadBytes, inflatedBytes) <= MAX_PAYLOAD_BYTES
  if (kind === undefined || !isPlausible || header.readBigUInt64LE(16) !== BigInt(position)) {
    throw damaged(`the header of section ${position}`)
  }
  return {
    kind,
    isDeflated: flags === DEFLATED,
    payloadBytes,
    storedBytes: paddedLength(payloadBytes),
    inflatedBytes,
  }
}

/** Checks a section while its bytes come, the zeros behind it included. */
export class SectionCheck {
  readonly #sum: XXHash<bigint>
  readonly #expected: bigint
  readonly #position: number

  constructor(hash: XXHashAPI, header: Buffer, position: number) {
    this.#sum = hash.create64(seedOf(hash, header))
    this.#expected = header.readBigUInt64LE(24)
    this.#position = position
  }

  update(bytes: Uint8Array): void {
    this.#sum.update(bytes)
  }

  /** Throws a `PartialError` where the section is not what was written. */
  end(): void {
    if (this.#sum.digest() !== this.#expected) throw damaged(`section ${this.#position}`)
  }
}

/** The payload of a section that has been checked. */
export function payloadOf(header: SectionHeader, stored: Uint8Array): Uint8Array {
  const payload = stored.subarray(0, header.payloadBytes)
  if (!header.isDeflated) return payload
  return inflateRawSync(payload, { maxOutputLength: Math.max(header.inflatedBytes, 1) })
}

function seedOf(hash: XXHashAPI, header: Buffer): bigint {
  return hash.h64Raw(header.subarray(0, 24))
}

function paddedLength(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}
