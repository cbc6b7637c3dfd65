/**
 * Paths as they are reported. A path is bytes to the system; what is no UTF-8 in it, and control characters such as line
 * breaks, are written `\xNN`, a byte each, and so is a backslash that would read like that. Every path has a text of its own.
 */
import { sep } from "node:path"

/** The text of a path, with `/` between its parts. */
export function pathText(path: Buffer): string {
  const text = path.toString("utf8")
  const isPlain = !UNPLAIN.test(text) && Buffer.from(text).equals(path)
  return withSlashes(isPlain ? text : escapedText(path))
}

/** The path that has this text. */
export function pathBytes(text: string): Buffer {
  const parts = text.split(/\\x([0-9a-f]{2})/)
  return Buffer.concat(parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part, "hex") : Buffer.from(part))))
}

function withSlashes(text: string): string {
  return sep === "\\" ? text.replace(/\\(?!x[0-9a-f]{2})/g, "/") : text
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPLAIN = /[\0-\x1f\x7f-\x9f]|\\x[0-9a-f]{2}/
// oxlint-disable-next-line no-control-regex -- as above
const CONTROL = /^[\0-\x1f\x7f-\x9f]/

function escapedText(path: Buffer): string {
  let text = ""
  for (let at = 0; at < path.length;) {
    const character = characterAt(path, at)
    const isEscape = /^\\x[0-9a-f]{2}/.test(path.toString("latin1", at, at + 4))
    if (character === null || CONTROL.test(character) || isEscape) {
      text += `\\x${path.toString("hex", at, at + 1)}`
      at += 1
    } else {
      text += character
      at += Buffer.byteLength(character)
    }
  }
  return text
}

/** The character whose UTF-8 begins at `at`, or null where none does. */
function characterAt(bytes: Buffer, at: number): string | null {
  const first = bytes[at] ?? 0
  const byteCount = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const encoded = bytes.subarray(at, at + byteCount)
  const text = encoded.toString("utf8")
  return Buffer.from(text).equals(encoded) ? text : null
}
