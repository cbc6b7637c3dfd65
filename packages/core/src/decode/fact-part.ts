/** A session → the part of it that facts come from: what is wrong there rejects it, what is wrong elsewhere does not. */
import { isFactPath } from "../model/fact-path.ts"
import { isObject } from "./normalize.ts"

/** A copy of a parsed session with the properties of which a fact comes, in their order, and no others. */
export function factPart(session: unknown): unknown {
  return partAt(session, [])
}

function partAt(value: unknown, path: readonly (string | number)[]): unknown {
  if (!isFactPath(path)) return value
  if (Array.isArray(value)) return value.map((element, index) => partAt(element, [...path, index]))
  if (!isObject(value)) return value
  const members = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const below = [...path, key]
    return isFactPath(below) ? [[key, partAt(member, below)]] : []
  })
  return Object.fromEntries(members)
}
