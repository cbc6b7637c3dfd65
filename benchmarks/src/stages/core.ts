/** The stages of core, which are no part of its public interface, as they were built. */
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type * as Figures from "../../../packages/core/dist/aggregate/figures.js"
import type * as Decode from "../../../packages/core/dist/decode/decode-block.js"
import type * as Fast from "../../../packages/core/dist/decode/kernel/fast-decoder.js"
import type * as Reference from "../../../packages/core/dist/decode/reference.js"
import type * as Space from "../../../packages/core/dist/facts/work-space.js"
import type * as Resolve from "../../../packages/core/dist/facts/resolve.js"
import type * as Frame from "../../../packages/core/dist/framing/frame.js"
import type * as Join from "../../../packages/core/dist/input-join.js"
import type * as Options from "../../../packages/core/dist/options.js"
import type * as KernelPackage from "../../../packages/kernel/dist/index.js"
import { BENCHMARKS } from "../places.ts"

/** What stages are made of. */
export interface Core {
  readonly frame: typeof Frame.frame
  readonly decodeBlock: typeof Decode.decodeBlock
  readonly Kernel: typeof KernelPackage.Kernel
  readonly openKernelMemory: typeof KernelPackage.openKernelMemory
  readonly takeRegion: typeof KernelPackage.takeRegion
  readonly FastDecoder: typeof Fast.FastDecoder
  /** What the fast decoder hands over to. */
  readonly reference: typeof Reference
  readonly InputJoin: typeof Join.InputJoin
  readonly WorkSpace: typeof Space.WorkSpace
  readonly resolve: typeof Resolve.resolve
  readonly computeFigures: typeof Figures.computeFigures
  readonly resolvePlan: typeof Options.resolvePlan
  readonly poolPlan: typeof Options.poolPlan
}

/** Loads them. */
export async function loadCore(): Promise<Core> {
  const { Kernel, openKernelMemory, takeRegion } = await load<typeof KernelPackage>("../../kernel/dist/index.js")
  const { frame } = await load<typeof Frame>("framing/frame.js")
  const { decodeBlock } = await load<typeof Decode>("decode/decode-block.js")
  const { FastDecoder } = await load<typeof Fast>("decode/kernel/fast-decoder.js")
  const reference = await load<typeof Reference>("decode/reference.js")
  const { InputJoin } = await load<typeof Join>("input-join.js")
  const { WorkSpace } = await load<typeof Space>("facts/work-space.js")
  const { resolve } = await load<typeof Resolve>("facts/resolve.js")
  const { computeFigures } = await load<typeof Figures>("aggregate/figures.js")
  const { resolvePlan, poolPlan } = await load<typeof Options>("options.js")
  return {
    frame,
    decodeBlock,
    Kernel,
    openKernelMemory,
    takeRegion,
    FastDecoder,
    reference,
    InputJoin,
    WorkSpace,
    resolve,
    computeFigures,
    resolvePlan,
    poolPlan,
  }
}

async function load<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(BENCHMARKS, "../packages/core/dist", path)).href)) as Module
}
