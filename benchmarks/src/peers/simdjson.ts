/** Compiles the C++ peer where a compiler and simdjson's headers are there (Debian: `libsimdjson-dev`). */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { BENCHMARKS, DATA } from "../places.ts"

const SOURCE = join(BENCHMARKS, "native/simdjson-peer.cpp")
const PROGRAM = join(DATA, "simdjson-peer")

/** The compiled peer, or null where it cannot be made here. No `-pthread`: simdjson then keeps to one core. */
export function simdjsonProgram(): string | null {
  if (existsSync(PROGRAM) && statSync(PROGRAM).mtimeMs > statSync(SOURCE).mtimeMs) return PROGRAM
  mkdirSync(DATA, { recursive: true })
  const { status } = spawnSync("c++", ["-O3", "-std=c++17", SOURCE, "-lsimdjson", "-o", PROGRAM], { stdio: "ignore" })
  return status === 0 ? PROGRAM : null
}
