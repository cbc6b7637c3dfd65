/**
 * Arguments of a program reach JavaScript as text. Bytes in a file's name that are no UTF-8 come as U+FFFD then, and the
 * system does not know such a name: here the files are found that it may stand for.
 */
import { readdir } from "node:fs/promises"
import { dirname, basename, join, sep } from "node:path"

const REPLACEMENT = "\uFFFD"

/** Paths of existing files and folders that read like `path` when bytes that are no UTF-8 are replaced. */
export async function lossyMatches(path: string): Promise<readonly Buffer[]> {
  if (!path.includes(REPLACEMENT)) return []
  const parent = dirname(path)
  const parents = parent.includes(REPLACEMENT) ? await lossyMatches(parent) : [Buffer.from(parent)]
  const matches = await Promise.all(parents.map((folder) => lossyNames(folder, basename(path))))
  return matches.flat()
}

async function lossyNames(folder: Buffer, text: string): Promise<readonly Buffer[]> {
  const names = await readdir(folder, { encoding: "buffer" }).catch(() => [])
  return names.filter((name) => name.toString("utf8") === text).map((name) => under(folder, name))
}

function under(folder: Buffer, name: Buffer): Buffer {
  return folder.toString() === "."
    ? name
    : Buffer.concat([folder, Buffer.from(folder.toString() === join(sep) ? "" : sep), name])
}
