/** What is data among the files of a folder or an archive, and what is not worth a word. */

const CLUTTER = /(?:^|\/)(?:__MACOSX\/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/

/** Files that systems leave behind, whatever their names look like. */
export function isClutter(name: string): boolean {
  return CLUTTER.test(name)
}

/** Whether the name says that it is data: such a file is read, or is an input with an error. */
export function isDataName(name: string): boolean {
  return /\.(?:json|jsonl|ndjson|zip|zst|zstd|gz|gzip)$/i.test(name)
}

/** Whether the first bytes behind white space, NUL bytes and a byte order mark begin a JSON object or list. */
export function looksLikeJson(head: Uint8Array): boolean {
  const first = head.find((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0, 0xef, 0xbb, 0xbf, 0xff, 0xfe].includes(byte))
  return first === 0x7b || first === 0x5b
}

export const NO_DATA = "no data by its name, and no JSON by its content"
export const CLUTTER_REASON = "a file that the system leaves behind"
