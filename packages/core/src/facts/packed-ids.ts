/** Ids that no other is added to, by number: a GUID takes 20 bytes, the index of a text 4. */
import { IdForm } from "../worker/protocol.ts"
import { GUID_BYTES } from "./guid.ts"

/** Ids by number: their forms, and 16 bytes of each, of a text its index and zeros. */
export interface NumberedIds {
  readonly count: number
  /** Bytes of memory. */
  readonly byteLength: number
  readonly formOf: (number: number) => number
  /** Valid until the next call. */
  readonly bytesOf: (number: number) => Uint8Array
}

/** A copy of ids in as few bytes as they need. */
export class PackedIds implements NumberedIds {
  readonly count: number
  /** By number: the index of a GUID, or -1 less the index of a text. */
  readonly #kinds: Int32Array
  readonly #guids: Uint8Array
  readonly #text = new Uint8Array(GUID_BYTES)
  readonly #textView = new DataView(this.#text.buffer)

  constructor(ids: NumberedIds) {
    this.count = ids.count
    this.#kinds = new Int32Array(ids.count)
    let guidCount = 0
    for (let number = 0; number < ids.count; number++) if (ids.formOf(number) === IdForm.guid) guidCount += 1
    this.#guids = new Uint8Array(GUID_BYTES * guidCount)
    let guid = 0
    for (let number = 0; number < ids.count; number++) {
      const bytes = ids.bytesOf(number)
      if (ids.formOf(number) === IdForm.text) {
        this.#text.set(bytes)
        this.#kinds[number] = -1 - this.#textView.getInt32(0, true)
      } else {
        this.#guids.set(bytes, GUID_BYTES * guid)
        this.#kinds[number] = guid++
      }
    }
  }

  get byteLength(): number {
    return this.#kinds.byteLength + this.#guids.byteLength
  }

  formOf(number: number): number {
    return (this.#kinds[number] ?? 0) < 0 ? IdForm.text : IdForm.guid
  }

  bytesOf(number: number): Uint8Array {
    const kind = this.#kinds[number] ?? 0
    if (kind >= 0) return this.#guids.subarray(GUID_BYTES * kind, GUID_BYTES * (kind + 1))
    this.#textView.setInt32(0, -1 - kind, true)
    return this.#text
  }
}
