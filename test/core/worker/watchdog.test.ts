import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { Watchdog } from "#core/worker/watchdog.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Something that is waited for until it is let come. */
function awaited(watchdog: Watchdog): () => Promise<void> {
  let come = (): void => {}
  const watched = watchdog.watch(new Promise<void>((resolve) => (come = resolve)))
  return () => {
    come()
    return watched
  }
}

it("notices only that nothing came for so long, where something is waited for", async () => {
  const onTimeout = vi.fn<() => void>()
  const watchdog = new Watchdog(100, onTimeout)
  const first = awaited(watchdog)
  const second = awaited(watchdog)
  vi.advanceTimersByTime(90)
  await first()
  vi.advanceTimersByTime(90)
  await second()
  vi.advanceTimersByTime(1000)
  expect(onTimeout).not.toHaveBeenCalled()
  const third = awaited(watchdog)
  vi.advanceTimersByTime(99)
  expect(onTimeout).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onTimeout).toHaveBeenCalledOnce()
  await expect(third()).rejects.toThrow("nothing came for 100 ms")
})

it("gives what is waited for, or its failure", async () => {
  const watchdog = new Watchdog(100, () => {})
  await expect(watchdog.watch(Promise.resolve(7))).resolves.toBe(7)
  await expect(watchdog.watch(Promise.reject(new Error("on purpose")))).rejects.toThrow("on purpose")
})

it("notices nothing after it was closed", () => {
  const onTimeout = vi.fn<() => void>()
  const watchdog = new Watchdog(100, onTimeout)
  void awaited(watchdog)
  watchdog.close()
  vi.advanceTimersByTime(1000)
  expect(onTimeout).not.toHaveBeenCalled()
})
