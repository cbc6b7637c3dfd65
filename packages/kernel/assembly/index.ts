// What the WebAssembly module exports.
export { version } from "./version"
