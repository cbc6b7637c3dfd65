/**
 * The loop over the bytes of one element: strings, brackets, keys and depth, and nothing of what they mean. It is
 * entered at the cursor and left at the cursor, where the chunk, the element or the sense of its structure ends, or
 * where a list begins whose elements are framed.
 */
import { BACKSLASH, ByteClass, CLASS, COLON, COMMA, LF, OPEN_OBJECT, QUOTE } from "./byte-class.ts"
import type { FramingLimits, ListKey } from "./block.ts"
import type { Cursor } from "./cursor.ts"
import { opensList } from "./envelope.ts"
import { listKeyOf } from "./list-key.ts"
import type { OpenElement } from "./open-element.ts"
import type { StructureFault } from "./structure-fault.ts"

/**
 * Why scanning stopped. `more`: it goes on with the next chunk. `ended`: the element ends before the cursor, see
 * `endOf`. `lineEnd`: a line of NDJSON ends within it. A fault: in the byte at the cursor. A `ListKey`: the bracket at
 * the cursor begins that list.
 */
export type ScanOutcome = "more" | "ended" | "lineEnd" | StructureFault | ListKey

/** In an element outside strings; in a string that did not end at once; in a number or literal, or what stands in its place. */
type Mode = "structure" | "string" | "scalar"

export class ElementScanner {
  readonly #cursor: Cursor
  readonly #limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">
  readonly #isLines: boolean

  #mode: Mode = "structure"
  /** Brackets that are open in the element. */
  #depth = 0
  /** The open brackets by depth, from 1; unused from the first that is too deep on. */
  readonly #brackets: Uint8Array
  /** The last string at depth 1 that may be a key, quotes included, by offsets; -1 behind a comma. */
  #keyStart = -1
  #keyEnd = -1
  /** The key's colon has passed: strings are values until the next comma. */
  #isBehindColon = false
  /** In a string: the next byte is escaped. */
  #isEscaped = false

  constructor(cursor: Cursor, limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">, isLines: boolean) {
    this.#cursor = cursor
    this.#limits = limits
    this.#isLines = isLines
    this.#brackets = new Uint8Array(limits.maxDepth + 2)
  }

  /** Begins an element whose first byte, at the cursor, is `byte`. */
  begin(byte: number): void {
    this.#enter(0)
    if (byte === QUOTE) {
      this.#enterString()
      this.#cursor.byteOffset += 1
    } else if (CLASS[byte] !== ByteClass.open) this.#mode = "scalar"
  }

  /** Begins the rest of an object, which goes on at the cursor behind one of its values. */
  resume(): void {
    this.#enter(1)
    this.#brackets[1] = OPEN_OBJECT
  }

