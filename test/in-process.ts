/** The whole way of the data without threads: what properties run thousands of times. Inputs are files in a folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { carryOut, type Analysis } from "#core/analyze.ts"
import { decodeBlock } from "#core/decode/decode-block.ts"
import { openKernelMemory, type KernelMemory } from "../packages/kernel/dist/index.js"
import { FastDecoder } from "#core/decode/kernel/fast-decoder.ts"
import * as reference from "#core/decode/reference.ts"
import { carryOutExport } from "#core/export-facts.ts"
import type { ExportFormat } from "#core/export/format.ts"
import { withGuesses } from "#core/guesses.ts"
import { poolPlan, resolvePlan, type AnalyzeOptions } from "#core/options.ts"
import type { RejectLine } from "#core/report/schema.ts"
import { startRun } from "#core/run-document.ts"
import type { BlockPool, PoolPlan } from "#core/worker/pool.ts"
import type { BlockResult, BlockTask } from "#core/worker/protocol.ts"
import type { ExportFile } from "./arbitraries/layout.ts"

/** An analysis with its rejects. */
export interface WholeAnalysis extends Analysis {
  readonly rejects: readonly RejectLine[]
}

/** Analyzes files with these contents; paths in the report end in their names. */
export function analyzeFiles(files: readonly ExportFile[], options: AnalyzeOptions = {}): Promise<WholeAnalysis> {
  return withFiles(files, (paths) => analyzePaths(paths, options))
}

/** Analyzes files, and exports their facts in some formats from the same paths. */
export function exportFiles<Format extends ExportFormat>(
  files: readonly ExportFile[],
  formats: readonly Format[],
  options: AnalyzeOptions = {},
): Promise<WholeAnalysis & { readonly exported: Record<Format, Buffer> }> {
  return withFiles(files, async (paths) => {
    const exported: [Format, Buffer][] = []
    for (const format of formats) exported.push([format, await exportPaths(paths, format, options)])
    return {
      ...(await analyzePaths(paths, options)),
      exported: Object.fromEntries(exported) as Record<Format, Buffer>,
    }
  })
}

/** Puts files into a folder of their own, as long as there is work with them. */
export async function withFiles<Result>(
  files: readonly ExportFile[],
  work: (paths: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
  try {
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes)
    return await work(files.map(({ name }) => join(folder, name)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Analyzes what lies at these paths. Rejects with the error "interrupted" at the block behind the first `maxBlocks`. */
export async function analyzePaths(
  paths: readonly string[],
  options: AnalyzeOptions = {},
  maxBlocks = Infinity,
): Promise<WholeAnalysis> {
  const rejects: RejectLine[] = []
  const plan = resolvePlan(paths, { ...options, onReject: (reject) => rejects.push(reject) })
  const pool = endingAfter(maxBlocks, poolHere(poolPlan(plan)))
  const analysis = await withGuesses(plan, (guesses) => carryOut(plan, pool, guesses, startRun()))
  return { ...analysis, rejects }
}

function endingAfter(maxBlocks: number, pool: BlockPool): BlockPool {
  let blockCount = 0
  return {
    ...pool,
    decode: async (work) => {
      blockCount += 1
      if (blockCount > maxBlocks) throw new Error("interrupted")
      return pool.decode(work)
    },
  }
}

/** Everything that a run gives and that never changes from run to run. */
export function textsOf({ report, findings, rejects, tables }: Omit<WholeAnalysis, "run">): string {
  return JSON.stringify([report, [...findings], rejects, tables.map(({ name, rows }) => [name, [...rows]])])
}

/** The bytes of an export of what lies at these paths. */
export async function exportPaths(
  paths: readonly string[],
  format: ExportFormat,
  options: AnalyzeOptions = {},
): Promise<Buffer> {
  const chunks: Buffer[] = []
  const plan = resolvePlan(paths, options)
  // A sink owns bytes only until it returns.
  await withGuesses(plan, (guesses) =>
    carryOutExport(plan, poolHere(poolPlan(plan)), guesses, format, (bytes) => void chunks.push(Buffer.from(bytes))),
  )
  return Buffer.concat(chunks)
}

/** Analyzes one file. */
export function analyzeBytes(bytes: Uint8Array, options: AnalyzeOptions = {}): Promise<WholeAnalysis> {
  return analyzeFiles([{ name: "export.json", bytes }], options)
}

/** Runs take regions of a kernel's memory and give none back, so that it is left for another before it is full. */
const RUNS_A_KERNEL = 32

interface KernelHere {
  readonly kernelMemory: KernelMemory
  readonly fast: FastDecoder
  runCount: number
}

function openKernel(): KernelHere {
  const kernelMemory = openKernelMemory()
  return { kernelMemory, fast: new FastDecoder(kernelMemory), runCount: 0 }
}

let kernel = openKernel()

function poolHere({ limits, engine }: PoolPlan): BlockPool {
  if (kernel.runCount >= RUNS_A_KERNEL) kernel = openKernel()
  kernel.runCount += 1
  const { kernelMemory, fast } = kernel
  const decode = (task: BlockTask): BlockResult => (engine === "fast" ? fastResult(fast, task) : decodeBlock(task))
  return {
    kernelMemory,
    decode: async (work) => [decode({ ...work, limits, engine })],
    retriedBlockCount: () => 0,
    handedOverCount: () => 0,
    close: () => Promise.resolve(),
  }
}

function fastResult(fast: FastDecoder, task: BlockTask): BlockResult {
  const result = fast.decode(task, reference)
  if (result === null) throw new Error("the reference was given")
  return result
}
