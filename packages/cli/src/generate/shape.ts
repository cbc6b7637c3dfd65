/**
 * How the objects of an export are written: which properties stand in which order. In uniform shapes all objects of a
 * type have all properties in the order of Graph; in varied ones the order is random, and properties that have no
 * value are null or absent at random, as are some that have one.
 */
import type { Random } from "./random.ts"

/** The property names of a type, in the order in which Graph writes them. */
export interface ObjectType<Name extends string> {
  readonly names: readonly Name[]
  /** `"name":` for each name. */
  readonly keys: readonly string[]
  /** Whether the property keeps its value in every shape, because facts come from it. */
  readonly kept: readonly boolean[]
}

/** Byte texts of JSON values by property name; a property that is left out is null. */
export type Values<Name extends string> = { readonly [Key in Name]?: string }

/** Writes one object. */
export interface Shape {
  /** Whether equal values always give the same text. */
  readonly isUniform: boolean
  readonly object: <Name extends string>(type: ObjectType<Name>, values: Values<Name>) => string
}

/** The type with these properties; those in `kept` have their value in every shape. */
export function objectType<const Name extends string>(
  names: readonly Name[],
  kept: readonly NoInfer<Name>[] = [],
): ObjectType<Name> {
  return { names, keys: names.map((name) => `"${name}":`), kept: names.map((name) => kept.includes(name)) }
}

/** All properties, in order. A name that begins with `@` is control information: it is left out where it has no value. */
export const UNIFORM: Shape = {
  isUniform: true,
  object: ({ names, keys }, values) => {
    let text = ""
    for (const [index, name] of names.entries()) {
      const value = values[name]
      if (value === undefined && name.startsWith("@")) continue
      text += `${text === "" ? "{" : ","}${keys[index]}${value ?? "null"}`
    }
    return `${text}}`
  },
}

/** A shape that is another for nearly every object. */
export function variedShape(random: Random): Shape {
  return {
    isUniform: false,
    object: ({ names, keys, kept }, values) => {
      const members: string[] = []
      for (const [index, name] of names.entries()) {
        const value = variedValue(random, values[name], kept[index] === true || name.startsWith("@"))
        if (value !== undefined) members.push(`${keys[index]}${value}`)
      }
      shuffle(members, random)
      return `{${members.join(",")}}`
    },
  }
}

/** The value to write, undefined for none. */
function variedValue(random: Random, value: string | undefined, isKept: boolean): string | undefined {
  if (isKept) return value
  const draw = random.below(16)
  if (value === undefined) return draw < 4 ? undefined : "null"
  if (draw === 0) return undefined
  return draw === 1 ? "null" : value
}

function shuffle(members: string[], random: Random): void {
  for (let last = members.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const moved = members[last] ?? ""
    members[last] = members[other] ?? ""
    members[other] = moved
  }
}