  #enter(depth: number): void {
    this.#mode = "structure"
    this.#depth = depth
    this.#keyStart = -1
    this.#isBehindColon = false
  }

  #enterString(): void {
    this.#mode = "string"
    this.#isEscaped = false
  }

  /** Scans the element that was begun last, up to `end` or to what stops it. */
  scan(element: OpenElement, end: number): ScanOutcome {
    let outcome: ScanOutcome = "more"
    while (outcome === "more" && this.#cursor.byteOffset < end) {
      if (this.#mode === "structure") outcome = this.#scanStructure(element, end)
      else if (this.#mode === "string") outcome = this.#scanString(end)
      else outcome = this.#scanScalar(element, end)
    }
    return outcome
  }

  /** Whether the element ends where the input does. */
  isWholeAtEnd(element: OpenElement): boolean {
    return this.#mode === "scalar" && element.list === undefined
  }

  /**
   * Where the element ends that has ended: white space behind a scalar is not part of it, unless both together are
   * larger than the limit.
   */
  endOf(element: OpenElement): number {
    const { base, byteOffset, index } = this.#cursor
    if (this.#mode !== "scalar" || byteOffset - element.byteOffset > this.#limits.maxRecordBytes) return byteOffset
    return base + this.#cursor.indexBehindContent(index)
  }

  /** The hot loop. Its state is in variables, and kept where the loop is left. */
  #scanStructure(element: OpenElement, end: number): ScanOutcome {
    const { bytes, base, index } = this.#cursor
    const stop = end - base
    const deepest = this.#limits.maxDepth - element.outerDepth
    let at = index
    let depth = this.#depth
    let memberCount = element.memberCount
    while (at < stop) {
      const byte = bytes[at] ?? 0
      const byteClass = CLASS[byte] ?? 0
      if (byteClass <= ByteClass.space) {
        at += 1
        continue
      }
      if (byte === QUOTE) {
        const from = at
        at += 1
        let inside = bytes[at] ?? 0
        while (at < stop && inside !== QUOTE && inside !== BACKSLASH && inside !== LF) inside = bytes[++at] ?? 0
        if (at < stop && inside === QUOTE) {
          at += 1
          if (depth === 1 && !this.#isBehindColon) {
            this.#keyStart = base + from
            this.#keyEnd = base + at
          }
          continue
        }
        // An escape, a line's end, or the end of the chunk: the string is gone through again with more care.
        this.#keep(element, from + 1, depth, memberCount)
        if (depth === 1 && !this.#isBehindColon) this.#keyStart = base + from
        this.#enterString()
        return "more"
      }
      if (byte === COLON) {
        memberCount += 1
        if (depth === 1) this.#isBehindColon = true
        at += 1
        continue
      }
      if (byte === COMMA) {
        if (depth === 1) {
          this.#isBehindColon = false
          this.#keyStart = -1
        }
        at += 1
        continue
      }
      if (byteClass === ByteClass.open) {
        if (depth === 1 && element.isWatched && this.#isBehindColon) {
          this.#keep(element, at, depth, memberCount)
          const listKey = this.#listKeyAt(element)
          if (listKey !== null) return listKey
        }
        depth += 1
        if (depth > deepest) element.isTooDeep = true
        else this.#brackets[depth] = byte
        at += 1
        continue
      }
      if (byteClass === ByteClass.close) {
        // Of both kinds, the closing bracket stands two behind the opening one in ASCII.
        if (!element.isTooDeep && (this.#brackets[depth] ?? 0) + 2 !== byte) {
          this.#keep(element, at, depth, memberCount)
          return "wrongBracket"
        }
        depth -= 1
        at += 1
        if (depth > 0) continue
        this.#keep(element, at, 0, memberCount)
        return "ended"
      }
      // What is left of the classes is a line's end.
      if (this.#isLines) {
        this.#keep(element, at, depth, memberCount)
        return "lineEnd"
      }
      this.#cursor.line += 1
      at += 1
    }
    this.#keep(element, at, depth, memberCount)
    return "more"
  }

  /** Keeps the state of the loop, which is left before the byte at the index `at`. */
  #keep(element: OpenElement, at: number, depth: number, memberCount: number): void {
    this.#cursor.byteOffset = this.#cursor.base + at
    this.#depth = depth
    element.memberCount = memberCount
  }

  /** In a string that did not end at once: it holds an escape or a line's end, or goes on in the next chunk. */
  #scanString(end: number): ScanOutcome {
    const cursor = this.#cursor
    const { bytes, base, index } = cursor
    for (let at = index; at < end - base; at++) {
      const byte = bytes[at]
      if (byte === LF) {
        cursor.byteOffset = base + at
        if (this.#isLines) return "lineEnd"
        cursor.line += 1
        this.#isEscaped = false
      } else if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) {
        cursor.byteOffset = base + at + 1
        return this.#endString()
      }
    }
    cursor.byteOffset = end
    return "more"
  }

  /** The closing quote stands before the cursor. */
  #endString(): ScanOutcome {
    if (this.#depth === 0) return "ended"
    if (this.#depth === 1 && !this.#isBehindColon) this.#keyEnd = this.#cursor.byteOffset
    this.#mode = "structure"
    return "more"
  }

  #scanScalar(element: OpenElement, end: number): ScanOutcome {
    const cursor = this.#cursor
    const { bytes, base, index } = cursor
    for (let at = index; at < end - base; at++) {
      const byte = bytes[at] ?? 0
      const byteClass = CLASS[byte] ?? 0
      if (byteClass === ByteClass.other || byte === COLON) continue
      cursor.byteOffset = base + at
      if (byteClass !== ByteClass.space && byte !== LF) return this.#behindScalar(element, byte, byteClass)
      if (element.list === undefined) return "ended"
      if (byte !== LF) continue
      if (this.#isLines) return "lineEnd"
      cursor.line += 1
    }
    cursor.byteOffset = end
    return "more"
  }

  /** What a bracket, quote or comma behind a scalar says of it. */
  #behindScalar(element: OpenElement, byte: number, byteClass: number): ScanOutcome {
    if (element.list !== undefined) return byte === COMMA || byteClass === ByteClass.close ? "ended" : "missingComma"
    return !this.#isLines && (byteClass === ByteClass.open || byte === QUOTE) ? "ended" : "outside"
  }

  /** The list that the bracket at the cursor begins, which stands in a watched object behind one of its own keys; or null. */
  #listKeyAt(element: OpenElement): ListKey | null {
    const { bytes, base, byteOffset } = this.#cursor
    // Where the object became larger than the limit depends on the bytes alone, when it is hashed also on the chunks.
    if (this.#keyStart < 0 || byteOffset - element.byteOffset > this.#limits.maxRecordBytes) return null
    const key = listKeyOf(bytes, this.#keyStart - base, this.#keyEnd - base)
    return key !== null && opensList(key, element.role) && this.#isRightBehindKey() ? key : null
  }

  /** Whether nothing but a colon stands between the key and the bracket at the cursor. */
  #isRightBehindKey(): boolean {
    const cursor = this.#cursor
    const colon = cursor.indexBehindContent(cursor.index) - 1
    return cursor.bytes[colon] === COLON && cursor.indexBehindContent(colon) === this.#keyEnd - cursor.base
  }
}
