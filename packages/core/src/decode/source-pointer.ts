/**
 * Pointers into a session as Graph would have written it → pointers into what stands in the input, where PowerShell has
 * written names in PascalCase, bags, wrappers, and elements in place of their lists (see normalize.ts).
 */
import { SESSION_PROPERTIES, type KnownProperties } from "../model/known-properties.ts"
import { pointerOf } from "../model/pointer.ts"
import { bagOf, isObject, says, wrappedList } from "./normalize.ts"

/** The pointer in `parsed` to what `pointer` says of the normalized session. What is missing keeps the model's name. */
export function sourcePointer(parsed: unknown, pointer: string): string {
  const source: (string | number)[] = []
  let value = parsed
  let node: KnownProperties | null = SESSION_PROPERTIES
  for (const token of pointer.split("/").slice(1)) {
    const step = /^\d+$/.test(token) ? elementAt(value, Number(token)) : memberOf(value, token, node)
    source.push(...step.path)
    value = step.value
    node = node?.properties.get(token) ?? node
  }
  return pointerOf(source)
}

interface Step {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

/** An element of a list, of its wrapper, or of what stands in place of the list. */
function elementAt(value: unknown, index: number): Step {
  const wrapped = wrappedList(value)
  if (wrapped !== null) return { path: ["value", index], value: wrapped[index] }
  return Array.isArray(value) ? { path: [index], value: value[index] } : { path: [], value }
}

function memberOf(value: unknown, name: string, node: KnownProperties | null): Step {
  if (!isObject(value)) return { path: [name], value: undefined }
  const own = spellingOf(value, name, node)
  if (own !== null && says(value[own])) return { path: [own], value: value[own] }
  const bag = bagOf(value)
  const inBag = bag === null ? null : spellingOf(bag, name, node)
  if (bag !== null && inBag !== null) return { path: ["AdditionalProperties", inBag], value: bag[inBag] }
  return { path: [own ?? name], value: undefined }
}

/** The key under which an object has a property of the model: its own name before PascalCase; null where it has none. */
function spellingOf(object: object, name: string, node: KnownProperties | null): string | null {
  if (Object.hasOwn(object, name)) return name
  return Object.keys(object).find((key) => node?.pascalCase.get(key) === name) ?? null
}
