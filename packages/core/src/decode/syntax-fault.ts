/**
 * A text that `JSON.parse` refuses → the first character that no JSON text (RFC 8259) could have there. Parsers say it
 * by messages that quote the input, or only once they have read on, so the grammar is followed here. It needs no
 * recursion: what is looked at may be nested deeper than any record.
 */
import { pointerOf } from "../model/pointer.ts"

/** Where a text stops being JSON. */
export interface SyntaxFault {
  /** Index of the first character that does not fit, in UTF-16 units; the length where the text ends too early. */
  readonly characterIndex: number
  /** JSON Pointer of the innermost value that was begun or due there. */
  readonly pointer: string
}

/** The place of the syntax error in a text. */
export function findSyntaxFault(text: string): SyntaxFault {
  const scan = new SyntaxScan(text)
  scan.run()
  return { characterIndex: scan.at, pointer: scan.pointer() }
}

/** What may come next. */
type Due = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end" | "nothing"

/** An object or list that is open. */
interface Open {
  readonly isList: boolean
  /** Key or index of the member that was begun; null between the members of an object. */
  part: string | number | null
}

const BLANKS = " \t\n\r"
const ESCAPED = '"\\/bfnrt'
const LITERALS = ["true", "false", "null"]
/** As much as may begin a number, and all of one that is whole. */
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.(?:\d+(?:[eE](?:[+-]?\d*))?)?|[eE](?:[+-]?\d*))?)?/y

class SyntaxScan {
  readonly #text: string
  readonly #open: Open[] = []
  #due: Due = "value"
  /** Index of the next character. */
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Goes on to the first character that does not fit. */
  run(): void {
    do this.#skipBlanks()
    while (this.at < this.#text.length && this.#takeToken(this.#text.charAt(this.at)))
  }

  pointer(): string {
    return pointerOf(this.#open.flatMap(({ part }) => (part === null ? [] : [part])))
  }

  #skipBlanks(): void {
    while (this.at < this.#text.length && BLANKS.includes(this.#text.charAt(this.at))) this.at += 1
  }

  /** False where the token cannot stand there. */
  #takeToken(first: string): boolean {
    switch (this.#due) {
      case "value or ]":
        return first === "]" ? this.#close() : this.#takeValue(first)
      case "value":
        return this.#takeValue(first)
      case "key or }":
        return first === "}" ? this.#close() : this.#takeKey(first)
      case "key":
        return this.#takeKey(first)
      case ":":
        return first === ":" && this.#goOn("value")
      case ", or end":
        return this.#takeSeparator(first)
      case "nothing":
        return false
    }
  }

  #takeValue(first: string): boolean {
    if (first === "{") return this.#begin({ isList: false, part: null }, "key or }")
    if (first === "[") return this.#begin({ isList: true, part: 0 }, "value or ]")
    return this.#takePlain(first) && this.#endValue()
  }

  #begin(opened: Open, due: Due): boolean {
    this.#open.push(opened)
    return this.#goOn(due)
  }

  #takeKey(first: string): boolean {
    const begin = this.at
    if (first !== '"' || !this.#takeString()) return false
    const object = this.#open.at(-1)
    if (object !== undefined) object.part = JSON.parse(this.#text.slice(begin, this.at)) as string
    this.#due = ":"
    return true
  }

  #takeSeparator(first: string): boolean {
    const container = this.#open.at(-1)
    if (container === undefined) return false
    if (first === (container.isList ? "]" : "}")) return this.#close()
    if (first !== ",") return false
    container.part = typeof container.part === "number" ? container.part + 1 : null
    return this.#goOn(container.isList ? "value" : "key")
  }

  #close(): boolean {
    this.at += 1
    this.#open.pop()
    return this.#endValue()
  }

  #endValue(): boolean {
    this.#due = this.#open.length > 0 ? ", or end" : "nothing"
    return true
  }

  #goOn(due: Due): boolean {
    this.at += 1
    this.#due = due
    return true
  }

  /** A text, a number, a literal. Where it does not fit, `at` is where it stops fitting. */
  #takePlain(first: string): boolean {
    if (first === '"') return this.#takeString()
    const literal = LITERALS.find((each) => each.startsWith(first))
    return literal === undefined ? this.#takeNumber() : this.#takeLiteral(literal)
  }

  #takeLiteral(literal: string): boolean {
    let length = 1
    while (length < literal.length && this.#text.charAt(this.at + length) === literal.charAt(length)) length += 1
    this.at += length
    return length === literal.length
  }

  #takeNumber(): boolean {
    NUMBER.lastIndex = this.at
    const digits = NUMBER.exec(this.#text)?.[0] ?? ""
    this.at += digits.length
    return /\d$/.test(digits)
  }

  #takeString(): boolean {
    for (this.at += 1; this.at < this.#text.length; this.at += 1) {
      const character = this.#text.charAt(this.at)
      if (character === '"') {
        this.at += 1
        return true
      }
      if (character < " " || (character === "\\" && !this.#takeEscape())) return false
    }
    return false
  }

  /** From the backslash to the last character of the escape. */
  #takeEscape(): boolean {
    this.at += 1
    const character = this.#text.charAt(this.at)
    if (character !== "u") return character !== "" && ESCAPED.includes(character)
    for (let digit = 0; digit < 4; digit++) {
      this.at += 1
      if (!/^[\da-f]$/i.test(this.#text.charAt(this.at))) return false
    }
    return true
  }
}
