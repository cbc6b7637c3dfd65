/**
 * Which pages make up a call, and whether its last one is there. A page is a sessions page that names the call, or
 * a callRecord with its list of sessions or with the link to it; what is superseded is no page.
 */
import { EnvelopeFlag, EnvelopeKind } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"
import type { Versions } from "./versions.ts"

/** What is known of the pages of lists, each by its number. */
export class PageLists {
  /** Pages that name no next page. */
  readonly lastPageCount: Uint32Array
  /** Elements of all its pages. */
  readonly elementCount: Float64Array
  /** Table index of its last page in input order; -1 where it has none. */
  readonly lastIndex: Int32Array
  /** Gathered when it is asked for; then no page is added any more. */
  #open: readonly number[] | null = null

  constructor(count: number) {
    this.lastPageCount = new Uint32Array(count)
    this.elementCount = new Float64Array(count)
    this.lastIndex = new Int32Array(count).fill(-1)
  }

  add(list: number, envelopes: EnvelopeTable, index: number): void {
    if (isLastPage(envelopes, index)) this.lastPageCount[list] = (this.lastPageCount[list] ?? 0) + 1
    this.elementCount[list] = (this.elementCount[list] ?? 0) + (envelopes.columns.elementCount[index] ?? 0)
    this.lastIndex[list] = index
  }

  /** Whether pages of a list are there, but none that ends it. */
  isOpen(list: number): boolean {
    return (this.lastIndex[list] ?? -1) >= 0 && this.lastPageCount[list] === 0
  }

  /** The numbers of the lists that are open. */
  open(): readonly number[] {
    return (this.#open ??= openOf(this))
  }
}

function openOf({ lastIndex, lastPageCount }: PageLists): number[] {
  const open: number[] = []
  for (let list = lastPageCount.indexOf(0); list >= 0; list = lastPageCount.indexOf(0, list + 1)) {
    if ((lastIndex[list] ?? -1) >= 0) open.push(list)
  }
  return open
}

/** The pages of everything. */
export interface Pages {
  /** By call. */
  readonly ofCall: PageLists
  /** All lists of callRecords are one list in pages, the only one here. */
  readonly ofCalls: PageLists
  /** Lists of nothing known that name a next page: nothing can be joined to them. */
  readonly openWrappers: readonly number[]
}

/** Sorts the envelopes into lists. */
export function collectPages(envelopes: EnvelopeTable, { isSuperseded }: Versions): Pages {
  const { kind, flags, call } = envelopes.columns
  const ofCall = new PageLists(envelopes.calls.count)
  const ofCalls = new PageLists(1)
  const openWrappers: number[] = []
  for (let index = 0; index < envelopes.count; index++) {
    const number = call[index] ?? -1
    if (kind[index] === EnvelopeKind.callsPage) ofCalls.add(0, envelopes, index)
    else if (number >= 0 && isPageOfCall(envelopes, index)) {
      if (isSuperseded[index] !== 1) ofCall.add(number, envelopes, index)
    } else if (((flags[index] ?? 0) & EnvelopeFlag.hasNextLink) !== 0) openWrappers.push(index)
  }
  return { ofCall, ofCalls, openWrappers }
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
