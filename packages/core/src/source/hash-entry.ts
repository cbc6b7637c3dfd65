/** The thread of `hash-thread.ts`: answers each message in the order they come. */
import { createHash } from "node:crypto"
import { parentPort } from "node:worker_threads"

/** A new digest begins; bytes of it, in shared memory; or it ends, which is answered by the digest. */
export type HashMessage = "begin" | Uint8Array | "end"

let hash = createHash("sha256")

parentPort?.on("message", (message: HashMessage) => {
  parentPort?.postMessage(answerTo(message))
})

function answerTo(message: HashMessage): string | null {
  if (message === "end") return hash.digest("hex")
  if (message === "begin") hash = createHash("sha256")
  else hash.update(message)
  return null
}
