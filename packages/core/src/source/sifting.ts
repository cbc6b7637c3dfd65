/** What is data among the files of a folder or the entries of an archive. */
import { ByteReader } from "./byte-reader.ts"
import { GUNZIP_HERE } from "./gunzipping.ts"
import { containerOf, MAGIC_BYTES } from "./magic.ts"
import { inflate, limited } from "./plain-input.ts"

const CLUTTER = /(?:^|\/)(?:__MACOSX\/[^]*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i

/** Files that systems leave behind, whatever their names look like. `name` is relative to the folder or archive. */
export function isClutter(name: string): boolean {
  return CLUTTER.test(name)
}

/** Whether the name says that it is data: such a file is read, or is an input with an error. */
export function isDataName(name: string): boolean {
  return /\.(?:json|jsonl|ndjson|zip|zst|zstd|gz|gzip)$/i.test(name)
}

/** How much of a text is looked at to see whether it is JSON. */
export const TEXT_HEAD_BYTES = 4096

/**
 * Whether a text that begins with `head` may be JSON: white space, then a bracket and what may follow it. Byte order
 * marks and the NUL bytes of UTF-16 are passed over. One that is white space as far as is seen may be.
 */
export function looksLikeJson(head: Uint8Array): boolean {
  const text = Buffer.from(head.filter((byte) => !MARKS.has(byte)))
    .toString("latin1")
    .trimStart()
  if (text === "") return head.length >= TEXT_HEAD_BYTES
  return /^(?:\{\s*(?:["}]|$)|\[\s*(?:[[\]{"\d-]|true|false|null|$))/.test(text)
}

const MARKS: ReadonlySet<number> = new Set([0, 0xef, 0xbb, 0xbf, 0xff, 0xfe])

/** Whether stored bytes that begin with `head` are JSON, plain or compressed, or an archive, which may hold some. */
export async function holdsJson(head: Uint8Array): Promise<boolean> {
  const compression = containerOf(head.subarray(0, MAGIC_BYTES))
  if (compression === "zip") return true
  if (compression === "none") return looksLikeJson(head.subarray(0, TEXT_HEAD_BYTES))
  const inflated = limited(inflate(new ByteReader(only(head)), compression, GUNZIP_HERE), { maxInflatedBytes: null })
  // The head breaks off somewhere; what comes before is what is looked at.
  const text = await inflated.peek(TEXT_HEAD_BYTES).catch(() => new Uint8Array(0))
  await inflated.close()
  return looksLikeJson(text)
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Reasons for skipping. */
export const NO_DATA = "no data by its name, and no JSON by its content"
export const CLUTTER_REASON = "a file that the system leaves behind"
