/** The lists that are open around the cursor, the outermost first, and what may come next in the innermost. */
import { Expect } from "./block.ts"
import { ByteClass, CLOSE_OBJECT, COMMA } from "./byte-class.ts"
import { roleInList, type Envelope, type List } from "./envelope.ts"
import type { StructureFault } from "./structure-fault.ts"

/** How deep pages, batches and callRecords may lie in each other; what lies deeper is one record. */
const MAX_NESTED_LISTS = 8

export class OpenLists {
  readonly #lists: List[] = []
  #expect: Expect = Expect.elementOrEnd

  get innermost(): List | undefined {
    return this.#lists.at(-1)
  }

  get expect(): Expect {
    return this.#expect
  }

  /** Whether no further list may be opened. */
  get isFull(): boolean {
    return this.#lists.length >= MAX_NESTED_LISTS
  }

  /** Whether the list of a callRecord may be opened, and in it that of a wrapper. */
  get hasRoomForCall(): boolean {
    return this.#lists.length + 2 <= MAX_NESTED_LISTS
  }

  /** The envelopes whose lists are open. */
  get envelopes(): Envelope[] {
    return this.#lists.flatMap(({ envelope }) => envelope ?? [])
  }

  /** Opens an array that is a whole value of the input's sequence, or goes on in it. */
  openArray(expect: Expect = Expect.elementOrEnd): void {
    this.#open({ envelope: null, role: "item", isSingle: false, depth: 0, elementCount: 0 })
    this.#expect = expect
  }

  /** Opens the list of an envelope; `outerDepth` brackets are open around the envelope, in the record. */
  openListOf(envelope: Envelope, isSingle: boolean, outerDepth: number): void {
    const role = roleInList(envelope)
    const depth = role === "session" ? outerDepth + (isSingle ? 1 : 2) : 0
    this.#open({ envelope, role, isSingle, depth, elementCount: 0 })
  }

  #open(list: List): void {
    this.#lists.push(list)
    this.#expect = Expect.elementOrEnd
  }

  /** Closes the innermost list, if there is one. Its envelope knows its elements from here on. */
  close(): List | undefined {
    const list = this.#lists.pop()
    if (list !== undefined && list.envelope !== null) list.envelope.elementCount = list.elementCount
    this.#expect = Expect.commaOrEnd
    return list
  }

  /** Forgets them, with a line that is rejected. */
  clear(): void {
    this.#lists.length = 0
  }

  /** What is wrong with a byte between the elements of the innermost list, or null. */
  faultOf(byte: number, byteClass: number): StructureFault | null {
    if (byte === COMMA) return this.#expect === Expect.commaOrEnd ? null : "misplacedComma"
    if (byte === CLOSE_OBJECT) return "wrongListEnd"
    if (byteClass === ByteClass.close) return this.#expect === Expect.element ? "trailingComma" : null
    return this.#expect === Expect.commaOrEnd ? "missingComma" : null
  }

  passComma(): void {
    this.#expect = Expect.element
  }

  /** Counts an element that begins. */
  beginElement(): void {
    const list = this.innermost
    if (list !== undefined) list.elementCount += 1
  }

  /** Counts elements that were passed. */
  passElements(count: number): void {
    const list = this.innermost
    if (list !== undefined) list.elementCount += count
    this.#expect = Expect.commaOrEnd
  }

  endElement(): void {
    this.#expect = Expect.commaOrEnd
  }
}
