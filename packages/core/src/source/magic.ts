/** What a file is by its first bytes. */
import { SourceFault, type Compression } from "./input.ts"

/** As many bytes as any of the tests below looks at. */
export const MAGIC_BYTES = 264

/** The container whose magic number stands in front. */
export function containerOf(head: Uint8Array): Compression {
  if (startsWith(head, [0x1f, 0x8b])) return "gzip"
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippableFrame(head)) return "zstd"
  // An empty archive is nothing but its directory's end.
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return "zip"
  return "none"
}

/** A zstd frame that holds no data (RFC 8878, section 3.1.2). */
export function isSkippableFrame(head: Uint8Array): boolean {
  return startsWith(head, [0x2a, 0x4d, 0x18], 1) && ((head[0] ?? 0) & 0xf0) === 0x50
}

interface Shape {
  readonly magic: readonly number[]
  readonly at: number
  readonly message: string
}

const SHAPES: readonly Shape[] = [
  {
    magic: [0x4f, 0x62, 0x6a, 0x01],
    at: 0,
    message: "an Avro file, as Event Hub Capture writes; export the records as JSON instead",
  },
  { magic: [0x50, 0x41, 0x52, 0x31], at: 0, message: "a Parquet file; export the records as JSON instead" },
  {
    magic: [0x1e],
    at: 0,
    message: "a JSON text sequence (RFC 7464); write one value a line without the record separator instead",
  },
  { magic: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, message: "a tar archive; unpack it and name the folder" },
  { magic: [0x42, 0x5a, 0x68], at: 0, message: "compressed with bzip2; unpack it, or compress it with gzip or zstd" },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    at: 0,
    message: "compressed with xz; unpack it, or compress it with gzip or zstd",
  },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], at: 0, message: "a 7z archive; unpack it and name the folder" },
]

/** Throws for a format that is known and not read. */
export function refuseKnownShapes(head: Uint8Array): void {
  const shape = SHAPES.find(({ magic, at }) => startsWith(head, magic, at))
  if (shape !== undefined) throw new SourceFault("input/unsupported-shape", `the input is ${shape.message}`)
}

/** Whether `magic` stands at `at`. */
export function startsWith(bytes: ArrayLike<number>, magic: readonly number[], at = 0): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, index) => bytes[at + index] === byte)
}
