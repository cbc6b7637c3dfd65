/**
 * PowerShell's marks on a session, undone: names in PascalCase, properties in an `AdditionalProperties` bag, lists in a
 * `{"value":[…],"Count":n}` wrapper, dates in a `DisplayHint` object, one-element lists written as their element, lists
 * of words written as one text. The result has the form that Graph writes; what cannot be told is left as it is.
 */
import { readModality } from "../model/modality.ts"
import type { KnownProperties } from "../model/known-properties.ts"
import { SESSION_PROPERTIES } from "../model/known-properties.ts"

type JsonObject = Readonly<Record<string, unknown>>

/** A session as Graph would have written it. */
export interface NormalizedSession {
  readonly value: unknown
  /** `modalities` was a text. */
  readonly hasFlattenedList: boolean
}

/** Undoes PowerShell's marks on a parsed session. */
export function normalizeSession(value: unknown): NormalizedSession {
  const object = normalize(value, SESSION_PROPERTIES)
  if (!isObject(object)) return { value: object, hasFlattenedList: false }
  const words = typeof object["modalities"] === "string" ? wordsOf(object["modalities"]) : null
  if (words === null) return { value: object, hasFlattenedList: false }
  return { value: { ...object, modalities: words }, hasFlattenedList: true }
}

/** The members in a text such as `audio video`, or null where a word is none. */
function wordsOf(text: string): string[] | null {
  const words = text.split(/\s+/).filter((word) => word !== "")
  return words.length > 0 && words.every((word) => readModality(word).isKnown) ? words : null
}

function normalize(value: unknown, node: KnownProperties | null): unknown {
  if (node === null) return unwrapDate(value)
  if (node.isList) return listOf(value).map((element) => normalize(element, { ...node, isList: false }))
  return isObject(value) && !node.isDictionary ? normalizeObject(value, node) : value
}

/** The elements of a list, of its wrapper, or of an element in its place; anything else is left for the schema to refuse. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return wrappedList(value) ?? [value]
}

/** The list in `{"value":[…],"Count":n}`, or null. */
export function wrappedList(value: unknown): readonly unknown[] | null {
  return isObject(value) && Array.isArray(value["value"]) && "Count" in value ? value["value"] : null
}

const BAG = "AdditionalProperties"

/** The bag of an object, or null. */
export function bagOf(object: JsonObject): JsonObject | null {
  const bag = object[BAG]
  return isObject(bag) ? bag : null
}

/** Whether a value says anything: null and an empty object take nothing away that the bag has. */
export function says(value: unknown): boolean {
  return value !== null && !(isObject(value) && isEmpty(value))
}

function normalizeObject(object: JsonObject, node: KnownProperties): JsonObject {
  const result: Record<string, unknown> = Object.create(null)
  const bag = bagOf(object)
  if (bag !== null) copyProperties(bag, node, result)
  copyProperties(object, node, result)
  return { ...result }
}

/** Copies under the model's names; a bag that is cut to a text stays under its own. */
function copyProperties(from: JsonObject, node: KnownProperties, to: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(from)) {
    if (key === BAG && (value === null || isObject(value))) continue
    const name = nameOf(key, from, node)
    if (!says(value) && to[name] !== undefined) continue
    const child = node.properties.get(name)
    const isListed = child?.isList === true && value !== null && typeof value === "object"
    to[name] =
      name === "modalities" ? unwrapList(value) : isListed || !child?.isList ? normalize(value, child ?? null) : value
  }
}

/** The model's name for a key in PascalCase, unless the object has that name too: then the key is an unknown one. */
function nameOf(key: string, object: JsonObject, node: KnownProperties): string {
  const name = node.properties.has(key) ? key : (node.pascalCase.get(key) ?? key)
  return name === key || !Object.hasOwn(object, name) ? name : key
}

function unwrapList(value: unknown): unknown {
  return isObject(value) ? listOf(value) : value
}

/** `{"value":"/Date(…)/","DisplayHint":2,"DateTime":"…"}` → its value. */
function unwrapDate(value: unknown): unknown {
  return isObject(value) && "DisplayHint" in value && typeof value["value"] === "string" ? value["value"] : value
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
