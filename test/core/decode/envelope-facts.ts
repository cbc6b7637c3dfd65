/** Columns of envelopes ↔ an object for each, with the version as text. */
import { EnvelopeBuilder, type EnvelopeFact } from "#core/decode/envelope-builder.ts"
import { printGuid } from "#core/model/identity.ts"
import { EnvelopeFlag, EnvelopeKind, IdForm, type EnvelopeColumns } from "#core/worker/protocol.ts"

export type TestEnvelope = Omit<EnvelopeFact, "version"> & { readonly version: string | null }

export function envelopeColumns(envelopes: readonly TestEnvelope[]): EnvelopeColumns {
  const builder = new EnvelopeBuilder()
  for (const each of envelopes) builder.add({ ...each, version: each.version === null ? null : BigInt(each.version) })
  return builder.columns()
}

export function envelopeFacts(columns: EnvelopeColumns): TestEnvelope[] {
  return Array.from({ length: columns.count }, (_, row) => factAt(columns, row))
}

const KINDS = Object.keys(EnvelopeKind) as (keyof typeof EnvelopeKind)[]

function factAt(columns: EnvelopeColumns, row: number): TestEnvelope {
  const flags = columns.flags[row] ?? 0
  const has = (flag: keyof typeof EnvelopeFlag): boolean => (flags & EnvelopeFlag[flag]) !== 0
  const number = (name: "parent" | "elementCount" | "byteOffset" | "byteLength" | "line" | "record"): number =>
    columns[name][row] ?? Number.NaN
  const ticks = (name: "startTicks" | "endTicks" | "lastModifiedTicks", flag: keyof typeof EnvelopeFlag) =>
    has(flag) ? (columns[name][row] ?? null) : null
  const declaredCount = columns.declaredCount[row] ?? -1
  const version = columns.version[row] ?? 0n
  return {
    kind: KINDS[columns.kind[row] ?? -1] ?? "wrapper",
    hasList: has("hasList"),
    hasNextLink: has("hasNextLink"),
    callId: callIdAt(columns, row),
    version: has("hasVersion") ? String(has("isVersionNegative") ? -version : version) : null,
    type: columns.strings[columns.type[row] ?? -1] ?? null,
    startTicks: ticks("startTicks", "hasStart"),
    endTicks: ticks("endTicks", "hasEnd"),
    lastModifiedTicks: ticks("lastModifiedTicks", "hasLastModified"),
    declaredCount: declaredCount < 0 ? null : declaredCount,
    parent: number("parent"),
    elementCount: number("elementCount"),
    byteOffset: number("byteOffset"),
    byteLength: number("byteLength"),
    line: number("line"),
    record: number("record"),
  }
}

function callIdAt({ callId: { bytes, forms }, strings }: EnvelopeColumns, row: number): string | null {
  if (forms[row] === IdForm.none) return null
  if (forms[row] === IdForm.guid) return printGuid(bytes, 16 * row)
  return strings[Buffer.from(bytes.buffer, bytes.byteOffset + 16 * row).readInt32LE(0)] ?? ""
}
