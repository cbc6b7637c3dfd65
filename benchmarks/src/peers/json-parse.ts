/** The least that any reader in JavaScript does: JSON.parse of every line, and nothing with it. `json-parse.js FILE` */
import { createReadStream } from "node:fs"

let rest: Buffer = Buffer.alloc(0)
let count = 0
for await (const chunk of createReadStream(process.argv[2] ?? "", {
  highWaterMark: 1 << 20,
}) as AsyncIterable<Buffer>) {
  const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const session = JSON.parse(bytes.toString("utf8", start, end)) as { readonly id?: unknown }
    if (typeof session.id === "string") count += 1
    start = end + 1
  }
  rest = bytes.subarray(start)
}
process.stdout.write(`${count}\n`)
