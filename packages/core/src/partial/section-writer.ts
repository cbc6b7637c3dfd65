/** Writes a container section by section, to whoever takes bytes. Nothing is kept. */
import type { XXHashAPI } from "xxhash-wasm"
import { fileHeader, sectionBytes, type SectionKind } from "./container.ts"

/** Takes the bytes of a container, in order. */
export type Sink = (bytes: Uint8Array) => void

/** A container that is being written. */
export class SectionWriter {
  readonly #hash: XXHashAPI
  readonly #sink: Sink
  #sectionCount = 0

  constructor(hash: XXHashAPI, sink: Sink) {
    this.#hash = hash
    this.#sink = sink
    sink(fileHeader())
  }

  /** Adds a section. */
  add(kind: SectionKind, payload: Uint8Array): void {
    for (const bytes of sectionBytes(this.#hash, kind, payload, this.#sectionCount)) this.#sink(bytes)
    this.#sectionCount += 1
  }

  /** Adds a section of JSON. */
  addJson(kind: SectionKind, value: unknown): void {
    this.add(kind, Buffer.from(JSON.stringify(value)))
  }

  /** Adds the last section. Nothing may follow it. */
  end(): void {
    this.add("LAST", new Uint8Array(0))
  }
}
