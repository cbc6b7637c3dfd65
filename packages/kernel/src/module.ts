/** The compiled modules, read from beside this file once a thread. */
import { readFileSync } from "node:fs"

const compiled = new Map<string, WebAssembly.Module>()

/** A WebAssembly module of this package: the kernel's, the one that steps over elements, or that of figures. */
export function wasmModule(name: "kernel" | "skip" | "figures"): WebAssembly.Module {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const fresh = new WebAssembly.Module(readFileSync(new URL(`./${name}.wasm`, import.meta.url)))
  compiled.set(name, fresh)
  return fresh
}
