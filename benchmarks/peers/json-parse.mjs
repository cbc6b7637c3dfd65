// The least that any reader in JavaScript does: JSON.parse of every line, and nothing with it.
import { createReadStream } from "node:fs"

let rest = Buffer.alloc(0)
let count = 0
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1 << 20 })) {
  const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (typeof JSON.parse(bytes.toString("utf8", start, end)).id === "string") count += 1
    start = end + 1
  }
  rest = bytes.subarray(start)
}
console.log(count)
