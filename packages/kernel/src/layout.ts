/** Gives out regions one after the other, each at a multiple of 64. */
export class Layout {
  #next: number

  constructor(from: number) {
    this.#next = Math.ceil(from / 64) * 64
  }

  take(bytes: number): number {
    const at = this.#next
    this.#next = Math.ceil((at + bytes) / 64) * 64
    return at
  }
}
