/** Objects whose list is framed by elements, and these lists. */
import { ListKey, type Layout } from "./block.ts"
import type { SpanDigest } from "./span-digest.ts"

/** What the elements of a list are. */
export type ElementRole = "item" | "session" | "response"

/** An object whose list is being framed, or was. */
export interface Envelope {
  /** What lies in it names it by: its first byte; of a wrapper, that of the envelope around it. */
  readonly id: number
  /** The wrapper that Windows PowerShell 5.1 puts around a list of sessions is no envelope of its own: nothing is said of it. */
  readonly isWrapper: boolean
  readonly parent: number
  readonly record: number
  readonly listKey: ListKey
  readonly byteOffset: number
  readonly line: number
  /** A bracket before the list was too deep. */
  readonly isTooDeep: boolean
  /** Colons before the list. */
  readonly memberCount: number
  readonly skeleton: Skeleton
  /** How many elements its list has; known when the list is closed. */
  elementCount: number
  /** Set once bytes of it were let go in a line that may still be rejected. */
  digest: SpanDigest | null
}

/** A list whose elements are framed. */
export interface List {
  /** Null for an array that is a whole value of the input's sequence. */
  readonly envelope: Envelope | null
  readonly role: ElementRole
  /** A lone object in place of a list: it ends with its one element. */
  readonly isSingle: boolean
  /** Brackets that are open around its elements, in the record. */
  readonly depth: number
  /** How many of its elements began. */
  elementCount: number
}

/**
 * The text of an envelope without the elements of its list, copied piece by piece as it passes. A lone object in
 * place of the list is left out with its brackets, and `[]` stands for it.
 */
export class Skeleton {
  #pieces: Uint8Array[] = []
  #byteLength = 0
  /** Where the elements were taken out. */
  readonly holeAt: number
  readonly #maxBytes: number

  /** `head` is what stands before the elements. */
  constructor(head: Uint8Array, isSingle: boolean, maxBytes: number) {
    this.#maxBytes = maxBytes
    this.add(head)
    this.holeAt = head.length
    if (isSingle) this.add(EMPTY_LIST)
  }

  /** Adds a copy of the piece. */
  add(piece: Uint8Array): void {
    this.#byteLength += piece.length
    if (this.isTooLarge) this.#pieces = []
    else this.#pieces.push(new Uint8Array(piece))
  }

  get pieces(): readonly Uint8Array[] {
    return this.#pieces
  }

  get byteLength(): number {
    return this.#byteLength
  }

  /** Whether it is larger than the limit, and was dropped. */
  get isTooLarge(): boolean {
    return this.#byteLength > this.#maxBytes
  }
}

const EMPTY_LIST = Uint8Array.of(0x5b, 0x5d)

/** Which keys open a list depends on what the object is an element of. */
export function opensList(key: ListKey, role: ElementRole): boolean {
  if (role === "session") return key === ListKey.value
  return key !== ListKey.body || role === "response"
}

/** What the elements of an envelope's list are. */
export function roleInList({ listKey, isWrapper }: Envelope): ElementRole {
  if (isWrapper || listKey === ListKey.sessions) return "session"
  return listKey === ListKey.responses ? "response" : "item"
}

/** What an input is whose first value is such an envelope. */
export function layoutOf(listKey: ListKey): Layout {
  if (listKey === ListKey.responses) return "batch"
  return listKey === ListKey.sessions ? "single" : "odata-page"
}
