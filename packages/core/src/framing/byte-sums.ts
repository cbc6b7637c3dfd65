/** Sums of byte accounts. */
import type { ByteAccount } from "./block.ts"

/** An account that grows. */
export type ByteSums = { -readonly [Name in keyof ByteAccount]: number }

/** An account of nothing. */
export function noBytes(): ByteSums {
  return { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
}

/** Adds an account to a sum. */
export function addBytes(sum: ByteSums, added: ByteAccount): void {
  sum.recordBytes += added.recordBytes
  sum.separatorBytes += added.separatorBytes
  sum.envelopeBytes += added.envelopeBytes
  sum.damageBytes += added.damageBytes
}

/** All bytes of an account. */
export function countBytes(account: ByteAccount): number {
  return account.recordBytes + account.separatorBytes + account.envelopeBytes + account.damageBytes
}
