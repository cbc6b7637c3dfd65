/**
 * A kernel of one thread: a block of bytes goes in, rows and events come out. It takes what it can take exactly as the
 * types say; everything else is an event that names the bytes, for the reference.
 */
import { callColumnBytes, callColumnsAt, type CallColumns } from "./call-columns.ts"
import { columnBytes, columnsAt, type KernelColumns } from "./columns.ts"
import { EVENT_BYTES, eventsAt, type KernelEvent } from "./events.ts"
import type { KernelExports } from "./kernel-exports.ts"
import { openKernelMemory, takeRegion, type KernelMemory } from "./kernel-memory.ts"
import { Layout } from "./layout.ts"
import { wasmModule } from "./module.ts"
import type { KernelHost, KernelLimits, NodeSpec } from "./spec.ts"
import { tableBytes, writeTables, type WrittenTables } from "./tables.ts"

const KIB = 1024
/** Rows of one run: about 2.5 MiB of the smallest real sessions. */
const ROW_CAPACITY = 4096
const EVENT_CAPACITY = 1024
const CALL_CAPACITY = 1024
const TEXT_LIMIT = 2 ** 16
const TEXT_ENTRY_BYTES = 24
const TEXT_ARENA_BYTES = 4 * KIB * KIB
const PROPERTY_LIMIT = 1024
const PROPERTY_ENTRY_BYTES = 48
const PROPERTY_ARENA_BYTES = 64 * KIB
/** The kernel reads up to this many bytes behind the block's last. */
const PADDING_BYTES = 128
const MASK_BYTES = 49 * 48
/** As in assembly/scratch.ts. */
const SCRATCH_BYTES = KIB
const LF = 0x0a

/**
 * What a block is: whole lines of NDJSON; or objects whose brackets match, with nothing but white space and commas between
 * them: elements, which are sessions, or values. A line and a value is a session, a callRecord or a page of sessions.
 */
export type BlockForm = "lines" | "elements" | "values"
/** As in assembly/index.ts. */
const FORMS: readonly BlockForm[] = ["lines", "elements", "values"]

/** What one run gave. Valid until the next. */
export interface KernelRun {
  readonly rowCount: number
  readonly columns: KernelColumns
  /** CallRecords, but those that are events. */
  readonly callCount: number
  readonly calls: CallColumns
  readonly events: readonly KernelEvent[]
}

/** What was taken of a block when it was gone through. */
export interface KernelCounts {
  readonly lines: number
  readonly records: number
  /** Bytes of sessions, around those of callRecords, and between all of them; of a callRecord that is an event what follows it alone. */
  readonly recordBytes: number
  readonly envelopeBytes: number
  readonly separatorBytes: number
  /** The numbers of the texts that the block's columns name, in the block's numbering. */
  readonly texts: Int32Array
}

/** What is laid out of a kernel beside its tables; each region begins at a multiple of 64. */
const FIXED_BYTES =
  columnBytes(ROW_CAPACITY) +
  EVENT_BYTES * EVENT_CAPACITY +
  callColumnBytes(CALL_CAPACITY) +
  (12 + TEXT_ENTRY_BYTES) * TEXT_LIMIT +
  TEXT_ARENA_BYTES +
  (8 + PROPERTY_ENTRY_BYTES) * PROPERTY_LIMIT +
  PROPERTY_ARENA_BYTES +
  8 * KIB

/** Goes through blocks. Nodes are given in an order of their own; the first three are the session, the callRecord and the page of sessions. */
export class Kernel {
  readonly #host: KernelHost
  readonly #exports: KernelExports
  readonly #memory: KernelMemory
  readonly #columns: KernelColumns
  readonly #calls: CallColumns
  readonly #events: number
  readonly #usedTexts: number
  readonly #limits: number
  /** Where blocks are copied to that lie elsewhere, and how many bytes there is room for. */
  #input = 0
  #inputBytes = 0
  readonly #literals: WrittenTables["literals"]
  #textCount = 0
  #form: BlockForm = "lines"
  #start = 0
  #next = 0
  #end = 0

