/** One line on the terminal that says how far a run is. */
import type { Progress } from "@callsift/core"
import { bytes, count, counted, duration } from "./quantity.ts"
import { bar, clip, fill, padEnd } from "./style.ts"

const BAR_WIDTH = 10
const HIDE_CURSOR = "\u001b[?25l"
const SHOW_CURSOR = "\u001b[?25h"
const CLEAR_LINE = "\r\u001b[2K"

/** What the line needs of a stream. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/** Shows the cursor again, which the line may have hidden. */
export function restoreTerminal(stream: Terminal): void {
  if (stream.isTTY === true) stream.write(SHOW_CURSOR)
}

/** Draws on a terminal; does nothing elsewhere, or where quiet is asked for. */
export class ProgressLine {
  readonly #stream: Terminal | null
  #isShown = false

  constructor(stream: Terminal, isQuiet: boolean) {
    this.#stream = stream.isTTY === true && !isQuiet ? stream : null
  }

  update(progress: Progress): void {
    if (this.#stream === null) return
    const text = progressText(progress, (this.#stream.columns ?? 80) - 1)
    this.#stream.write(`${this.#isShown ? "" : HIDE_CURSOR}${CLEAR_LINE}${text}`)
    this.#isShown = true
  }

  /** Leaves the terminal as it was. */
  clear(): void {
    if (this.#isShown) this.#stream?.write(`${CLEAR_LINE}${SHOW_CURSOR}`)
    this.#isShown = false
  }
}

/** Bytes, rate, time left, sessions, rejects; what does not fit is left out. Without a size there is no share and no time left. */
export function progressText(progress: Progress, columns: number): string {
  const { decodedBytes, totalBytes, inputsDone, inputCount, sessionCount, rejectCount, elapsedMs } = progress
  const rate = elapsedMs >= 1 ? (decodedBytes / elapsedMs) * 1000 : 0
  // Inflated bytes may pass the stored size, and then tell no share.
  const total = totalBytes === null || totalBytes === 0 || decodedBytes > totalBytes ? null : totalBytes
  const parts = [total === null ? bytes(decodedBytes) : doneOf(decodedBytes, total), `${bytes(Math.round(rate))}/s`]
  if (total !== null && rate > 0) parts.push(`${duration(Math.ceil((total - decodedBytes) / rate))} left`)
  parts.push(counted(sessionCount, "session"))
  if (rejectCount > 0) parts.push(`${count(rejectCount)} rejected`)
  if (inputCount > 1) parts.push(`${count(inputsDone)} of ${counted(inputCount, "input")}`)
  return clip(fill(parts, columns)[0] ?? "", columns)
}

function doneOf(doneBytes: number, totalBytes: number): string {
  return `${padEnd(bar(doneBytes / totalBytes, BAR_WIDTH), BAR_WIDTH)} ${bytes(doneBytes)} of ${bytes(totalBytes)}`
}
