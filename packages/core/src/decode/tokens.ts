/**
 * What needs a tokenizer: the properties of a value that is cut off or damaged, and keys that an object repeats.
 * stream-json gives tokens; it is slow, so only records that are odd come here.
 */
import { jsonParser } from "stream-json/core/parser.js"
import { isControlInformation, type KnownProperties } from "../model/known-properties.ts"
import { pointerOf } from "../model/pointer.ts"
import { findSyntaxFault } from "./syntax-fault.ts"

/** The plain properties of the outermost object that stand whole in a text that is cut off or damaged. */
export function completeProperties(text: string): Readonly<Record<string, unknown>> {
  const walker = new Walker()
  if (!walker.push(text)) {
    const end = findSyntaxFault(text).characterIndex
    return end < text.length ? completeProperties(text.slice(0, end)) : walker.plainProperties
  }
  return walker.plainProperties
}

/** A key that an object of the model repeats. */
export interface RepeatedKey {
  readonly pointer: string
  readonly count: number
}

/** The first property that the model knows, or control information, that stands twice in one object of the model; null: none. */
export function findRepeatedKey(text: string, node: KnownProperties): RepeatedKey | null {
  const walker = new Walker(node)
  // A number at the very end is only known to be over by what follows it.
  walker.push(`${text} `)
  const [pointer] = walker.repeated
  return pointer === undefined ? null : { pointer, count: walker.repeated.length }
}

/** An object or list that is open. */
interface Frame {
  /** Keys so far; null for a list. */
  readonly keys: Set<string> | null
  readonly node: KnownProperties | null
  key: string
  index: number
}

/** Follows the tokens of one value. */
class Walker {
  readonly repeated: string[] = []
  /** Texts, numbers, literals that are properties of the outermost object. */
  readonly plainProperties: Record<string, unknown> = {}
  readonly #push = jsonParser({ packValues: true, streamValues: false })
  readonly #root: KnownProperties | null
  readonly #frames: Frame[] = []

  constructor(root: KnownProperties | null = null) {
    this.#root = root
  }

  /** False where the text so far is no beginning of a JSON value. */
  push(text: string): boolean {
    try {
      this.#take(this.#push(text))
      return true
    } catch {
      // The parser says by throwing that the text is not JSON; there is nothing else that it throws for.
      return false
    }
  }

  pointer(): string {
    return pointerOf(
      this.#frames.map((frame) => (frame.keys === null ? frame.index : frame.key)).filter((part) => part !== ""),
    )
  }

  #take(output: unknown): void {
    for (const token of tokensOf(output)) this.#follow(token)
  }

  #follow({ name, value }: Token): void {
    if (name === "keyValue") return this.#meetKey(String(value))
    if (name === "endObject" || name === "endArray") {
      this.#frames.pop()
      return
    }
    const parent = this.#frames.at(-1)
    if (parent !== undefined && parent.keys === null) parent.index += 1
    if (this.#frames.length === 1 && parent !== undefined && parent.keys !== null && value !== undefined) {
      const plain = name === "numberValue" ? Number(value) : value
      Object.defineProperty(this.plainProperties, parent.key, {
        value: plain,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    if (name === "startObject")
      this.#frames.push({ keys: new Set(), node: this.#childNode(parent), key: "", index: -1 })
    if (name === "startArray") this.#frames.push({ keys: null, node: this.#childNode(parent), key: "", index: -1 })
  }

  #childNode(parent: Frame | undefined): KnownProperties | null {
    if (parent === undefined) return this.#root
    return parent.keys === null ? parent.node : (parent.node?.properties.get(parent.key) ?? null)
  }

  #meetKey(key: string): void {
    const frame = this.#frames.at(-1)
    if (frame === undefined || frame.keys === null) return
    frame.key = key
    const isKnown = frame.node !== null && (frame.node.properties.has(key) || isControlInformation(key))
    if (isKnown && frame.keys.has(key)) this.repeated.push(this.pointer())
    frame.keys.add(key)
  }
}

interface Token {
  readonly name: string
  readonly value?: unknown
}

/** stream-chain wraps several values of one call. */
function tokensOf(output: unknown): readonly Token[] {
  if (output === null || typeof output !== "object") return []
  const { values } = output as { values?: readonly Token[] }
  if (values !== undefined) return values
  return Array.isArray(output) ? output : [output as Token]
}
