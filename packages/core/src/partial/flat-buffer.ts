/**
 * Reads FlatBuffers, in which Apache Arrow writes what its messages hold: tables of numbered fields that lie at offsets
 * relative to where they are named. Whatever leads out of the bytes throws a `RangeError`.
 */

/** A table; its fields are known by their number in the schema. */
export class FlatTable {
  readonly #view: DataView
  readonly #at: number
  readonly #fields: number
  readonly #fieldBytes: number

  private constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
    this.#fields = at - view.getInt32(at, true)
    this.#fieldBytes = view.getUint16(this.#fields, true)
  }

  /** The table that a message is. */
  static root(view: DataView): FlatTable {
    return new FlatTable(view, view.getUint32(0, true))
  }

  /** A whole number of 1, 2, 4 or 8 bytes; `otherwise` where it is not written. */
  number(field: number, byteCount: 1 | 2 | 4 | 8, otherwise: number): number {
    const at = this.#placeOf(field)
    return at === null ? otherwise : readNumber(this.#view, at, byteCount)
  }

  table(field: number): FlatTable | null {
    const at = this.#placeOf(field)
    return at === null ? null : new FlatTable(this.#view, this.#target(at))
  }

  text(field: number): string | null {
    const place = this.#placeOf(field)
    if (place === null) return null
    const { at, length } = this.#list(place)
    return Buffer.from(this.#view.buffer, this.#view.byteOffset + at, length).toString()
  }

  /** A list of tables; empty where it is not written. */
  tables(field: number): FlatTable[] {
    const place = this.#placeOf(field)
    if (place === null) return []
    const { at, length } = this.#list(place)
    return Array.from({ length }, (_, index) => new FlatTable(this.#view, this.#target(at + 4 * index)))
  }

  /** A list of structs of two numbers of 8 bytes each; empty where it is not written. */
  pairs(field: number): (readonly [number, number])[] {
    const place = this.#placeOf(field)
    if (place === null) return []
    const { at, length } = this.#list(place)
    return Array.from({ length }, (_, index) => {
      const pair = at + 16 * index
      return [readNumber(this.#view, pair, 8), readNumber(this.#view, pair + 8, 8)] as const
    })
  }

  #placeOf(field: number): number | null {
    const entry = 4 + 2 * field
    const offset = entry < this.#fieldBytes ? this.#view.getUint16(this.#fields + entry, true) : 0
    return offset === 0 ? null : this.#at + offset
  }

  #target(at: number): number {
    return at + this.#view.getUint32(at, true)
  }

  #list(place: number): { readonly at: number; readonly length: number } {
    const target = this.#target(place)
    const length = this.#view.getUint32(target, true)
    if (length > this.#view.byteLength) throw new RangeError("a list is longer than the bytes it lies in")
    return { at: target + 4, length }
  }
}

function readNumber(view: DataView, at: number, byteCount: 1 | 2 | 4 | 8): number {
  if (byteCount === 8) return Number(view.getBigInt64(at, true))
  if (byteCount === 4) return view.getInt32(at, true)
  return byteCount === 2 ? view.getInt16(at, true) : view.getUint8(at)
}
