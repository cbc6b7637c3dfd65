/** The session's JSON Schema (draft 2020-12), as Effect derives it from the model. */
import * as Schema from "effect/Schema"
import { Session } from "./session.ts"

/** A JSON Schema document for one session. */
export function sessionJsonSchema(): object {
  return jsonSchemaDocument(Session, "A session of a Microsoft Teams call record")
}

/** The JSON Schema document of any schema. */
export function jsonSchemaDocument(schema: Schema.Top, title: string): object {
  const { schema: root, definitions } = Schema.toJsonSchemaDocument(schema)
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title, ...root, $defs: definitions }
}
