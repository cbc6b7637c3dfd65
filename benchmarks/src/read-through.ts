/** Reads a file once, so that the system has it in memory. */
import { closeSync, openSync, readSync } from "node:fs"

/** Reads it all; an empty name is no file. */
export function readThrough(path: string): void {
  if (path === "") return
  const buffer = Buffer.allocUnsafeSlow(1 << 22)
  const file = openSync(path, "r")
  try {
    while (readSync(file, buffer) > 0) continue
  } finally {
    closeSync(file)
  }
}
