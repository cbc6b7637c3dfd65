/**
 * Hashes of 32-bit words for the tables of this folder. They are seeded anew in each run, so that no export can be
 * made to collide; only the place in a table depends on them, never a result.
 */
import { randomInt } from "node:crypto"

/** The state that a hash begins with. */
export const HASH_SEED = randomInt(2 ** 32) | 0

/** The state after one more word: the body of MurmurHash3 (x86, 32 bits). */
export function mixWord(state: number, word: number): number {
  let mixed = Math.imul(word, 0xcc9e2d51)
  mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
  const turned = state ^ mixed
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

/** The hash of some bytes. Unsigned, 32 bits. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let state = HASH_SEED
  let at = from
  for (; at + 4 <= to; at += 4) {
    const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
    state = mixWord(state, low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24))
  }
  let last = 0
  for (; at < to; at++) last = (last << 8) | (bytes[at] ?? 0)
  return finishHash(mixWord(state, last))
}

/** The hash of all words mixed in: MurmurHash3's finish. Unsigned, 32 bits. */
export function finishHash(state: number): number {
  let hash = state ^ (state >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
