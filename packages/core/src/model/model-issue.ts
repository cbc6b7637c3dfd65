/** Where a value departs from the model, as plain data in our own words: nothing of the value itself is in it. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"
import { decodeUnknownResult } from "effect/SchemaParser"

/** One departure from the model. */
export interface ModelIssue {
  /** From the value to the fault: property names of the model and list indices. */
  readonly path: readonly (string | number)[]
  /** What belongs there, as in "expected …". */
  readonly expected: string
}

/**
 * A function that gives the departures of a value from `schema`, in the order of its properties, depth first: all of
 * them, or the first alone, which costs no more than the value is large however many there are.
 */
export function issuesFinder(
  schema: Schema.ConstraintDecoder<unknown>,
  errors: "all" | "first" = "all",
): (value: unknown) => readonly ModelIssue[] {
  const decode = decodeUnknownResult(schema, { errors })
  return (value) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return []
    return faults(result.failure, []).map((path) => ({ path, expected: expectedAt(schema.ast, path) }))
  }
}

type Path = ModelIssue["path"]

/** The paths of the leaves of a tree of issues. */
function faults(issue: SchemaIssue.Issue, above: Path): readonly Path[] {
  const path = "path" in issue ? [...above, ...issue.path.map(token)] : above
  const inner = "issues" in issue ? issue.issues : "issue" in issue ? [issue.issue] : []
  const below = inner.flatMap((child) => faults(child, path))
  // Of the members of a union, one of the right kind tells what is wrong inside; the others only that it is not theirs.
  const telling =
    "issues" in issue && SchemaAST.isUnion(issue.ast) ? below.filter((found) => found.length > path.length) : below
  return telling.length > 0 ? telling : [path]
}

function token(key: PropertyKey): string | number {
  return typeof key === "number" ? key : String(key)
}

/** The words for what belongs at a path of the model. */
function expectedAt(root: SchemaAST.AST, path: Path): string {
  let types: readonly SchemaAST.AST[] = [root]
  for (const key of path) types = types.flatMap((type) => memberTypes(type, key))
  return types.map(expectedOf).find((expected) => expected !== null) ?? "another value"
}

function memberTypes(type: SchemaAST.AST, key: string | number): readonly SchemaAST.AST[] {
  if (SchemaAST.isUnion(type)) return type.types.flatMap((member) => memberTypes(member, key))
  if (SchemaAST.isArrays(type)) return type.rest
  return SchemaAST.isObjects(type)
    ? type.propertySignatures.filter(({ name }) => name === key).map((property) => property.type)
    : []
}

/** The annotation `expected` of a type, or of the first member of a union that has one. */
function expectedOf(type: SchemaAST.AST): string | null {
  const expected = type.annotations?.["expected"]
  if (typeof expected === "string") return expected
  return SchemaAST.isUnion(type) ? (type.types.map(expectedOf).find((found) => found !== null) ?? null) : null
}
