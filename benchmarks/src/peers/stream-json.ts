/** stream-json's own way through an array of objects. `stream-json.js FILE` */
import { createReadStream } from "node:fs"
import { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import streamArray from "stream-json/streamers/stream-array.js"

let count = 0
await pipeline(
  createReadStream(process.argv[2] ?? "", { highWaterMark: 1 << 20 }),
  streamArray.withParserAsStream(),
  new Writable({
    objectMode: true,
    write({ value }: { readonly value: { readonly id?: unknown } }, _encoding, done) {
      if (typeof value.id === "string") count += 1
      done()
    },
  }),
)
process.stdout.write(`${count}\n`)
