/**
 * A kernel of one thread: a block of bytes goes in, rows and events come out. It takes what it can take exactly as the
 * types say; everything else is an event that names the bytes, for the reference.
 */
import { columnBytes, columnsAt, type KernelColumns } from "./columns.ts"
import { EVENT_BYTES, eventsAt, type KernelEvent } from "./events.ts"
import { Layout } from "./layout.ts"
import { wasmModule } from "./module.ts"
import type { KernelHost, KernelLimits, NodeSpec } from "./spec.ts"
import { tableBytes, writeTables, type WrittenTables } from "./tables.ts"

const KIB = 1024
const PAGE_BYTES = 64 * KIB
/** Rows of one run: about 2.5 MiB of the smallest real sessions. */
const ROW_CAPACITY = 4096
const EVENT_CAPACITY = 1024
const TEXT_LIMIT = 2 ** 16
const TEXT_ENTRY_BYTES = 24
const TEXT_ARENA_BYTES = 4 * KIB * KIB
const PROPERTY_LIMIT = 1024
const PROPERTY_ENTRY_BYTES = 48
const PROPERTY_ARENA_BYTES = 64 * KIB
/** The kernel reads up to this many bytes behind the block's last. */
const PADDING_BYTES = 128
const MASK_BYTES = 49 * 48

/**
 * What a block is: whole lines of NDJSON, each a session or a callRecord; or elements, each an object whose brackets
 * match, with nothing but white space and commas between them, that are sessions.
 */
export type BlockForm = "lines" | "elements"

/** What one run gave. Valid until the next. */
export interface KernelRun {
  readonly rowCount: number
  readonly columns: KernelColumns
  readonly events: readonly KernelEvent[]
}

/** What was taken of a block when it was gone through. */
export interface KernelCounts {
  readonly lines: number
  readonly records: number
  /** Bytes of records that are sessions, and between all records. */
  readonly recordBytes: number
  readonly separatorBytes: number
  /** The numbers of the texts that the block's columns name, in the block's numbering. */
  readonly texts: Int32Array
}

interface Exports {
  readonly memory: WebAssembly.Memory
  readonly heapBase: () => number
  readonly decide: (at: number) => void
  readonly placeOutput: (columns: number, rows: number, events: number, eventCount: number) => void
  readonly placeTexts: (
    slots: number,
    slotCount: number,
    entries: number,
    limit: number,
    used: number,
    arena: number,
    arenaBytes: number,
  ) => void
  readonly placeTables: (
    masks: number,
    slots: number,
    slotCount: number,
    entries: number,
    limit: number,
    arena: number,
    arenaBytes: number,
  ) => void
  readonly placeRoots: (session: number, call: number) => void
  readonly hashName: (at: number, length: number) => number
  readonly forgetTexts: () => void
  readonly forgetProperties: () => void
  readonly propertiesAreMany: () => number
  readonly textsAreMany: () => number
  readonly usedTexts: () => number
  readonly begin: (at: number, ofLines: number) => void
  readonly run: (at: number, end: number, base: number) => number
  readonly rows: () => number
  readonly eventsMade: () => number
  readonly linesTaken: () => number
  readonly recordsTaken: () => number
  readonly bytesOfRecords: () => number
  readonly bytesOfSeparators: () => number
}

/** Goes through blocks. Nodes are given in an order of their own; the first two are the session and the callRecord. */
export class Kernel {
  readonly #host: KernelHost
  readonly #exports: Exports
  readonly #columns: number
  readonly #events: number
  readonly #usedTexts: number
  readonly #limits: number
  /** Where blocks lie. */
  readonly #input: number
  readonly #literals: WrittenTables["literals"]
  #views: { readonly buffer: ArrayBuffer; readonly columns: KernelColumns } | null = null
  #textCount = 0
  #form: BlockForm = "lines"
  #next = 0
  #end = 0

