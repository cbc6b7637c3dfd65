// The intervals that run at a moment, that which ends first in front: a binary heap of addresses of records.
import { endOf } from "./interval"

let heap: usize = 0
let size: u32 = 0

/** Begins with none. There is room for as many as may run at once at `at`. */
export function beginRunning(at: usize): void {
  heap = at
  size = 0
}

export function runningCount(): u32 {
  return size
}

/** One after the other, in no order. */
// @ts-ignore: decorator
@inline
export function runningAt(index: u32): usize {
  return load<u32>(heap + (<usize>index << 2))
}

// @ts-ignore: decorator
@inline
function put(index: u32, record: usize): void {
  store<u32>(heap + (<usize>index << 2), <u32>record)
}

export function addRunning(record: usize): void {
  const end = endOf(record)
  let at = size++
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = runningAt(parent)
    if (end >= endOf(above)) break
    put(at, above)
    at = parent
  }
  put(at, record)
}

/** Takes out the one that ends first. There is one. */
export function takeFirstRunning(): usize {
  const first = runningAt(0)
  size -= 1
  if (size > 0) sink(runningAt(size))
  return first
}

function sink(record: usize): void {
  const end = endOf(record)
  let at: u32 = 0
  for (let child: u32 = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && endOf(runningAt(child + 1)) < endOf(runningAt(child))) child += 1
    const below = runningAt(child)
    if (endOf(below) >= end) break
    put(at, below)
    at = child
  }
  put(at, record)
}
