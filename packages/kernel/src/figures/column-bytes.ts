/** The bytes of the first elements of a column. */
export function bytesOf(
  { buffer, byteOffset, BYTES_PER_ELEMENT }: BigInt64Array | Int32Array | Uint8Array,
  length: number,
): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length * BYTES_PER_ELEMENT)
}