  constructor(nodes: readonly NodeSpec[], host: KernelHost) {
    this.#host = host
    const instance = new WebAssembly.Instance(wasmModule("kernel"), {
      callsift: this.#imports(),
      env: { abort: failed },
    })
    this.#exports = instance.exports as unknown as Exports
    const layout = new Layout(this.#exports.heapBase())
    const tables = layout.take(tableBytes(nodes))
    this.#limits = layout.take(64)
    this.#columns = layout.take(columnBytes(ROW_CAPACITY))
    this.#events = layout.take(EVENT_BYTES * EVENT_CAPACITY)
    this.#usedTexts = layout.take(4 * TEXT_LIMIT)
    const textSlots = layout.take(8 * TEXT_LIMIT)
    const textEntries = layout.take(TEXT_ENTRY_BYTES * TEXT_LIMIT)
    const textArena = layout.take(TEXT_ARENA_BYTES)
    const masks = layout.take(MASK_BYTES)
    const keySlots = layout.take(8 * PROPERTY_LIMIT)
    const keyEntries = layout.take(PROPERTY_ENTRY_BYTES * PROPERTY_LIMIT)
    const keyArena = layout.take(PROPERTY_ARENA_BYTES)
    this.#input = layout.take(PADDING_BYTES)
    this.#reserve(0)
    const { placeOutput, placeTables, placeTexts, placeRoots } = this.#exports
    placeTables(masks, keySlots, 2 * PROPERTY_LIMIT, keyEntries, PROPERTY_LIMIT, keyArena, PROPERTY_ARENA_BYTES)
    const { hashName, memory } = this.#exports
    const written = writeTables(memory.buffer, tables, nodes, hashName)
    const [session = 0, call = 0] = written.nodes
    this.#literals = written.literals
    placeRoots(session, call)
    placeOutput(this.#columns, ROW_CAPACITY, this.#events, EVENT_CAPACITY)
    placeTexts(textSlots, 2 * TEXT_LIMIT, textEntries, TEXT_LIMIT, this.#usedTexts, textArena, TEXT_ARENA_BYTES)
  }

  /** Sets the decisions that hold from the next block on. */
  decide(limits: KernelLimits): void {
    const view = new DataView(this.#exports.memory.buffer, this.#limits)
    view.setBigInt64(0, within64(limits.maxDurationTicks), true)
    view.setBigInt64(8, within64(limits.asOfTicks ?? MAX_TICKS), true)
    new Uint8Array(this.#exports.memory.buffer).set(
      Buffer.from(limits.idPrefix, "latin1").subarray(0, 8),
      this.#limits + 16,
    )
    view.setUint32(24, limits.maxRecordBytes, true)
    view.setInt32(28, limits.maxDepth, true)
    view.setInt32(32, limits.withNames ? 1 : 0, true)
    view.setInt32(36, limits.guidKind, true)
    this.#exports.decide(this.#limits)
  }

  /** Begins a block. Its bytes are copied. */
  begin(bytes: Uint8Array, form: BlockForm): void {
    // Lists of unknown properties are texts.
    const areMany = this.#exports.propertiesAreMany() !== 0
    if (areMany) this.#exports.forgetProperties()
    if (areMany || this.#exports.textsAreMany() !== 0) this.#forgetTexts()
    this.#reserve(bytes.length)
    const memory = new Uint8Array(this.#exports.memory.buffer)
    // A literal with a line break means something else in lines, and one may lead to a property that was forgotten.
    if (areMany || form !== this.#form) memory.fill(0, this.#literals.at, this.#literals.at + this.#literals.bytes)
    this.#form = form
    memory.set(bytes, this.#input)
    memory.fill(0, this.#input + bytes.length, this.#input + bytes.length + PADDING_BYTES)
    this.#next = this.#input
    this.#end = this.#input + bytes.length
    this.#exports.begin(this.#input, form === "lines" ? 1 : 0)
  }

  /** The next rows and events of the block; null when it was gone through. */
  run(): KernelRun | null {
    if (this.#next >= this.#end) return null
    this.#next = this.#exports.run(this.#next, this.#end, this.#input)
    const { buffer } = this.#exports.memory
    return {
      rowCount: this.#exports.rows(),
      columns: this.#columnsIn(buffer),
      events: eventsAt(new DataView(buffer, this.#events), this.#exports.eventsMade()),
    }
  }

  /** The views last until the memory grows. */
  #columnsIn(buffer: ArrayBuffer): KernelColumns {
    if (this.#views?.buffer !== buffer)
      this.#views = { buffer, columns: columnsAt(buffer, this.#columns, ROW_CAPACITY) }
    return this.#views.columns
  }

  /** What was taken of the block. */
  counts(): KernelCounts {
    const { memory, usedTexts, linesTaken, recordsTaken, bytesOfRecords, bytesOfSeparators } = this.#exports
    return {
      lines: linesTaken(),
      records: recordsTaken(),
      recordBytes: bytesOfRecords(),
      separatorBytes: bytesOfSeparators(),
      texts: new Int32Array(memory.buffer, this.#usedTexts, usedTexts()),
    }
  }

  #forgetTexts(): void {
    this.#exports.forgetTexts()
    this.#textCount = 0
    this.#host.forgetTexts()
  }

  /** Makes room for a block of that many bytes. */
  #reserve(bytes: number): void {
    const { memory } = this.#exports
    const missing = this.#input + bytes + PADDING_BYTES - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
  }

  #imports(): Record<string, unknown> {
    const bytesAt = (at: number, length: number): Uint8Array =>
      new Uint8Array(this.#exports.memory.buffer, at >>> 0, length)
    return {
      describe: (space: number, at: number, length: number) =>
        this.#host.describe(space, bytesAt(at, length), this.#textCount++),
      readInstant: (at: number, length: number, into: number) => {
        const { marks, ticks } = this.#host.readInstant(bytesAt(at, length))
        new DataView(this.#exports.memory.buffer).setBigInt64(into, ticks, true)
        return marks
      },
      addProperty: (node: number, at: number, length: number, number: number) => {
        const { type, isUnknown, needsText } = this.#host.addProperty(node, bytesAt(at, length), number)
        return type | (isUnknown ? 0x100 : 0) | (needsText ? 0x200 : 0)
      },
    }
  }
}

const MAX_TICKS = 2n ** 63n - 1n

/** The nearest number of 64 bits: no instant and no duration lies beyond. */
function within64(ticks: bigint): bigint {
  if (ticks > MAX_TICKS) return MAX_TICKS
  return ticks < -MAX_TICKS ? -MAX_TICKS : ticks
}

/** The kernel has no assertions; AssemblyScript asks for this all the same. */
function failed(): never {
  throw new Error("the kernel stopped")
}
