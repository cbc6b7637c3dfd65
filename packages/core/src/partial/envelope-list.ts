/** The callRecords and pages of a block result ↔ a table of Apache Arrow. Lines and records are those of the input there. */
import { NO_ENVELOPE } from "../framing/block.ts"
import type { EnvelopeFact } from "../worker/protocol.ts"
import { writeTable, type ArrowLibrary } from "./arrow-table.ts"
import { damaged } from "./container.ts"
import type { CounterBase } from "./fact-table.ts"
import { ReadTable } from "./read-table.ts"

const KINDS = ["callRecord", "sessionsPage", "callsPage", "wrapper"] as const satisfies readonly EnvelopeFact["kind"][]
const TICKS = ["startTicks", "endTicks", "lastModifiedTicks"] as const
const TEXTS = ["callId", "version", "type"] as const
/** Below every count that is declared. */
const NOT_DECLARED = -(2 ** 53)

/** The table of the envelopes; there is at least one. */
export function writeEnvelopes(arrow: ArrowLibrary, envelopes: readonly EnvelopeFact[], base: CounterBase): Uint8Array {
  const indexOf = new Map<string, number>()
  const numbers = (valueOf: (envelope: EnvelopeFact) => number, none: number | null = null) => ({
    values: Float64Array.from(envelopes, valueOf),
    none,
  })
  return writeTable(arrow, {
    rowCount: envelopes.length,
    ticks: named(TICKS, (name) => BigInt64Array.from(envelopes, (envelope) => envelope[name] ?? 0n)),
    ids: {},
    texts: named(TEXTS, (name) => Int32Array.from(envelopes, (envelope) => indexIn(indexOf, envelope[name]))),
    numbers: {
      ...named(TICKS.map(presenceOf), (name) =>
        numbers((envelope) =>
          Number(envelope[TICKS.find((ticks) => presenceOf(ticks) === name) ?? "startTicks"] !== null),
        ),
      ),
      kind: numbers(({ kind }) => KINDS.indexOf(kind)),
      hasList: numbers(({ hasList }) => Number(hasList)),
      hasNextLink: numbers(({ hasNextLink }) => Number(hasNextLink)),
      parent: numbers(({ parent }) => parent, NO_ENVELOPE),
      declaredCount: numbers(({ declaredCount }) => declaredCount ?? NOT_DECLARED, NOT_DECLARED),
      elementCount: numbers(({ elementCount }) => elementCount),
      byteOffset: numbers(({ byteOffset }) => byteOffset),
      byteLength: numbers(({ byteLength }) => byteLength),
      line: numbers(({ line }) => line + base.line),
      record: numbers(({ record }) => record + base.record),
    },
    strings: [...indexOf.keys()],
  })
}

/** Reads the table. Throws a `PartialError` where it is not one that `writeEnvelopes` gave. */
export function readEnvelopes(bytes: Uint8Array, base: CounterBase): EnvelopeFact[] {
  const table = new ReadTable(bytes)
  const strings = table.strings()
  const numbers = (name: string, none: number | null = null): ((row: number) => number) => {
    const column = table.numbers(name, none, Float64Array)
    return (row) => column[row] ?? 0
  }
  const text = (name: string): ((row: number) => string | null) => {
    const column = table.texts(name)
    return (row) => strings[column[row] ?? -1] ?? null
  }
  const ticks = (name: (typeof TICKS)[number]): ((row: number) => bigint | null) => {
    const [column, isThere] = [table.ticks(name), numbers(presenceOf(name))]
    return (row) => (isThere(row) === 0 ? null : (column[row] ?? null))
  }
  const [kind, hasList, hasNextLink] = [numbers("kind"), numbers("hasList"), numbers("hasNextLink")]
  const [parent, declaredCount] = [numbers("parent", NO_ENVELOPE), numbers("declaredCount", NOT_DECLARED)]
  const [elementCount, byteOffset, byteLength] = [numbers("elementCount"), numbers("byteOffset"), numbers("byteLength")]
  const [line, record] = [numbers("line"), numbers("record")]
  const [callId, version, type] = [text("callId"), text("version"), text("type")]
  const [startTicks, endTicks, lastModifiedTicks] = [ticks("startTicks"), ticks("endTicks"), ticks("lastModifiedTicks")]
  return Array.from({ length: table.rowCount }, (_, row) => ({
    hasList: hasList(row) === 1,
    parent: parent(row),
    kind: KINDS[kind(row)] ?? fail(),
    callId: callId(row),
    version: version(row),
    type: type(row),
    startTicks: startTicks(row),
    endTicks: endTicks(row),
    lastModifiedTicks: lastModifiedTicks(row),
    hasNextLink: hasNextLink(row) === 1,
    declaredCount: declaredCount(row) === NOT_DECLARED ? null : declaredCount(row),
    elementCount: elementCount(row),
    byteOffset: byteOffset(row),
    byteLength: byteLength(row),
    line: line(row) - base.line,
    record: record(row) - base.record,
  }))
}

function presenceOf(ticks: (typeof TICKS)[number]): string {
  return `has${ticks.charAt(0).toUpperCase()}${ticks.slice(1)}`
}

function named<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>
}

function indexIn(indexOf: Map<string, number>, text: string | null): number {
  if (text === null) return -1
  const known = indexOf.get(text)
  if (known !== undefined) return known
  indexOf.set(text, indexOf.size)
  return indexOf.size - 1
}

function fail(): never {
  throw damaged("a kind of envelope that is unknown")
}
