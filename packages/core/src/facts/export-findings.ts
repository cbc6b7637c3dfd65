/** Findings about inputs as a whole, and about what their pages say of themselves. */
import { listEnvelopes } from "./call-findings.ts"
import { EnvelopeKind } from "../worker/protocol.ts"
import { inputFields, type RowPlace } from "./evidence.ts"
import { RowStatus } from "./facts.ts"
import type { FindingList } from "./finding-list.ts"
import { isLastPage } from "./pages.ts"
import { inputInWords } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** Pages that count wrong, and inputs that are there twice. */
export function findInExports(resolved: ResolvedFacts): FindingList[] {
  return [
    listEnvelopes(resolved, "export/count-mismatch", miscounted(resolved), (index) => mismatchMessage(resolved, index)),
    findSameBytes(resolved),
  ]
}

/** Inputs with the bytes of an earlier one. */
function findSameBytes(resolved: ResolvedFacts): FindingList {
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
  const wholeOf = (input: number): RowPlace => {
    const place = inputFields(inputs, input)
    return { ...place, offset: 0, length: inputs[input]?.decodedBytes ?? 0, line: 1, record: 0 }
  }
  return {
    code,
    count: sameAs.size,
    first: (maxCount) => [...sameAs.keys()].slice(0, maxCount),
    placeOf: (input) => ({ input, byteOffset: 0 }),
    evidenceOf: (input) => {
      const there = inputInWords(inputFields(inputs, sameAs.get(input) ?? -1))
      return {
        code,
        ...wholeOf(input),
        message: `the input has the same bytes as ${there}; its sessions are duplicates`,
      }
    },
  }
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
    const { elements, lastPages } = listOf(resolved, index)
    if (declared !== elements && declared !== elements / lastPages) suspects.push(index)
  }
  if (suspects.length === 0) return suspects
  const duplicates = duplicatesInPages(resolved)
  return suspects.filter((index) => {
    const repeated = duplicates[envelopes.columns.call[index] ?? -1] ?? 0
    return declaredCount[index] !== listOf(resolved, index).elements - repeated
  })
}

/** What there is of the list that a page is of; not a number where it is of none. */
function listOf({ joined, pages }: ResolvedFacts, index: number): { elements: number; lastPages: number } {
  const { kind, call } = joined.envelopes.columns
  const isOfCalls = kind[index] === EnvelopeKind.callsPage
  const { elementCount, lastPageCount, lastIndex } = isOfCalls ? pages.ofCalls : pages.ofCall
  const list = isOfCalls ? 0 : (call[index] ?? -1)
  if ((lastIndex[list] ?? -1) < 0) return { elements: Number.NaN, lastPages: Number.NaN }
  return { elements: elementCount[list] ?? 0, lastPages: lastPageCount[list] ?? 0 }
}

/** By call: duplicates among the sessions of its pages. */
function duplicatesInPages({ facts }: ResolvedFacts): Uint32Array {
  const counts = new Uint32Array(facts.calls.count)
  for (const { call, status, rowCount } of facts.batches()) {
    for (let at = 0; at < rowCount; at++) {
      const number = call[at] ?? -1
      if (number >= 0 && status[at] === RowStatus.duplicate) counts[number] = (counts[number] ?? 0) + 1
    }
  }
  return counts
}

function mismatchMessage({ joined }: ResolvedFacts, index: number): string {
  const { declaredCount, elementCount } = joined.envelopes.columns
  return `the count is given as ${declaredCount[index]} but ${elementCount[index]} elements are there and no next page is named; export it again`
}
