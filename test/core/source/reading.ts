/** Files made for a test, and what is read of them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach } from "vitest"
import { ByteReader } from "#core/source/byte-reader.ts"
import type { Archive, Compression, Encoding, SourceErrorCode, Skipped, SourceLimits } from "#core/source/input.ts"
import { openSource } from "#core/source/open-sources.ts"
import { listSources, type SourceList } from "#core/source/source-list.ts"

export const LIMITS: SourceLimits = { hash: true, maxInflatedBytes: null, maxEntries: 10_000 }

/** An input, read to its end. */
export interface ReadInput {
  readonly path: string
  readonly entry: string | null
  readonly compression: Compression
  readonly encoding: Encoding
  readonly bytes: Buffer
  readonly sizeBytes: number
  readonly sha256: string | null
  readonly error: SourceErrorCode | null
}

export interface ReadRun {
  readonly inputs: readonly ReadInput[]
  readonly skipped: readonly Skipped[]
  readonly archives: readonly Archive[]
}

/** Reads what `listSources` gave. */
export async function readAll(list: SourceList, limits: SourceLimits = LIMITS): Promise<ReadRun> {
  const inputs: ReadInput[] = []
  const archives: Archive[] = []
  const skipped: Skipped[] = [...list.skipped]
  const notes = {
    onArchive: (archive: Archive) => archives.push(archive),
    onSkipped: (each: Skipped) => skipped.push(each),
  }
  for (const source of list.sources) {
    for await (const { path, entry, compression, encoding, chunks, end } of openSource(source, limits, notes)) {
      const bytes = await joined(chunks)
      const { error, ...stored } = await end()
      inputs.push({ path, entry, compression, encoding, bytes, ...stored, error: error?.code ?? null })
    }
  }
  return { inputs, skipped, archives }
}

export async function readPaths(paths: readonly string[], limits: Partial<SourceLimits> = {}): Promise<ReadRun> {
  return readAll(await listSources(paths, []), { ...LIMITS, ...limits })
}

/** The one input that a path gives. */
export async function readOne(path: string, limits: Partial<SourceLimits> = {}): Promise<ReadInput> {
  const [input, ...others] = (await readPaths([path], limits)).inputs
  if (input === undefined || others.length > 0) throw new Error(`not one input: ${path}`)
  return input
}

export async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts)
}

/** `bytes` as a reader, cut at the given sizes, over and over. */
export function readerOf(bytes: Uint8Array, chunkSizes: readonly number[] = [bytes.length]): ByteReader {
  return new ByteReader(cut(bytes, chunkSizes))
}

async function* cut(bytes: Uint8Array, chunkSizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = Math.max(1, chunkSizes[index % chunkSizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** What a decoder gives until it throws, and the code of what it throws. */
export async function decoded(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Buffer; readonly error: string | null }> {
  const parts: Uint8Array[] = []
  try {
    for await (const chunk of chunks) parts.push(Buffer.from(chunk))
    return { bytes: Buffer.concat(parts), error: null }
  } catch (cause) {
    if (!(cause instanceof Error && "error" in cause)) throw cause
    return { bytes: Buffer.concat(parts), error: (cause.error as { code: string }).code }
  }
}

/** A folder for the tests of a file, empty before each. */
export function temporaryFolder(): {
  readonly path: (name: string) => string
  readonly write: (name: string, content: string | Uint8Array) => Promise<string>
} {
  let folder = ""
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "callsift-source-"))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const path = (name: string): string => join(folder, name)
  return {
    path,
    write: async (name, content) => {
      await mkdir(dirname(path(name)), { recursive: true })
      await writeFile(path(name), content)
      return path(name)
    },
  }
}

export const acceptance = (name: string): string =>
  new URL(`../../fixtures/acceptance/${name}`, import.meta.url).pathname
