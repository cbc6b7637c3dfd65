/**
 * Texts as bytes side by side, by a number in the order in which they were added. A text takes what its letters need, half
 * of them where it is made of hexadecimal digits, as ids are, and some seven bytes more; to be found, 5 to 11 bytes of slots.
 *
 * An entry begins at a multiple of 4 bytes with the number of bytes that follow, times three, plus the `Form` (LEB128).
 */
import { grown } from "./columns.ts"
import { hashBytes } from "./hash.ts"

/** How letters are written. */
const Form = { latin1: 0, utf16le: 1, hex: 2 } as const
const ENCODINGS = ["latin1", "utf16le", "hex"] as const
const FORM_COUNT = ENCODINGS.length
/** Bits of the head in a byte, and the bit that says that more follow. */
const HEAD_BITS = 7
const HEAD_MASK = 2 ** HEAD_BITS - 1
const MORE = 2 ** HEAD_BITS

const ALIGNMENT = 4
const PIECE_BYTES = 2 ** 20
/** Addresses in a piece, each `ALIGNMENT` bytes from the next. */
const PIECE_ADDRESSES = PIECE_BYTES / ALIGNMENT
const MAX_PIECES = 2 ** 32 / PIECE_ADDRESSES

const MIN_SLOTS = 1024
const MOST_FULL = 3 / 4

