/**
 * Which pages make up a call, and whether its last one is there. A page is a sessions page that names the call, or
 * a callRecord with its list of sessions or with the link to it; what is superseded is no page.
 */
import { EnvelopeFlag, EnvelopeKind } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"
import type { Versions } from "./versions.ts"

/** What is known of the pages of one list. */
export interface PageList {
  pageCount: number
  /** Pages that name no next page. */
  lastPageCount: number
  /** Elements of all its pages. */
  elementCount: number
  /** Table index of its last page in input order. */
  lastIndex: number
}

/** The pages of everything. */
export interface Pages {
  /** By call; undefined where a call has no page. */
  readonly ofCall: readonly (PageList | undefined)[]
  /** All lists of callRecords, which are one list in pages; undefined where there is none. */
  readonly ofCalls: PageList | undefined
  /** Lists of nothing known that name a next page: nothing can be joined to them. */
  readonly openWrappers: readonly number[]
}

/** Sorts the envelopes into lists. */
export function collectPages(envelopes: EnvelopeTable, { isSuperseded }: Versions): Pages {
  const { kind, flags, call } = envelopes.columns
  const ofCall: (PageList | undefined)[] = Array.from({ length: envelopes.calls.count })
  let ofCalls: PageList | undefined
  const openWrappers: number[] = []
  for (let index = 0; index < envelopes.count; index++) {
    const number = call[index] ?? -1
    if (kind[index] === EnvelopeKind.callsPage) ofCalls = withPage(ofCalls, envelopes, index)
    else if (number >= 0 && isPageOfCall(envelopes, index)) {
      if (isSuperseded[index] !== 1) ofCall[number] = withPage(ofCall[number], envelopes, index)
    } else if (((flags[index] ?? 0) & EnvelopeFlag.hasNextLink) !== 0) openWrappers.push(index)
  }
  return { ofCall, ofCalls, openWrappers }
}

/** Whether pages of a list are there, but none that ends it. */
export function isOpen(list: PageList | undefined): boolean {
  return list !== undefined && list.lastPageCount === 0
}

/** A page that names no next one. */
export function isLastPage({ columns }: EnvelopeTable, index: number): boolean {
  return ((columns.flags[index] ?? 0) & EnvelopeFlag.hasNextLink) === 0
}

function isPageOfCall({ columns }: EnvelopeTable, index: number): boolean {
  if (columns.kind[index] === EnvelopeKind.sessionsPage) return true
  const isList = ((columns.flags[index] ?? 0) & (EnvelopeFlag.hasList | EnvelopeFlag.hasNextLink)) !== 0
  return columns.kind[index] === EnvelopeKind.callRecord && isList
}

function withPage(list: PageList | undefined, envelopes: EnvelopeTable, index: number): PageList {
  const sum = list ?? { pageCount: 0, lastPageCount: 0, elementCount: 0, lastIndex: index }
  sum.pageCount += 1
  sum.lastPageCount += isLastPage(envelopes, index) ? 1 : 0
  sum.elementCount += envelopes.columns.elementCount[index] ?? 0
  sum.lastIndex = index
  return sum
}
