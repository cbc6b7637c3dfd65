/**
 * The fast engine: the kernel takes what it can take exactly as the schema would, the reference gets the rest as bytes,
 * and both write into the same block, in the order of the stream.
 */
import { Kernel } from "@callsift/kernel"
import { IDENTITY_KINDS, ORGANIZATION_USER } from "../../model/identity.ts"
import type { BlockResult, BlockTask } from "../../worker/protocol.ts"
import type { Reference } from "../reference.ts"
import { decodeTable } from "./fast-items.ts"
import { decodeLines } from "./fast-lines.ts"
import { FastRows, NeedsReference } from "./fast-rows.ts"
import { kernelNodes } from "./nodes.ts"
import { KernelTexts } from "./texts.ts"

/** Decodes blocks. One for each thread; blocks are independent of each other. */
export class FastDecoder {
  readonly #texts: KernelTexts
  readonly #kernel: Kernel

  constructor() {
    const nodes = kernelNodes()
    this.#texts = new KernelTexts(nodes)
    this.#kernel = new Kernel(nodes, this.#texts)
  }

  /** Decodes a block; null where the reference has something to do and was not given. */
  decode(task: BlockTask, reference: Reference | null): BlockResult | null {
    this.#kernel.decide({ ...task.limits, idPrefix: ORGANIZATION_USER, guidKind: IDENTITY_KINDS.indexOf("user") })
    const rows = new FastRows(task, this.#kernel, this.#texts, reference)
    try {
      const { items } = task.block
      return items === null ? decodeLines(task, this.#kernel, rows) : decodeTable(task, items, this.#kernel, rows)
    } catch (cause) {
      if (cause instanceof NeedsReference) return null
      throw cause
    }
  }
}
