/**
 * The fast engine: the kernel takes what it can take exactly as the schema would, the reference gets the rest as bytes,
 * and both write into the same block, in the order of the stream.
 */
import { Kernel, MemoryFull, openKernelMemory, type KernelMemory } from "@callsift/kernel"
import type { ItemTable } from "../../framing/block.ts"
import { IDENTITY_KINDS, ORGANIZATION_USER } from "../../model/identity.ts"
import type { BlockResult, BlockTask, DecodeLimits } from "../../worker/protocol.ts"
import { BlockOutput } from "../block-output.ts"
import { decodeByReference } from "../decode-by-reference.ts"
import { ItemBytes, NO_ITEMS } from "../item.ts"
import type { Reference } from "../reference.ts"
import { decodeTable } from "./fast-items.ts"
import { decodeLines, type DecodePart } from "./fast-lines.ts"
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
  /** For lines that are framed while the first kernel still holds the block: made when first needed. */
  #partMeans: Means | null = null

  /** Blocks of tasks that say so lie in this memory. */
  constructor(memory: KernelMemory = openKernelMemory()) {
    this.#own = ownMeans(memory)
  }

  /** Decodes a block; null where the reference has something to do and was not given. */
  decode(task: BlockTask, reference: Reference | null): BlockResult | null {
    const { items } = task.block
    try {
      return items === null ? this.#decodeLines(task, reference) : this.#decodeItems(task, items, reference)
    } catch (cause) {
      if (cause instanceof MemoryFull && reference !== null) return decodeByReference(task, reference)
      if (cause instanceof NeedsReference || cause instanceof MemoryFull) return null
      throw cause
    }
  }

  #decodeItems(task: BlockTask, table: ItemTable, reference: Reference | null): BlockResult {
    const output = new BlockOutput(task, new ItemBytes(task.block, table))
    const handedOverCount = decodeBy(this.#own.means, task, table, reference, output, 0, 0)
    return output.result(table, handedOverCount)
  }

  #decodeLines(anywhere: BlockTask, reference: Reference | null): BlockResult {
    const task = { ...anywhere, isInKernel: anywhere.isInKernel && this.#own.isShared }
    const { kernel, texts } = decided(this.#own.means, task.limits)
    const output = new BlockOutput(task, new ItemBytes(task.block, NO_ITEMS))
    const rows = new FastRows(task, kernel, texts, reference, output)
    const decodePart: DecodePart = (part, table, line, record) => {
      this.#partMeans ??= newMeans(this.#own.memory)
      const partTask = { ...task, block: { ...part, items: table } }
      rows.handedOverCount += decodeBy(this.#partMeans, partTask, table, reference, output, line, record)
    }
    return decodeLines(task, kernel, rows, decodePart)
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

/** Decodes the items of a table into `output`; gives how many were left to the reference. */
function decodeBy(
  means: Means,
  task: BlockTask,
  table: ItemTable,
  reference: Reference | null,
  output: BlockOutput,
  line: number,
  record: number,
): number {
  const { kernel, texts } = decided(means, task.limits)
  const rows = new FastRows(task, kernel, texts, reference, output)
  decodeTable(task, table, kernel, rows, line, record)
  return rows.handedOverCount
}
