/** The compiled module, read from beside this file once a thread. */
import { readFileSync } from "node:fs"

let compiled: WebAssembly.Module | null = null

/** The kernel's WebAssembly module. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("./kernel.wasm", import.meta.url)))
  return compiled
}
