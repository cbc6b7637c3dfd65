/**
 * Every text of the facts, each once, by its index. A JavaScript Map ends at about 16.7 million keys, so texts
 * lie in as many maps as are needed.
 */
const MAX_KEYS = 2 ** 23

/** Texts and their indices, from 0, in the order in which they first came. */
export class StringTable {
  readonly texts: string[] = []
  readonly #maps: Map<string, number>[] = [new Map()]

  /** The index of `text`, new where it was not known. */
  intern(text: string): number {
    const known = this.find(text)
    if (known >= 0) return known
    const index = this.texts.push(text) - 1
    this.#openMap().set(text, index)
    return index
  }

  /** The index of `text`, or -1. */
  find(text: string): number {
    for (const map of this.#maps) {
      const index = map.get(text)
      if (index !== undefined) return index
    }
    return -1
  }

  /** For each of `texts` its index here. */
  internAll(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.intern(text))
  }

  #openMap(): Map<string, number> {
    const last = this.#maps[this.#maps.length - 1]
    if (last !== undefined && last.size < MAX_KEYS) return last
    const next = new Map<string, number>()
    this.#maps.push(next)
    return next
  }
}
