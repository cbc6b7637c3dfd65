/** JSON bytes → columns, in WebAssembly SIMD, by tables. Knows JSON and tables, no Graph. */
export { kernelModule } from "./module.ts"
