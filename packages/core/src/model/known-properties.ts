/**
 * The names that the model knows, as a tree, and walks over parsed values along it: what tells an
 * unknown property, and the spelling of one that is written in PascalCase.
 *
 * Keys are looked up in maps, and values only read: a key such as `__proto__` is a key like any other.
 */
import { MODEL_TYPES } from "./model-types.generated.ts"
import { pointerOf } from "./pointer.ts"

/** An object of the model, or a list of such (the list's node is its elements'). */
export interface KnownProperties {
  /** Property name → the object or list of objects it holds; null for a plain value or a list of such. */
  readonly properties: ReadonlyMap<string, KnownProperties | null>
  /** Whether its keys are data, not properties: a `feedbackTokenSet`. */
  readonly isDictionary: boolean
  readonly isList: boolean
  /** The spelling of PowerShell's modules → the property's name. */
  readonly pascalCase: ReadonlyMap<string, string>
}

/** The tree of the session. */
export const SESSION_PROPERTIES: KnownProperties = rootOf("session")
/** The tree of the callRecord, with its sessions'. */
export const CALL_RECORD_PROPERTIES: KnownProperties = rootOf("callRecord")

function rootOf(type: string): KnownProperties {
  const root = nodeOf(type, new Map())
  if (root === null) throw new TypeError(`${type} is no object of the model`)
  return root
}

/** The node of a type as `ModelTypes` writes it; null for a plain one. Types that occur several times share theirs. */
function nodeOf(type: string, known: Map<string, KnownProperties>): KnownProperties | null {
  if (type.startsWith("[")) {
    const element = nodeOf(type.slice(1, -1), known)
    return element === null ? null : { ...element, isList: true }
  }
  const properties = type === "dictionary" ? {} : MODEL_TYPES[type]
  if (properties === undefined) return null
  const node = known.get(type) ?? objectNode(properties, known)
  known.set(type, node)
  return node
}

function objectNode(types: Readonly<Record<string, string>>, known: Map<string, KnownProperties>): KnownProperties {
  const properties = new Map(
    Object.entries(types).map(([name, type]) => [name, nodeOf(type.replace("!", ""), known)] as const),
  )
  const pascalCase = new Map(
    [...properties.keys()].flatMap((name) => pascalSpellings(name).map((spelling) => [spelling, name] as const)),
  )
  return { properties, pascalCase, isDictionary: properties.size === 0, isList: false }
}

/**
 * A name in PascalCase, and as the Graph PowerShell modules spell it where that differs: without the underscore
 * (`OrganizerV2`), an abbreviation of two letters in capitals (`IPAddress`), a longer run of capitals as words
 * (`AzureAdAppId`).
 */
export function pascalSpellings(name: string): readonly string[] {
  const plain = name.charAt(0).toUpperCase() + name.slice(1)
  const joined = plain.replace(/_([a-z])/, (_, letter: string) => letter.toUpperCase())
  return [plain, joined, joined.replace(/^Ip(?=[A-Z])/, "IP"), joined.replace(/AD(?=[A-Z])/, "Ad")]
}

/** Whether a key is OData control information or an annotation: `@odata.type`, `segments@odata.context`, `@nextLink`. */
export function isControlInformation(key: string): boolean {
  return key.includes("@")
}

/** What a walk over a parsed value found. */
export interface PropertyWalk {
  /** Members of all objects at all depths, unknown ones and their insides included. */
  readonly memberCount: number
  /**
   * JSON Pointers (RFC 6901) of the properties that the model does not know, list indices as `*`, each once, in the
   * order met; null: none. What stands inside of an unknown property has no pointer of its own.
   */
  readonly unknown: ReadonlySet<string> | null
}

/** Walks over a parsed value, whose depth must be bounded by the caller. */
export function walkProperties(value: unknown, node: KnownProperties): PropertyWalk {
  const walk: Walk = { unknown: null, path: [] }
  const memberCount = isContainer(value) ? walkKnown(value, node, walk) : 0
  return { memberCount, unknown: walk.unknown }
}

interface Walk {
  unknown: Set<string> | null
  /** Keys from the root to the object that is walked. */
  readonly path: string[]
}

type Container = readonly unknown[] | { readonly [key: string]: unknown }

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null
}

/** Whether a container is a list; `Array.isArray` narrows no readonly one. */
function isListed(value: Container): value is readonly unknown[] {
  return Array.isArray(value)
}

/** A container where the model has an object or a list. One that is there in place of the other is no more than counted. */
function walkKnown(value: Container, node: KnownProperties, walk: Walk): number {
  if (isListed(value) !== node.isList || node.isDictionary) return countMembers(value)
  return isListed(value) ? walkList(value, node, walk) : walkObject(value, node, walk)
}

function walkList(list: readonly unknown[], node: KnownProperties, walk: Walk): number {
  let memberCount = 0
  walk.path.push("*")
  for (const element of list) {
    if (isContainer(element)) memberCount += isListed(element) ? countMembers(element) : walkObject(element, node, walk)
  }
  walk.path.pop()
  return memberCount
}

function walkObject(object: { readonly [key: string]: unknown }, node: KnownProperties, walk: Walk): number {
  let memberCount = 0
  // A parsed object has no enumerable keys but its own.
  for (const key in object) {
    memberCount += 1
    const value = object[key]
    const child = node.properties.get(key)
    if (child === undefined && !isControlInformation(key)) addUnknown(walk, key)
    if (isContainer(value)) memberCount += child ? walkMember(value, key, child, walk) : countMembers(value)
  }
  return memberCount
}

function walkMember(value: Container, key: string, node: KnownProperties, walk: Walk): number {
  walk.path.push(key)
  const memberCount = walkKnown(value, node, walk)
  walk.path.pop()
  return memberCount
}

function addUnknown(walk: Walk, key: string): void {
  walk.unknown ??= new Set()
  walk.unknown.add(pointerOf([...walk.path, key]))
}

/** Members of all objects in a parsed value, at all depths: as many as its text has colons outside strings unless keys are repeated. */
export function countMembers(value: unknown): number {
  if (!isContainer(value)) return 0
  let memberCount = 0
  if (isListed(value)) for (const element of value) memberCount += countMembers(element)
  else for (const key in value) memberCount += 1 + countMembers(value[key])
  return memberCount
}
