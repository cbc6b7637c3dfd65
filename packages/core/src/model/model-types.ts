/**
 * The types of the model as plain data, read from the schema: what a program needs that checks types without Effect.
 * `model-types.generated.ts` keeps the outcome, so that it can be had without loading Effect.
 */
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { CallRecord } from "./call-record.ts"
import { Session } from "./session.ts"

/**
 * By identifier of the type, by property: `text`, `member`, `flag`, `int32`, `int64`, `float`, `instant`, `duration`,
 * `dictionary` (an object whose keys are data), the identifier of a type, or one of these in brackets: a list. An
 * exclamation mark behind it: it must be there, and not null.
 */
export type ModelTypes = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The types of session and callRecord, and all that they refer to. */
export function deriveModelTypes(): ModelTypes {
  const types = new Map<string, Record<string, string>>()
  for (const schema of [Session, CallRecord]) nameOf(schema.ast, types)
  return Object.fromEntries(types)
}

/** The words for what belongs there → the name here. */
const PLAIN_TYPES: ReadonlyMap<unknown, string> = new Map([
  ["a string", "text"],
  ["a string that is not empty", "text"],
  ["true or false", "flag"],
  ["a whole number of 32 bits", "int32"],
  ["a whole number of 64 bits, as a number or as decimal text", "int64"],
  ['a number, "NaN", "INF" or "-INF"', "float"],
  ["an instant such as 2026-01-01T00:00:00Z", "instant"],
  ["a duration such as PT1.5S", "duration"],
])

function nameOf(ast: SchemaAST.AST, types: Map<string, Record<string, string>>): string {
  const plain = PLAIN_TYPES.get(ast.annotations?.["expected"])
  if (plain !== undefined) return ast.annotations?.["examples"] === undefined ? plain : "member"
  if (SchemaAST.isUnion(ast)) {
    const inner = ast.types.find((type) => !SchemaAST.isNull(type))
    if (inner === undefined || ast.types.length !== 2) throw new TypeError("a union of the model has no name here")
    return nameOf(inner, types)
  }
  if (SchemaAST.isArrays(ast) && ast.rest[0] !== undefined) return `[${nameOf(ast.rest[0], types)}]`
  if (SchemaAST.isObjects(ast)) return ast.propertySignatures.length === 0 ? "dictionary" : objectName(ast, types)
  throw new TypeError("a type of the model has no name here")
}

function objectName(ast: SchemaAST.Objects, types: Map<string, Record<string, string>>): string {
  const identifier = String(ast.annotations?.["identifier"])
  if (types.has(identifier)) return identifier
  const properties: Record<string, string> = {}
  types.set(identifier, properties)
  for (const { name, type } of ast.propertySignatures) {
    properties[String(name)] = `${nameOf(type, types)}${isRequired(type) ? "!" : ""}`
  }
  return identifier
}

/** Only what may be null may be absent. */
function isRequired(type: Schema.Schema<unknown>["ast"]): boolean {
  return !SchemaAST.isUnion(type) || !type.types.some(SchemaAST.isNull)
}
