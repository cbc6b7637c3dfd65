/**
 * What Piscina loads. It asks for its handler by `require`, and Node 20 aborts the whole process where a worker is
 * ended while it requires an ES module; an import that is waited for can be ended at any time.
 */
exports.default = import("./entry.ts").then(async (entry) => {
  await entry.prepare()
  return entry.default
})
