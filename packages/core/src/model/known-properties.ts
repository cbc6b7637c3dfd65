/**
 * The names that the model knows, as a tree read from the schema: what tells an unknown property, and the spelling of
 * one that is written in PascalCase.
 */
import type * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import { Session } from "./session.ts"

/** An object of the model, or a list of such (the list's node is its elements'). */
export interface KnownProperties {
  /** Property name → the object or list it holds; null for a plain value. */
  readonly properties: ReadonlyMap<string, KnownProperties | null>
  /** Whether its keys are data, not properties. */
  readonly isDictionary: boolean
  readonly isList: boolean
  /** PascalCase spelling → property name. */
  readonly pascalCase: ReadonlyMap<string, string>
}

/** The tree of the session. */
export const SESSION_PROPERTIES: KnownProperties = nodeOf(Session) ?? fail("the session is no object")

function nodeOf(schema: Schema.Top): KnownProperties | null {
  return nodeOfAst(schema.ast, new Map())
}

function nodeOfAst(ast: SchemaAST.AST, known: Map<SchemaAST.AST, KnownProperties>): KnownProperties | null {
  if (ast._tag === "Union") return ast.types.map((type) => nodeOfAst(type, known)).find((node) => node !== null) ?? null
  if (ast._tag === "Arrays") {
    const element = ast.rest[0] === undefined ? null : nodeOfAst(ast.rest[0], known)
    return element === null ? null : { ...element, isList: true }
  }
  return ast._tag === "Objects" ? objectNode(ast, known) : null
}

function objectNode(ast: SchemaAST.Objects, known: Map<SchemaAST.AST, KnownProperties>): KnownProperties {
  const seen = known.get(ast)
  if (seen !== undefined) return seen
  const properties = new Map(ast.propertySignatures.map(({ name, type }) => [String(name), nodeOfAst(type, known)] as const))
  const pascalCase = new Map([...properties.keys()].map((name) => [pascal(name), name] as const))
  const node = { properties, pascalCase, isDictionary: ast.indexSignatures.length > 0, isList: false }
  known.set(ast, node)
  return node
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Whether a key is OData control information or an annotation: `@odata.type`, `segments@odata.context`, `@nextLink`. */
export function isControlInformation(key: string): boolean {
  return key.includes("@")
}

/** What a walk over a parsed session found. */
export interface PropertyWalk {
  /** Members of all objects at all depths. */
  readonly memberCount: number
  /** JSON Pointers (RFC 6901) of the properties that the model does not know, list indices as `*`, each once; null: none. */
  readonly unknown: ReadonlySet<string> | null
}

/** Walks over a parsed value, whose depth must be bounded. */
export function walkProperties(value: unknown, node: KnownProperties): PropertyWalk {
  const walk: Walk = { unknown: null, path: [] }
  const memberCount = walkKnown(value, node, walk)
  return { memberCount, unknown: walk.unknown }
}

interface Walk {
  unknown: Set<string> | null
  readonly path: string[]
}

function walkKnown(value: unknown, node: KnownProperties, walk: Walk): number {
  if (typeof value !== "object" || value === null) return 0
  if (Array.isArray(value)) {
    if (!node.isList) return countMembers(value)
    return walkList(value, node, walk)
  }
  if (node.isDictionary) return countMembers(value)
  let memberCount = 0
  for (const key in value) {
    memberCount += 1
    const member: unknown = (value as Record<string, unknown>)[key]
    const child = node.properties.get(key)
    if (child === undefined) {
      if (!isControlInformation(key)) addUnknown(walk, key)
      memberCount += countMembers(member)
    } else if (member !== null && typeof member === "object") {
      if (child === null) memberCount += countMembers(member)
      else {
        walk.path.push(key)
        memberCount += walkKnown(member, child, walk)
        walk.path.pop()
      }
    }
  }
  return memberCount
}

function walkList(list: readonly unknown[], node: KnownProperties, walk: Walk): number {
  const element = { ...node, isList: false }
  let memberCount = 0
  walk.path.push("*")
  for (const value of list) memberCount += walkKnown(value, element, walk)
  walk.path.pop()
  return memberCount
}

function addUnknown(walk: Walk, key: string): void {
  walk.unknown ??= new Set()
  walk.unknown.add(`/${[...walk.path, key].map(escapePointer).join("/")}`)
}

/** Members at all depths of a value that the model says nothing about. */
export function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  let memberCount = 0
  if (Array.isArray(value)) for (const element of value) memberCount += countMembers(element)
  else for (const key in value) memberCount += 1 + countMembers((value as Record<string, unknown>)[key])
  return memberCount
}

/** One reference token of a JSON Pointer (RFC 6901, section 3). */
export function escapePointer(token: string | number): string {
  return String(token).replaceAll("~", "~0").replaceAll("/", "~1")
}

/** A JSON Pointer from its parts. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((token) => `/${escapePointer(token)}`).join("")
}

function fail(message: string): never {
  throw new Error(message)
}
