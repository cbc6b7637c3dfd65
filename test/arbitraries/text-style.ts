/** How the text of an export is written: white space, order of keys, line ends, encoding. Never changes what it says. */
import * as fc from "fast-check"
import type { Json } from "./json.ts"

/** One way to write text. */
export interface TextStyle {
  /** Blanks for each level; 0 for none, and then all of a document is one line. */
  readonly indent: number
  readonly keyOrder: "given" | "reversed" | "sorted"
  readonly lineEnd: "\n" | "\r\n"
  /** Whether the last line of NDJSON is ended. */
  readonly hasFinalLineEnd: boolean
  readonly encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be"
}

/** As Graph writes it. */
export const PLAIN_STYLE: TextStyle = {
  indent: 0,
  keyOrder: "given",
  lineEnd: "\n",
  hasFinalLineEnd: true,
  encoding: "utf-8",
}

/** Any style. */
export const textStyle: fc.Arbitrary<TextStyle> = fc.record({
  indent: fc.constantFrom(0, 1, 2, 4),
  keyOrder: fc.constantFrom("given", "reversed", "sorted"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  hasFinalLineEnd: fc.boolean(),
  encoding: fc.constantFrom("utf-8", "utf-8", "utf-8-bom", "utf-16le", "utf-16be"),
})

/** The value with the members of all objects in the style's order. */
export function inKeyOrder(value: Json, style: TextStyle): Json {
  if (style.keyOrder === "given" || value === null || typeof value !== "object") return value
  if (isList(value)) return value.map((item) => inKeyOrder(item, style))
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    name,
    inKeyOrder(member ?? null, style),
  ])
  return Object.fromEntries(style.keyOrder === "reversed" ? members.toReversed() : members.toSorted(byName))
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

const byName = ([a]: readonly [string, Json], [b]: readonly [string, Json]): number => (a < b ? -1 : Number(a > b))

/** The JSON of a value, indented by the style. */
export function printed(value: Json, { indent, lineEnd }: TextStyle): string {
  return JSON.stringify(value, null, indent).replaceAll("\n", lineEnd)
}

/** The bytes of a text in the style's encoding; UTF-16 always with a byte order mark. */
export function encoded(text: string, { encoding }: TextStyle): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8")
  if (encoding === "utf-8-bom") return Buffer.from(`\ufeff${text}`, "utf8")
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le")
  return encoding === "utf-16le" ? bytes : bytes.swap16()
}
