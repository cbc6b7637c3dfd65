/** A thread of `file-digests.ts`: answers each path, in the order they come, by the digest of the file. */
import { parentPort } from "node:worker_threads"
import { digestFile } from "./digest-file.ts"
import type { SystemPath } from "./stored-file.ts"

parentPort?.on("message", (path: SystemPath | Uint8Array) => {
  parentPort?.postMessage(digestFile(systemPathOf(path)))
})

/** On its way here a `Buffer` becomes a plain array. */
function systemPathOf(path: SystemPath | Uint8Array): SystemPath {
  return typeof path === "string" ? path : Buffer.from(path.buffer, path.byteOffset, path.length)
}
