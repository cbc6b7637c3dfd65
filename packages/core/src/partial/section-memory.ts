/** Memory that sections are read into, one of each kind: fresh memory has to be cleared by the system, and is given back late. */
import type { SectionKind } from "./container.ts"

export class SectionMemory {
  readonly #byKind = new Map<SectionKind, Buffer>()

  /** Memory for a section; what was in it of the last of its kind is gone. */
  take(kind: SectionKind, byteCount: number): Buffer {
    let memory = this.#byKind.get(kind)
    if (memory === undefined || memory.length < byteCount) {
      memory = Buffer.allocUnsafeSlow(byteCount)
      this.#byKind.set(kind, memory)
    }
    return memory.subarray(0, byteCount)
  }
}
