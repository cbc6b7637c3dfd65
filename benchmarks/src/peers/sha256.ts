/** SHA-256 of a file and nothing else, as fast as Node does it: large reads into one buffer. `sha256.js FILE` */
import { createHash } from "node:crypto"
import { closeSync, openSync, readSync } from "node:fs"

const buffer = Buffer.allocUnsafeSlow(1 << 20)
const hash = createHash("sha256")
const file = openSync(process.argv[2] ?? "", "r")
for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
  hash.update(buffer.subarray(0, length))
}
closeSync(file)
process.stdout.write(`${hash.digest("hex")}\n`)