  /** In a memory of its own, unless one is given. */
  constructor(nodes: readonly NodeSpec[], host: KernelHost, memory: KernelMemory = openKernelMemory()) {
    this.#host = host
    this.#memory = memory
    const instance = new WebAssembly.Instance(wasmModule("kernel"), {
      callsift: this.#imports(),
      env: { abort: failed, memory },
    })
    this.#exports = instance.exports as unknown as KernelExports
    const layout = new Layout(takeRegion(memory, tableBytes(nodes) + FIXED_BYTES))
    const tables = layout.take(tableBytes(nodes))
    this.#limits = layout.take(64)
    const columns = layout.take(columnBytes(ROW_CAPACITY))
    this.#events = layout.take(EVENT_BYTES * EVENT_CAPACITY)
    const calls = layout.take(callColumnBytes(CALL_CAPACITY))
    this.#usedTexts = layout.take(4 * TEXT_LIMIT)
    const textSlots = layout.take(8 * TEXT_LIMIT)
    const textEntries = layout.take(TEXT_ENTRY_BYTES * TEXT_LIMIT)
    const textArena = layout.take(TEXT_ARENA_BYTES)
    const masks = layout.take(MASK_BYTES)
    const keySlots = layout.take(8 * PROPERTY_LIMIT)
    const keyEntries = layout.take(PROPERTY_ENTRY_BYTES * PROPERTY_LIMIT)
    const keyArena = layout.take(PROPERTY_ARENA_BYTES)
    const { placeOutput, placeTables, placeTexts, placeRoots, placeScratch, placeNames } = this.#exports
    placeScratch(layout.take(SCRATCH_BYTES))
    placeTables(masks, keySlots, 2 * PROPERTY_LIMIT, keyEntries, PROPERTY_LIMIT, keyArena, PROPERTY_ARENA_BYTES)
    const written = writeTables(memory.buffer, tables, nodes, textArena, placeNames)
    const [session = 0, call = 0, page = 0] = written.nodes
    this.#literals = written.literals
    placeRoots(session, call, page)
    placeOutput(columns, ROW_CAPACITY, this.#events, EVENT_CAPACITY, calls, CALL_CAPACITY)
    placeTexts(textSlots, 2 * TEXT_LIMIT, textEntries, TEXT_LIMIT, this.#usedTexts, textArena, TEXT_ARENA_BYTES)
    this.#columns = columnsAt(memory.buffer, columns, ROW_CAPACITY)
    this.#calls = callColumnsAt(memory.buffer, calls, CALL_CAPACITY)
  }

  /** Sets the decisions that hold from the next block on. */
  decide(limits: KernelLimits): void {
    const view = new DataView(this.#memory.buffer, this.#limits)
    view.setBigInt64(0, within64(limits.maxDurationTicks), true)
    view.setBigInt64(8, within64(limits.asOfTicks ?? MAX_TICKS), true)
    new Uint8Array(this.#memory.buffer).set(Buffer.from(limits.idPrefix, "latin1").subarray(0, 8), this.#limits + 16)
    view.setUint32(24, limits.maxRecordBytes, true)
    view.setInt32(28, limits.maxDepth, true)
    view.setInt32(32, limits.withNames ? 1 : 0, true)
    view.setInt32(36, limits.guidKind, true)
    this.#exports.decide(this.#limits)
  }

  /**
   * Begins a block. Its bytes are copied, unless they lie in this kernel's memory and are objects, or lines of which the
   * last ends: what follows them, which is not this block's, then never counts.
   */
  begin(bytes: Uint8Array, form: BlockForm, isInMemory = false): void {
    // Lists of unknown properties are texts.
    const areMany = this.#exports.propertiesAreMany() !== 0
    if (areMany) this.#exports.forgetProperties()
    if (areMany || this.#exports.textsAreMany() !== 0) this.#forgetTexts()
    // A literal with a line break means something else in lines, and one may lead to a property that was forgotten.
    const { at, bytes: length } = this.#literals
    if (areMany || (form === "lines") !== (this.#form === "lines"))
      new Uint8Array(this.#memory.buffer).fill(0, at, at + length)
    this.#form = form
    const isInPlace = isInMemory && (form !== "lines" || bytes.at(-1) === LF)
    this.#start = isInPlace ? bytes.byteOffset : this.#copy(bytes)
    this.#next = this.#start
    this.#end = this.#start + bytes.length
    this.#exports.begin(this.#start, FORMS.indexOf(form))
  }

  /** The next rows and events of the block; null when it was gone through. */
  run(): KernelRun | null {
    if (this.#next >= this.#end) return null
    this.#next = this.#exports.run(this.#next, this.#end, this.#start)
    return {
      rowCount: this.#exports.rows(),
      columns: this.#columns,
      callCount: this.#exports.callsMade(),
      calls: this.#calls,
      events: eventsAt(new DataView(this.#memory.buffer, this.#events), this.#exports.eventsMade()),
    }
  }

  /** What was taken of the block. */
  counts(): KernelCounts {
    const { usedTexts, linesTaken, recordsTaken, bytesOfRecords, bytesOfEnvelopes, bytesOfSeparators } = this.#exports
    return {
      lines: linesTaken(),
      records: recordsTaken(),
      recordBytes: bytesOfRecords(),
      envelopeBytes: bytesOfEnvelopes(),
      separatorBytes: bytesOfSeparators(),
      texts: new Int32Array(this.#memory.buffer, this.#usedTexts, usedTexts()),
    }
  }

  /** Copies a block to where nothing follows it; gives its address. */
  #copy(bytes: Uint8Array): number {
    const needed = bytes.length + PADDING_BYTES
    if (needed > this.#inputBytes) {
      // What there was is lost, so room is made for more at once.
      const byteCount = 2 ** Math.ceil(Math.log2(needed))
      this.#input = takeRegion(this.#memory, byteCount)
      this.#inputBytes = byteCount
    }
    const memory = new Uint8Array(this.#memory.buffer, this.#input, needed)
    memory.set(bytes)
    memory.fill(0, bytes.length)
    return this.#input
  }

  #forgetTexts(): void {
    this.#exports.forgetTexts()
    this.#textCount = 0
    this.#host.forgetTexts()
  }

  #imports(): Record<string, unknown> {
    const bytesAt = (at: number, length: number): Uint8Array => new Uint8Array(this.#memory.buffer, at, length)
    return {
      describe: (space: number, at: number, length: number) =>
        this.#host.describe(space, bytesAt(at, length), this.#textCount++),
      readInstant: (at: number, length: number, into: number) => {
        const { marks, ticks } = this.#host.readInstant(bytesAt(at, length))
        new DataView(this.#memory.buffer).setBigInt64(into, ticks, true)
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
