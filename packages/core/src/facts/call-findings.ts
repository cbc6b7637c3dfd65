/** Findings about the pages of calls, and about inputs as a whole. */
import type { FindingCode } from "../check/rules.ts"
import { EnvelopeKind } from "./envelope-table.ts"
import { inputFields } from "./evidence.ts"
import { RowStatus } from "./facts.ts"
import { firstInOrder, type FindingList } from "./finding-list.ts"
import { isLastPage, isOpen, type PageList } from "./pages.ts"
import { envelopeFields, placeInWords, placeOfEnvelope } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** Pages that are missing, that are there in several copies, or that count wrong. */
export function findInPages(resolved: ResolvedFacts, maxListed: number): FindingList[] {
  const list = (code: FindingCode, found: readonly number[], messageOf: (index: number) => string): FindingList => {
    const placeOf = (index: number) => placeOfEnvelope(resolved, index)
    return {
      code,
      count: found.length,
      subjects: firstInOrder(found, placeOf, maxListed),
      placeOf,
      evidenceOf: (index) => ({ code, ...envelopeFields(resolved, index), message: messageOf(index) }),
    }
  }
  return [
    list(
      "call/incomplete-pages",
      openLists(resolved),
      () => "this page names a next one that is in no input, so what it holds is not the whole; export the pages that follow",
    ),
    list(
      "call/several-copies",
      differingCopies(resolved),
      () => "the pages of this call are there more than once and differ, and no version tells which are newer; all count, keep the right ones",
    ),
    list("export/count-mismatch", miscounted(resolved), (index) => mismatchMessage(resolved, index)),
  ]
}

/** Inputs with the bytes of an earlier one. */
export function findSameBytes(resolved: ResolvedFacts, maxListed: number): FindingList {
  const code = "export/same-bytes"
  const { inputs } = resolved
  const firstOf = new Map<string, number>()
  const sameAs = new Map<number, number>()
  for (const [input, { sizeBytes, sha256 }] of inputs.entries()) {
    if (sha256 === null) continue
    const first = firstOf.get(`${sizeBytes} ${sha256}`)
    if (first === undefined) firstOf.set(`${sizeBytes} ${sha256}`, input)
    else sameAs.set(input, first)
  }
  const placeOf = (input: number) => ({ input, byteOffset: 0 })
  const wholeOf = (input: number) => {
    const place = inputFields(inputs, input)
    return { ...place, offset: 0, length: inputs[input]?.decodedBytes ?? 0, line: 1, record: 0 }
  }
  return {
    code,
    count: sameAs.size,
    subjects: firstInOrder([...sameAs.keys()], placeOf, maxListed),
    placeOf,
    evidenceOf: (input) => {
      const there = placeInWords(wholeOf(sameAs.get(input) ?? input), wholeOf(input))
      return { code, ...wholeOf(input), message: `the input has the same bytes as the one ${there}; its sessions are duplicates` }
    },
  }
}

/** The last page there of each list whose next page is in no input. */
function openLists({ pages }: ResolvedFacts): number[] {
  const open = [...pages.ofCall, pages.ofCalls].filter((list): list is PageList => isOpen(list))
  return [...open.map(({ lastIndex }) => lastIndex), ...pages.openWrappers]
}

/**
 * The last page of each call whose sets of sessions pages differ. With as many sets as last pages, equal sets hold
 * each class of equal sessions a multiple of that number of times.
 */
function differingCopies(resolved: ResolvedFacts): number[] {
  const { facts, joined, earlier } = resolved
  const { kind } = joined.envelopes.columns
  const sets = setsOfPages(resolved)
  if (!sets.count.some((count) => count > 1)) return []
  const { envelope } = joined.rows.columns
  const classOf = (row: number): number => (facts.status[row] === RowStatus.duplicate ? (earlier[row] ?? row) : row)
  const isInSet = (row: number): boolean =>
    (sets.count[facts.call[row] ?? -1] ?? 0) > 1 && kind[envelope[row] ?? -1] === EnvelopeKind.sessionsPage
  const sizeOfClass = new Uint32Array(facts.rowCount)
  for (let row = 0; row < facts.rowCount; row++) if (isInSet(row)) sizeOfClass[classOf(row)] = (sizeOfClass[classOf(row)] ?? 0) + 1
  const differing = new Set<number>()
  for (let row = 0; row < facts.rowCount; row++) {
    const call = facts.call[row] ?? -1
    if (isInSet(row) && (sizeOfClass[classOf(row)] ?? 0) % (sets.count[call] ?? 1) !== 0) differing.add(call)
  }
  return [...differing].map((call) => sets.lastIndex[call] ?? -1)
}

/** By call: how many sessions pages are a last page, and the last of these. */
function setsOfPages({ facts, joined }: ResolvedFacts): { readonly count: Uint32Array; readonly lastIndex: Int32Array } {
  const { envelopes } = joined
  const count = new Uint32Array(facts.calls.length)
  const lastIndex = new Int32Array(facts.calls.length).fill(-1)
  for (let index = 0; index < envelopes.count; index++) {
    const call = envelopes.columns.call[index] ?? -1
    if (call < 0 || envelopes.columns.kind[index] !== EnvelopeKind.sessionsPage || !isLastPage(envelopes, index)) continue
    count[call] = (count[call] ?? 0) + 1
    lastIndex[call] = index
  }
  return { count, lastIndex }
}

/**
 * Last pages whose declared count is neither that of their own elements nor that of the whole list, be it there in
 * one set of pages or in several equal ones, or with some pages twice.
 */
function miscounted(resolved: ResolvedFacts): number[] {
  const { envelopes } = resolved.joined
  const { declaredCount, elementCount } = envelopes.columns
  const suspects: number[] = []
  for (let index = 0; index < envelopes.count; index++) {
    const declared = declaredCount[index] ?? -1
    if (declared < 0 || declared === elementCount[index] || !isLastPage(envelopes, index)) continue
    const list = pageListOf(resolved, index)
    const wholes = list === undefined ? [] : [list.elementCount, list.elementCount / list.lastPageCount]
    if (!wholes.includes(declared)) suspects.push(index)
  }
  if (suspects.length === 0) return suspects
  const duplicates = duplicatesInPages(resolved)
  return suspects.filter((index) => {
    const list = pageListOf(resolved, index)
    const repeated = duplicates[envelopes.columns.call[index] ?? -1] ?? 0
    return list === undefined || declaredCount[index] !== list.elementCount - repeated
  })
}

function pageListOf({ joined, pages }: ResolvedFacts, index: number): PageList | undefined {
  const { kind, call } = joined.envelopes.columns
  return kind[index] === EnvelopeKind.callsPage ? pages.ofCalls : pages.ofCall[call[index] ?? -1]
}

/** By call: duplicates among the sessions of its pages. */
function duplicatesInPages({ facts }: ResolvedFacts): Uint32Array {
  const counts = new Uint32Array(facts.calls.length)
  for (let row = 0; row < facts.rowCount; row++) {
    const call = facts.call[row] ?? -1
    if (call >= 0 && facts.status[row] === RowStatus.duplicate) counts[call] = (counts[call] ?? 0) + 1
  }
  return counts
}

function mismatchMessage({ joined }: ResolvedFacts, index: number): string {
  const { declaredCount, elementCount } = joined.envelopes.columns
  return `the count is given as ${declaredCount[index]} but ${elementCount[index]} elements are there and no next page is named; export it again`
}
