/** Where an export goes: a file, in its place when all of it is there, or standard output. */
import { resolve } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Interruption } from "../interruption.ts"
import { OutputFile } from "./output-file.ts"
import { Stdout } from "./stdout.ts"

/** Takes the bytes of an export in their order. */
export interface ExportTarget {
  /** In words, for a person. */
  readonly name: string
  /** What must not be read, should it lie among the inputs. */
  readonly ownPaths: readonly string[]
  /** Whether nobody wants more of it. */
  readonly isClosed: () => boolean
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Puts what was written in its place. */
  readonly commit: () => Promise<void>
  /** Removes what was not put in its place. */
  readonly clear: () => Promise<void>
}

/** A file. Throws a `CliError` where it cannot be begun. */
export async function fileTarget(path: string, interruption: Interruption): Promise<ExportTarget> {
  const file = await OutputFile.create(path)
  return {
    name: path,
    ownPaths: file.ownPaths.map((each) => resolve(each)),
    isClosed: () => false,
    write: async (bytes) => {
      file.write(bytes)
      // Writing waits for nothing, so signals would.
      await nextTurn()
      interruption.check()
    },
    commit: async () => {
      await file.end()
      interruption.check()
      await file.place()
    },
    clear: () => file.clear(),
  }
}

/** Standard output. A reader that has gone gives the run up. */
export function stdoutTarget(interruption: Interruption): ExportTarget {
  const stdout = new Stdout()
  return {
    name: "standard output",
    ownPaths: [],
    isClosed: () => stdout.isClosed,
    write: async (bytes) => {
      await stdout.write(bytes)
      if (stdout.isClosed) interruption.abort()
    },
    commit: async () => {},
    clear: async () => {},
  }
}
