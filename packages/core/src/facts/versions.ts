/**
 * Which callRecord is taken for each call, and which are superseded: of those with a version the highest, of equals
 * the one modified last, wherever it lies. What has no version never is superseded. Where nothing decides, all
 * stay, and the first in input order speaks for the call.
 */
import { EnvelopeFlag, EnvelopeKind } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"

/** The outcome for all calls and envelopes. */
export interface Versions {
  /** By call: table index of the callRecord that is taken, or -1 where only pages name the call. */
  readonly taken: Int32Array
  /** By table index of an envelope: 1 where a higher version of its callRecord is there. */
  readonly isSuperseded: Uint8Array
}

/** Decides for every call. */
export function takeVersions(envelopes: EnvelopeTable): Versions {
  const { kind, call } = envelopes.columns
  const taken = new Int32Array(envelopes.calls.count).fill(-1)
  let hasSeveral = false
  for (let index = 0; index < envelopes.count; index++) {
    const number = call[index] ?? -1
    if (number < 0 || kind[index] !== EnvelopeKind.callRecord) continue
    const best = taken[number] ?? -1
    if (best >= 0) hasSeveral = true
    if (best < 0 || compareVersions(envelopes, index, best) > 0) taken[number] = index
  }
  return { taken, isSuperseded: hasSeveral ? supersededBy(taken, envelopes) : new Uint8Array(envelopes.count) }
}

/** Marks the callRecords with a version that comes before the one that is taken. */
function supersededBy(taken: Int32Array, envelopes: EnvelopeTable): Uint8Array {
  const { kind, call, flags } = envelopes.columns
  const isSuperseded = new Uint8Array(envelopes.count)
  for (let index = 0; index < envelopes.count; index++) {
    const best = taken[call[index] ?? -1] ?? -1
    const mayBe = kind[index] === EnvelopeKind.callRecord && ((flags[index] ?? 0) & EnvelopeFlag.hasVersion) !== 0
    if (best >= 0 && mayBe && compareVersions(envelopes, index, best) < 0) isSuperseded[index] = 1
  }
  return isSuperseded
}

/** Compares two callRecords: by version, then by the instant of the last change; none is before any. */
function compareVersions(envelopes: EnvelopeTable, left: number, right: number): number {
  const byVersion = compare(envelopes.version(left), envelopes.version(right))
  return byVersion !== 0 ? byVersion : compare(lastModified(envelopes, left), lastModified(envelopes, right))
}

function lastModified({ columns }: EnvelopeTable, index: number): bigint | null {
  const isKnown = ((columns.flags[index] ?? 0) & EnvelopeFlag.hasLastModified) !== 0
  return isKnown ? (columns.lastModifiedTicks[index] ?? null) : null
}

function compare(left: bigint | null, right: bigint | null): number {
  if (left === right) return 0
  if (left === null) return -1
  return right === null || left > right ? 1 : -1
}