/** Texts, none at first. */
export class PackedTexts {
  count = 0
  /** An entry that has no room in a piece has one of its own. */
  readonly #pieces: Buffer[] = []
  #pieceBytes = 0
  /** Bytes used of the last piece. */
  #used = PIECE_BYTES
  /** By number: where its entry begins. */
  #addresses = new Uint32Array(0)
  /** Number + 1 of a text, 0 where empty; a power of two long, at most `MOST_FULL`. None when nothing is looked for. */
  #slots = new Int32Array(slotCountFor(0))
  /** Where the text that is looked for is written. */
  #entry = Buffer.allocUnsafeSlow(ALIGNMENT)

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#pieceBytes + this.#addresses.byteLength + this.#slots.byteLength
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    return this.#numberIn(this.#slotOf(this.#encode(text)))
  }

  /** The number of a text, new where it was not known. */
  findOrAdd(text: string): number {
    const entry = this.#encode(text)
    const slot = this.#slotOf(entry)
    const known = this.#numberIn(slot)
    return known >= 0 ? known : this.#add(entry, slot)
  }

  /** The text of a number below `count`. */
  get(number: number): string {
    const address = this.#addresses[number] ?? 0
    const piece = this.#pieceOf(address)
    const from = offsetOf(address)
    const head = readHead(piece, from)
    return piece.toString(ENCODINGS[head % FORM_COUNT], from + headBytes(head), endOf(from, head))
  }

  /** Gives back what texts are found by, since none is looked for as a rule any more; where one is, it is made again. */
  forgetSlots(): void {
    this.#slots = new Int32Array(0)
    this.#entry = Buffer.allocUnsafeSlow(ALIGNMENT)
  }

  #numberIn(slot: number): number {
    return (this.#slots[slot] ?? 0) - 1
  }

  /** The entry of a text, valid until the next. */
  #encode(text: string): Uint8Array {
    const form = formOf(text)
    const head = byteCountOf(text, form) * FORM_COUNT + form
    const byteCount = endOf(0, head)
    if (byteCount > this.#entry.length) this.#entry = Buffer.allocUnsafeSlow(byteCount)
    writeHead(this.#entry, head)
    this.#entry.write(text, headBytes(head), ENCODINGS[form])
    return this.#entry.subarray(0, byteCount)
  }

  #add(entry: Uint8Array, slot: number): number {
    const number = this.count++
    this.#addresses = grown(this.#addresses, this.count)
    this.#addresses[number] = this.#append(entry)
    this.#slots[slot] = this.count
    if (this.count > MOST_FULL * this.#slots.length) this.#makeSlots()
    return number
  }

  /** Stores an entry; its address. */
  #append(entry: Uint8Array): number {
    if (this.#used + entry.length > PIECE_BYTES) this.#addPiece(Math.max(PIECE_BYTES, entry.length))
    const piece = this.#pieces.length - 1
    const offset = this.#used
    this.#pieces[piece]?.set(entry, offset)
    this.#used += Math.ceil(entry.length / ALIGNMENT) * ALIGNMENT
    return piece * PIECE_ADDRESSES + offset / ALIGNMENT
  }

  #addPiece(byteLength: number): void {
    if (this.#pieces.length === MAX_PIECES) throw new RangeError(`there are more texts than ${MAX_PIECES} pieces hold`)
    this.#pieces.push(Buffer.allocUnsafeSlow(byteLength))
    this.#pieceBytes += byteLength
    this.#used = 0
  }

  #pieceOf(address: number): Buffer {
    const piece = this.#pieces[Math.floor(address / PIECE_ADDRESSES)]
    if (piece === undefined) throw new RangeError(`there is no text at ${address}`)
    return piece
  }

  /** The slot that holds an entry, or the empty one where it belongs. */
  #slotOf(entry: Uint8Array): number {
    if (this.#slots.length === 0) this.#makeSlots()
    const mask = this.#slots.length - 1
    let slot = hashBytes(entry, 0, entry.length) & mask
    for (let known = this.#numberIn(slot); known >= 0; known = this.#numberIn(slot)) {
      if (this.#isAt(this.#addresses[known] ?? 0, entry)) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  /** No entry is the beginning of another. */
  #isAt(address: number, entry: Uint8Array): boolean {
    const piece = this.#pieceOf(address)
    const from = offsetOf(address)
    for (let at = 0; at < entry.length; at++) if (piece[from + at] !== entry[at]) return false
    return true
  }

  #makeSlots(): void {
    const slots = new Int32Array(slotCountFor(this.count))
    const mask = slots.length - 1
    for (let number = 0; number < this.count; number++) {
      const address = this.#addresses[number] ?? 0
      const piece = this.#pieceOf(address)
      const from = offsetOf(address)
      let slot = hashBytes(piece, from, endOf(from, readHead(piece, from))) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

function slotCountFor(count: number): number {
  return Math.max(MIN_SLOTS, 2 ** Math.ceil(Math.log2(count / MOST_FULL)))
}

function offsetOf(address: number): number {
  return (address % PIECE_ADDRESSES) * ALIGNMENT
}

/** Where the entry that begins there ends. */
function endOf(from: number, head: number): number {
  return from + headBytes(head) + Math.floor(head / FORM_COUNT)
}

function headBytes(head: number): number {
  return Math.max(1, Math.ceil((32 - Math.clz32(head)) / HEAD_BITS))
}

function writeHead(entry: Uint8Array, head: number): void {
  const last = headBytes(head) - 1
  for (let at = 0; at < last; at++) entry[at] = ((head >>> (HEAD_BITS * at)) & HEAD_MASK) | MORE
  entry[last] = head >>> (HEAD_BITS * last)
}

function readHead(bytes: Uint8Array, from: number): number {
  let head = 0
  for (let at = 0; ; at++) {
    const byte = bytes[from + at] ?? 0
    head |= (byte & HEAD_MASK) << (HEAD_BITS * at)
    if (byte < MORE) return head >>> 0
  }
}

function byteCountOf({ length }: string, form: number): number {
  if (form === Form.hex) return length / 2
  return form === Form.utf16le ? 2 * length : length
}

function formOf(text: string): number {
  let isHex = text.length % 2 === 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0xff) return Form.utf16le
    isHex &&= isHexDigit(unit)
  }
  return isHex ? Form.hex : Form.latin1
}

/** Capital letters are none: they would come back small. */
function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66)
}
