/** Colours and widths of the terminal. */
import { styleText } from "node:util"
import stringWidth from "string-width"

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan"

/** Paints text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

/** Paints only where colour is wanted: on a terminal that has not said otherwise (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, wantsColor: boolean): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0"
  const isOn = wantsColor && (NO_COLOR ?? "") === "" && (isForced || (stream.isTTY === true && TERM !== "dumb"))
  return isOn ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - stringWidth(text))) + text
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)))
}

/** At most `width` columns, with an ellipsis where something was cut. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let clipped = ""
  for (const character of text) {
    if (stringWidth(clipped + character) > width - 1) break
    clipped += character
  }
  return `${clipped}…`
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

/** A bar of up to `width` columns for a share from 0 to 1; what is not nothing shows at least a sliver. */
export function bar(share: number, width: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(Math.min(share, 1) * width * 8))
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "")
}
