/** Colours and widths of the terminal. */
import { styleText } from "node:util"
import stringWidth from "fast-string-width"

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan"

/** Paints text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

/** What colours and widths depend on. */
export interface Painted {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Paints only where colour is wanted: on a terminal that has not said otherwise (https://no-color.org). */
export function paintFor(stream: Painted, wantsColor: boolean): Paint {
  const isOn = wantsColor && environmentWantsColor(stream)
  return isOn ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text
}

function environmentWantsColor({ isTTY }: Painted): boolean {
  const { NO_COLOR = "", FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== "") return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
  return isTTY === true && TERM !== "dumb"
}

/** How text is laid out on a stream. */
export interface TextLayout {
  readonly paint: Paint
  /** Columns that may be used. */
  readonly width: number
}

const MIN_WIDTH = 60
const MAX_WIDTH = 100

/** The layout for a stream: as wide as its terminal, within reason; elsewhere as wide as is good to read. */
export function layoutFor(stream: Painted, wantsColor: boolean): TextLayout {
  const columns = stream.isTTY === true ? (stream.columns ?? MAX_WIDTH) : MAX_WIDTH
  return { paint: paintFor(stream, wantsColor), width: Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH)) }
}

/** How many columns a text takes on a terminal. */
export function columnsOf(text: string): number {
  return stringWidth(text)
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - stringWidth(text))) + text
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)))
}

// Paint is made of control characters.
// oxlint-disable-next-line no-control-regex
const PAINT = /(\u001b\[[\d;]*m)/

/** At most `width` columns, with an ellipsis where something was cut. Paint is kept, and takes no column. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let columnsLeft = width - 1
  let clipped = ""
  for (const part of text.split(PAINT)) {
    if (PAINT.test(part)) clipped += part
    else if (columnsLeft >= 0) {
      const { start, columns } = startOf(part, columnsLeft)
      clipped += start === part ? part : `${start}…`
      columnsLeft = start === part ? columnsLeft - columns : -1
    }
  }
  return clipped
}

/** As much of the text as fits. */
function startOf(text: string, width: number): { start: string; columns: number } {
  let [start, columns] = ["", 0]
  for (const character of text) {
    const characterColumns = stringWidth(character)
    if (columns + characterColumns > width) break
    start += character
    columns += characterColumns
  }
  return { start, columns }
}

/** Lines of parts with ` · ` between them, as many to a line as fit. */
export function fill(parts: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = last === undefined ? part : `${last} · ${part}`
    if (last !== undefined && columnsOf(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

/** A bar of up to `width` columns for a share from 0 to 1; what is not nothing shows at least a sliver. */
export function bar(share: number, width: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(Math.min(share, 1) * width * 8))
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "")
}

const HEIGHTS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

/** One column a value, as high as its share of the greatest; a blank for nothing. */
export function profile(values: readonly number[]): string {
  const most = Math.max(...values)
  return values.map((value) => (value <= 0 ? " " : HEIGHTS[Math.ceil((value / most) * 8) - 1])).join("")
}
