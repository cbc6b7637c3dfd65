/** A known call by its number: what it says is looked up in the columns when it is asked for, so that a call costs few bytes. */
import { EnvelopeFlag } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"
import type { Call } from "./facts.ts"
import { isOpen, type Pages } from "./pages.ts"
import type { Texts } from "./string-table.ts"
import type { Versions } from "./versions.ts"

/** What calls are looked up in. */
export interface CallSources {
  readonly envelopes: EnvelopeTable
  readonly strings: Texts
  readonly versions: Versions
  readonly pages: Pages
}

/** One call. */
export class KnownCall implements Call {
  readonly #sources: CallSources
  readonly #call: number

  constructor(sources: CallSources, call: number) {
    this.#sources = sources
    this.#call = call
  }

  get id(): string {
    return this.#sources.envelopes.calls.show(this.#call)
  }

  get version(): string | null {
    return this.#sources.envelopes.version(this.#taken)?.toString() ?? null
  }

  get type(): string | null {
    const { envelopes, strings } = this.#sources
    return strings.get(envelopes.columns.type[this.#taken] ?? -1) ?? null
  }

  get startTicks(): bigint | null {
    return this.#ticks("startTicks", EnvelopeFlag.hasStart)
  }

  get endTicks(): bigint | null {
    return this.#ticks("endTicks", EnvelopeFlag.hasEnd)
  }

  get lastModifiedTicks(): bigint | null {
    return this.#ticks("lastModifiedTicks", EnvelopeFlag.hasLastModified)
  }

  get isOpen(): boolean {
    return isOpen(this.#sources.pages.ofCall[this.#call])
  }

  /** Table index of the callRecord that is taken for it, or -1. */
  get #taken(): number {
    return this.#sources.versions.taken[this.#call] ?? -1
  }

  #ticks(name: "startTicks" | "endTicks" | "lastModifiedTicks", flag: number): bigint | null {
    const { columns } = this.#sources.envelopes
    const isKnown = ((columns.flags[this.#taken] ?? 0) & flag) !== 0
    return isKnown ? (columns[name][this.#taken] ?? null) : null
  }
}
