/** Synthetic exports of call records, for trying out, tests and benchmarks. */
export { generateExport } from "./generate-export.ts"
export { PROFILES, SHAPES } from "./options.ts"
export type { GenerateOptions, Profile, ShapeName } from "./options.ts"
export { LAYOUT_NAMES } from "./layout-names.ts"
export type { LayoutName } from "./layout-names.ts"
export type { Anomaly, AnomalyCode } from "./anomalies.ts"
