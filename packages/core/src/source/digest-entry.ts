/** A thread of `file-digests.ts`: answers each path, in the order they come, by the digest of the file. */
import { parentPort } from "node:worker_threads"
import { digestOf } from "./file-stamp.ts"
import type { SystemPath } from "./stored-file.ts"

let last: Promise<unknown> = Promise.resolve()

parentPort?.on("message", (path: SystemPath | Uint8Array) => {
  last = last.then(async () => parentPort?.postMessage(await digestOf(systemPathOf(path))))
})

/** On its way here a `Buffer` becomes a plain array. */
function systemPathOf(path: SystemPath | Uint8Array): SystemPath {
  return typeof path === "string" ? path : Buffer.from(path.buffer, path.byteOffset, path.length)
}
