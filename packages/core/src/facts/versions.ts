/**
 * Which callRecord is taken for each call, and which are superseded: of those with a version the highest, of equals
 * the one modified last, wherever it lies. What has no version never is superseded. Where nothing decides, all
 * stay, and the first in input order speaks for the call.
 */
import { EnvelopeFlag, EnvelopeKind, type EnvelopeTable } from "./envelope-table.ts"
import type { Texts } from "./string-table.ts"

/** The outcome for all calls and envelopes. */
export interface Versions {
  /** By call: table index of the callRecord that is taken, or -1 where only pages name the call. */
  readonly taken: Int32Array
  /** By table index of an envelope: 1 where a higher version of its callRecord is there. */
  readonly isSuperseded: Uint8Array
}

/** Decides for every call. `texts` are those of the string table. */
export function takeVersions(envelopes: EnvelopeTable, texts: Texts): Versions {
  const taken = new Int32Array(envelopes.calls.count).fill(-1)
  const order = versionOrder(envelopes, texts)
  for (const index of callRecordsOf(envelopes)) {
    const call = envelopes.columns.call[index] ?? -1
    const best = taken[call] ?? -1
    if (best < 0 || order(index, best) > 0) taken[call] = index
  }
  const isSuperseded = new Uint8Array(envelopes.count)
  for (const index of callRecordsOf(envelopes)) {
    const best = taken[envelopes.columns.call[index] ?? -1] ?? -1
    if ((envelopes.columns.version[index] ?? -1) >= 0 && order(index, best) < 0) isSuperseded[index] = 1
  }
  return { taken, isSuperseded }
}

/** The callRecords of known calls, in input order. */
function* callRecordsOf({ columns, count }: EnvelopeTable): Generator<number> {
  for (let index = 0; index < count; index++) {
    if (columns.kind[index] === EnvelopeKind.callRecord && (columns.call[index] ?? -1) >= 0) yield index
  }
}

/** Compares two callRecords: by version, then by the instant of the last change; none is before any. */
function versionOrder({ columns }: EnvelopeTable, texts: Texts): (left: number, right: number) => number {
  const { flags, lastModifiedTicks } = columns
  const lastModified = (index: number): bigint | null =>
    ((flags[index] ?? 0) & EnvelopeFlag.hasLastModified) === 0 ? null : (lastModifiedTicks[index] ?? null)
  return (left, right) => {
    const leftVersion = columns.version[left] ?? -1
    const rightVersion = columns.version[right] ?? -1
    const isEqual = leftVersion === rightVersion
    const byVersion = isEqual ? 0 : compare(wholeNumber(texts, leftVersion), wholeNumber(texts, rightVersion))
    return byVersion !== 0 ? byVersion : compare(lastModified(left), lastModified(right))
  }
}

function wholeNumber(texts: Texts, index: number): bigint | null {
  const text = texts.get(index)
  return text === undefined ? null : BigInt(text)
}

function compare(left: bigint | null, right: bigint | null): number {
  if (left === right) return 0
  if (left === null) return -1
  return right === null || left > right ? 1 : -1
}
