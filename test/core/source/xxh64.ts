/** XXH64 with seed 0, written slowly after its specification, to check what is computed quickly. */
const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
]
const low = (value: bigint): bigint => BigInt.asUintN(64, value)
const turn = (value: bigint, bits: bigint): bigint => low((value << bits) | (value >> (64n - bits)))
const round = (lane: bigint, input: bigint): bigint => low(turn(low(lane + input * P2), 31n) * P1)

export function xxh64(bytes: Buffer): bigint {
  let at = 0
  let hash = P5
  if (bytes.length >= 32) {
    const lanes = [low(P1 + P2), P2, 0n, low(-P1)]
    for (; at + 32 <= bytes.length; at += 32) {
      for (const lane of [0, 1, 2, 3]) lanes[lane] = round(lanes[lane] ?? 0n, bytes.readBigUInt64LE(at + 8 * lane))
    }
    hash = low([1n, 7n, 12n, 18n].reduce((sum, bits, lane) => sum + turn(lanes[lane] ?? 0n, bits), 0n))
    for (const lane of lanes) hash = low((hash ^ round(0n, lane)) * P1 + P4)
  }
  hash = low(hash + BigInt(bytes.length))
  for (; at + 8 <= bytes.length; at += 8) hash = low(turn(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4)
  if (at + 4 <= bytes.length) {
    hash = low(turn(hash ^ low(BigInt(bytes.readUInt32LE(at)) * P1), 23n) * P2 + P3)
    at += 4
  }
  for (; at < bytes.length; at += 1) hash = low(turn(hash ^ low(BigInt(bytes[at] ?? 0) * P5), 11n) * P1)
  hash = low((hash ^ (hash >> 33n)) * P2)
  hash = low((hash ^ (hash >> 29n)) * P3)
  return hash ^ (hash >> 32n)
}
