/** The ids of known calls: compared without regard to case, shown as they were first written. */
import { parseGuid } from "./guid.ts"
import { guidWords, IdTable } from "./id-table.ts"
import type { StringTable } from "./string-table.ts"

/** Numbers for call ids, in the order in which calls were first named. */
export class CallIds {
  readonly #ids = new IdTable()
  readonly #strings: StringTable
  /** By the index of a text in one letter case: the text as first written. GUIDs need none. */
  readonly #asWritten = new Map<number, string>()

  constructor(strings: StringTable) {
    this.#strings = strings
  }

  get count(): number {
    return this.#ids.count
  }

  /** The number of a call id. */
  intern(callId: string): number {
    const guid = parseGuid(callId)
    if (guid !== null) return this.#ids.internGuid(guidWords(guid), 0)
    const key = this.#strings.intern(callId.toLowerCase())
    if (!this.#asWritten.has(key)) this.#asWritten.set(key, callId)
    return this.#ids.internText(key)
  }

  /** The number of a call whose id is the GUID of which four words begin at `at`. */
  internGuid(words: Uint32Array, at: number): number {
    return this.#ids.internGuid(words, at)
  }

  /** As in `IdTable.endInterning`. */
  endInterning(): void {
    this.#ids.endInterning()
  }

  /** The number of the call that bears this GUID, or -1. */
  findGuid(words: Uint32Array, at: number): number {
    return this.#ids.findGuid(words, at)
  }

  /** The number of the call that bears this text in whatever letter case, or -1. */
  findText(text: string): number {
    const key = this.#strings.find(text.toLowerCase())
    return key < 0 ? -1 : this.#ids.findText(key)
  }

  /** The id as shown: a GUID in lower case, any other text as written. */
  show(call: number): string {
    const text = this.#ids.textOf(call)
    return (text < 0 ? undefined : this.#asWritten.get(text)) ?? this.#ids.show(call, this.#strings)
  }
}
