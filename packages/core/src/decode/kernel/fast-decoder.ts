/**
 * The fast engine: the kernel takes what it can take exactly as the schema would, the reference gets the rest as bytes,
 * and both write into the same block, in the order of the stream.
 */
import { Kernel, MemoryFull, openKernelMemory, type KernelMemory } from "@callsift/kernel"
import { NO_ENVELOPE, type Block, type ItemTable } from "../../framing/block.ts"
import { frameLines } from "../../framing/frame-lines.ts"
import { RunFinder } from "../../framing/run-framer.ts"
import { IDENTITY_KINDS, ORGANIZATION_USER } from "../../model/identity.ts"
import type { BlockResult, BlockTask, DecodeLimits } from "../../worker/protocol.ts"
import { BlockOutput } from "../block-output.ts"
import { decodeByReference } from "../decode-by-reference.ts"
import { ItemBytes, NO_ITEMS } from "../item.ts"
import type { Reference } from "../reference.ts"
import { decodeTable } from "./fast-items.ts"
import { decodeRoots, type DecodePart, type RootCounts } from "./fast-roots.ts"
import { FastRows, NeedsReference } from "./fast-rows.ts"
import { kernelNodes } from "./nodes.ts"
import { KernelTexts } from "./texts.ts"

/** A kernel, and what the texts mean that it met. */
interface Means {
  readonly kernel: Kernel
  readonly texts: KernelTexts
}

/** Decodes blocks. One for each thread; blocks are independent of each other. */
export class FastDecoder {
  readonly #own: OwnMeans
  /** What was framed of a block while kernels still hold what is around it needs more of them: made when first needed. */
  readonly #means: Means[]
  /** For what is framed here. */
  readonly #finder = new RunFinder(MIN_RUN_BYTES)

  /** Blocks of tasks that say so lie in this memory. */
  constructor(memory: KernelMemory = openKernelMemory()) {
    this.#own = ownMeans(memory)
    this.#means = [this.#own.means]
  }

  /** Decodes a block; null where the reference has something to do and was not given. */
  decode(anywhere: BlockTask, reference: Reference | null): BlockResult | null {
    const task = { ...anywhere, isInKernel: anywhere.isInKernel && this.#own.isShared }
    try {
      return this.#decode(task, reference)
    } catch (cause) {
      if (cause instanceof MemoryFull && reference !== null) return decodeByReference(task, reference)
      if (cause instanceof NeedsReference || cause instanceof MemoryFull) return null
      throw cause
    }
  }

  #decode(task: BlockTask, reference: Reference | null): BlockResult {
    const { items } = task.block
    const output = new BlockOutput(task, new ItemBytes(task.block, items ?? NO_ITEMS))
    const decoding = new Decoding(reference, output, this.#finder, (depth) => this.#meansAt(depth, task.limits))
    const counts = items === null ? decoding.lines(task) : decoding.table(task, items, 0, 0, 0)
    return output.result(counts, decoding.handedOverCount)
  }

  /** Means that nothing around holds, of which `depth` are in use. */
  #meansAt(depth: number, limits: DecodeLimits): Means {
    return decided((this.#means[depth] ??= newMeans(this.#own.memory)), limits)
  }
}

/** Fewer bytes are framed faster by scanning them. */
const MIN_RUN_BYTES = 512

/** One block while it is decoded. */
class Decoding {
  handedOverCount = 0
  readonly #reference: Reference | null
  readonly #output: BlockOutput
  readonly #finder: RunFinder
  readonly #meansAt: (depth: number) => Means

  constructor(reference: Reference | null, output: BlockOutput, finder: RunFinder, meansAt: (depth: number) => Means) {
    this.#reference = reference
    this.#output = output
    this.#finder = finder
    this.#meansAt = meansAt
  }

  lines(task: BlockTask): RootCounts {
    const { bytes, byteOffset } = task.block
    const base = { byteOffset, line: 0, record: 0, parent: NO_ENVELOPE, firstIndex: -1 }
    const frame = (part: Block): ItemTable => frameLines(part.bytes, part.byteOffset, task.limits, this.#finder)
    return this.#withRows(task, 0, (kernel, rows, decodePart) =>
      decodeRoots(task, { form: "lines", bytes, base, frame }, kernel, rows, decodePart),
    )
  }

  /** The items of a table, whose first byte stands so many lines and records into the block. */
  table(task: BlockTask, table: ItemTable, depth: number, line: number, record: number): RootCounts {
    return this.#withRows(task, depth, (kernel, rows, decodePart) =>
      decodeTable(task, table, kernel, rows, decodePart, line, record),
    )
  }

  #withRows(
    task: BlockTask,
    depth: number,
    decode: (kernel: Kernel, rows: FastRows, decodePart: DecodePart) => RootCounts,
  ): RootCounts {
    const { kernel, texts } = this.#meansAt(depth)
    const rows = new FastRows(task, kernel, texts, this.#reference, this.#output)
    const counts = decode(kernel, rows, (part, table, line, record) =>
      this.table({ ...task, block: { ...part, items: table } }, table, depth + 1, line, record),
    )
    this.handedOverCount += rows.handedOverCount
    return counts
  }
}

/** What a decoder decodes with, and whether that is in the memory it was given. */
interface OwnMeans {
  readonly memory: KernelMemory
  readonly means: Means
  readonly isShared: boolean
}

/** In a memory of its own where the given one has no room: hundreds of workers share it. */
function ownMeans(memory: KernelMemory): OwnMeans {
  try {
    return { memory, means: newMeans(memory), isShared: true }
  } catch (cause) {
    if (!(cause instanceof MemoryFull)) throw cause
    const own = openKernelMemory()
    return { memory: own, means: newMeans(own), isShared: false }
  }
}

function newMeans(memory: KernelMemory): Means {
  const nodes = kernelNodes()
  const texts = new KernelTexts(nodes)
  return { kernel: new Kernel(nodes, texts, memory), texts }
}

function decided(means: Means, limits: DecodeLimits): Means {
  means.kernel.decide({ ...limits, idPrefix: ORGANIZATION_USER, guidKind: IDENTITY_KINDS.indexOf("user") })
  return means
}
