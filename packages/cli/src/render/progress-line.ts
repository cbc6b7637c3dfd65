/** One line on the terminal that says how far a run is. */
import type { Progress } from "@callsift/core"
import { bytes, count, duration } from "./quantity.ts"
import { bar, clip, padEnd } from "./style.ts"

const BAR_WIDTH = 20
const HIDE_CURSOR = "\u001b[?25l"
const SHOW_CURSOR = "\u001b[?25h"
const CLEAR_LINE = "\r\u001b[2K"

interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
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
    const text = clip(progressText(progress), (this.#stream.columns ?? 80) - 1)
    this.#stream.write(`${this.#isShown ? "" : HIDE_CURSOR}${CLEAR_LINE}${text}`)
    this.#isShown = true
  }

  /** Leaves the terminal as it was. */
  clear(): void {
    if (this.#isShown) this.#stream?.write(`${CLEAR_LINE}${SHOW_CURSOR}`)
    this.#isShown = false
  }
}

/** Bytes, rate, time left, sessions, rejects. Without a size there is no share and no time left. */
export function progressText(progress: Progress): string {
  const { decodedBytes, totalBytes, inputsDone, inputCount, sessionCount, rejectCount, elapsedMs } = progress
  const seconds = elapsedMs / 1000
  const rate = seconds > 0 ? decodedBytes / seconds : 0
  // Inflated bytes may pass the stored size, and then tell no share.
  const share = totalBytes === null || totalBytes === 0 || decodedBytes > totalBytes ? null : decodedBytes / totalBytes
  const left =
    share === null || rate === 0 || totalBytes === null
      ? ""
      : ` · ${duration(Math.ceil((totalBytes - decodedBytes) / rate))} left`
  const done =
    share === null
      ? bytes(decodedBytes)
      : `${padEnd(bar(share, BAR_WIDTH), BAR_WIDTH)} ${bytes(decodedBytes)} of ${bytes(totalBytes ?? 0)}`
  const inputs = inputCount > 1 ? ` · ${count(inputsDone)} of ${count(inputCount)} inputs` : ""
  const rejects = rejectCount > 0 ? ` · ${count(rejectCount)} rejected` : ""
  return `${done} · ${bytes(rate)}/s${left}${inputs} · ${count(sessionCount)} sessions${rejects}`
}
