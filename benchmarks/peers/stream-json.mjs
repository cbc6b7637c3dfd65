// stream-json's own way through an array of objects.
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { Writable } from "node:stream"
import streamArray from "stream-json/streamers/stream-array.js"

let count = 0
await pipeline(
  createReadStream(process.argv[2], { highWaterMark: 1 << 20 }),
  streamArray.withParserAsStream(),
  new Writable({
    objectMode: true,
    write({ value }, _encoding, done) {
      if (typeof value.id === "string") count += 1
      done()
    },
  }),
)
console.log(count)
