/** Values that keep to the model, made from the schema itself: whatever a type of the model allows may come. */
import * as fc from "fast-check"
import { printInstant } from "#core/model/instant.ts"
import type { Session } from "#core/model/session.ts"

type ObjectType = (typeof Session)["ast"]
/** A type of the model. */
export type Type = ObjectType["propertySignatures"][number]["type"]

export type Path = readonly (string | number)[]

const instantText = fc.bigInt({ min: 16_000_000_000_000_000n, max: 18_000_000_000_000_000n }).map(printInstant)
const UNSET = fc.constantFrom("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z")

/** By the words for what is expected; null: the type alone tells. */
const BY_EXPECTATION: ReadonlyMap<unknown, fc.Arbitrary<unknown>> = new Map<unknown, fc.Arbitrary<unknown>>([
  ["an instant such as 2026-01-01T00:00:00Z", instantText],
  ["a duration such as PT1.5S", fc.constantFrom("PT0S", "PT0.016S", "P1DT2H", "-PT1S", "00:00:00.0160000")],
  ["a string that is not empty", fc.string({ minLength: 1 })],
  ["a whole number of 32 bits", fc.integer()],
  [
    "a whole number of 64 bits, as a number or as decimal text",
    fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  ],
])

/** Any value of a type of the model. */
export function valueOf(ast: Type): fc.Arbitrary<unknown> {
  const special = BY_EXPECTATION.get(ast.annotations?.["expected"])
  if (special !== undefined) return special
  switch (ast["_tag"]) {
    case "Union":
      return fc.oneof(...ast.types.map(valueOf))
    case "Arrays":
      return fc.array(valueOf(ast.rest[0] as Type), { maxLength: 2 })
    case "Objects":
      return objectOf(ast)
    case "Null":
      return fc.constant(null)
    case "String":
      return fc.string({ maxLength: 5 })
    case "Number":
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case "Boolean":
      return fc.boolean()
    case "Literal":
      return fc.constant(ast.literal)
    default:
      throw new Error(`the model has no ${ast["_tag"]}`)
  }
}

function objectOf(ast: ObjectType): fc.Arbitrary<unknown> {
  const properties = ast.propertySignatures.map(
    ({ name, type }) => [String(name), valueOf(type), type.context?.isOptional !== true] as const,
  )
  const requiredKeys = properties.filter(([, , isRequired]) => isRequired).map(([name]) => name)
  return fc.record(Object.fromEntries(properties.map(([name, value]) => [name, value])), { requiredKeys })
}

/** Stands in wrong values, and must never be quoted. */
export const CANARY = "canary-7f3a"

/** Instants for "not set" are none where one is needed. */
export const unsetInstant = UNSET

/** The types at every path of the model: property names, and 0 for the elements of lists. */
export function typesByPath(ast: Type, path: Path = []): readonly { readonly path: Path; readonly ast: Type }[] {
  const own = { path, ast }
  if (ast["_tag"] === "Union")
    return [
      own,
      ...ast.types.flatMap((type) => typesByPath(type, path).filter((found) => found.path.length > path.length)),
    ]
  if (ast["_tag"] === "Arrays") return [own, ...ast.rest.flatMap((type) => typesByPath(type, [...path, 0]))]
  if (ast["_tag"] !== "Objects") return [own]
  return [own, ...ast.propertySignatures.flatMap(({ name, type }) => typesByPath(type, [...path, String(name)]))]
}

/** The kinds of JSON value that a type lets in. */
export function kindsOf(ast: Type): ReadonlySet<string> {
  if (ast["_tag"] === "Union") return new Set(ast.types.flatMap((type) => [...kindsOf(type)]))
  if (ast["_tag"] === "Literal") return new Set([typeof ast.literal])
  return new Set([
    { Arrays: "list", Objects: "object", Null: "null", String: "string", Number: "number", Boolean: "boolean" }[
      ast["_tag"] as string
    ] ?? "any",
  ])
}

const OF_KIND: Record<string, unknown> = {
  list: [CANARY],
  object: { [CANARY]: CANARY },
  null: null,
  string: CANARY,
  number: 0.5,
  boolean: true,
}

/** Values of the kinds that a type does not let in. */
export function wrongValuesOf(ast: Type): unknown[] {
  const kinds = kindsOf(ast)
  return kinds.has("any")
    ? []
    : Object.keys(OF_KIND)
        .filter((kind) => !kinds.has(kind))
        .map((kind) => OF_KIND[kind])
}

/** `root` with `value` at `path`; objects and lists that are missing on the way are made. */
export function withValueAt(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const below = typeof root === "object" && root !== null ? (root as Record<string | number, unknown>)[key] : undefined
  if (typeof key === "number") {
    const list = Array.isArray(root) ? [...(root as unknown[])] : []
    list[key] = withValueAt(below, rest, value)
    return list
  }
  return { ...(typeof root === "object" ? root : {}), [key]: withValueAt(below, rest, value) }
}
