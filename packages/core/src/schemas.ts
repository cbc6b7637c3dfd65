/** `@callsift/core/schemas`: what is read and written, as JSON Schema. Apart from the rest, for only this needs the schema library. */
export { sessionJsonSchema } from "./model/json-schema.ts"
export { findingJsonSchema, rejectJsonSchema, reportJsonSchema } from "./report/schema.ts"
