/** A worker's entry that misbehaves where the bytes of a block hold a marker, and else decodes. */
const { Buffer } = require("node:buffer")

// Piscina asks compiled modules only for their default export.
Object.defineProperty(exports, "__esModule", { value: true })

exports.default = import(require.resolve("@callsift/core").replace(/index\.js$/, "worker/entry.js")).then(
  ({ default: decode }) =>
    (task) => {
      const { items, bytes } = task.block
      // A block of one item still has the bytes of the whole block.
      const [, , , at = 0, kept = bytes.length] = items === null || items.itemCount > 1 ? [] : items.fields
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, kept).toString("latin1")
      if (text.includes("marker-throw")) throw new Error("thrown on purpose")
      if (text.includes("marker-exit")) process.exit(1)
      if (text.includes("marker-loop")) for (;;) continue
      if (text.includes("marker-memory")) for (const hoard = []; ;) hoard.push(Array.from({ length: 1e6 }, () => ({})))
      return decode(task)
    },
)
