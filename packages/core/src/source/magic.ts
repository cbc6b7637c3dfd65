/** What a file is by its first bytes. */
import { SourceFault } from "./input.ts"

/** As many bytes as any of the tests below looks at. */
export const MAGIC_BYTES = 8

export type Container = "none" | "gzip" | "zstd" | "zip"

/** The container whose magic number stands in front. */
export function containerOf(head: Uint8Array): Container {
  if (startsWith(head, [0x1f, 0x8b])) return "gzip"
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippableFrame(head)) return "zstd"
  // An empty archive is nothing but its directory's end.
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return "zip"
  return "none"
}

/** A zstd frame that holds no data (RFC 8878, section 3.1.2). */
export function isSkippableFrame(head: Uint8Array): boolean {
  return startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]) && ((head[0] ?? 0) & 0xf0) === 0x50
}

const SHAPES: readonly { readonly magic: readonly number[]; readonly message: string }[] = [
  { magic: [0x4f, 0x62, 0x6a, 0x01], message: "an Avro file, as Event Hub Capture writes; export the records as JSON instead" },
  { magic: [0x50, 0x41, 0x52, 0x31], message: "a Parquet file; export the records as JSON instead" },
  { magic: [0x1e], message: "a JSON text sequence (RFC 7464); write one value a line without the record separator instead" },
]

/** Throws for a format that is known and not read. */
export function refuseKnownShapes(head: Uint8Array): void {
  const shape = SHAPES.find(({ magic }) => startsWith(head, magic))
  if (shape !== undefined) throw new SourceFault("input/unsupported-shape", `the input is ${shape.message}`)
}

export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte)
}
