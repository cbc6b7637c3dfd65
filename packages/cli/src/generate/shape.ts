/**
 * How the objects of an export are written: which properties stand in which order. In uniform shapes all objects of a
 * type have all properties in the order of Graph; in varied ones the order is random, and properties that have no
 * value are null or absent at random, as are some that have one.
 */
import type { Random } from "./random.ts"

/** The properties of a type, in the order in which Graph writes them. */
export interface ObjectType<Name extends string> {
  readonly properties: readonly Property<Name>[]
}

interface Property<Name extends string> {
  readonly name: Name
  /** `"name":`. */
  readonly key: string
  /** Whether it keeps its value in every shape, because figures come from it. */
  readonly isKept: boolean
  /** Control information such as `@odata.type` is left out, not null, where it has no value. */
  readonly isControl: boolean
}

/** Byte texts of JSON values by property name; a property that is left out has no value. */
export type Values<Name extends string> = { readonly [Key in Name]?: string | undefined }

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
  return {
    properties: names.map((name) => ({
      name,
      key: `"${name}":`,
      isKept: kept.includes(name),
      isControl: name.includes("@"),
    })),
  }
}

/** All properties, in Graph's order. */
export const UNIFORM: Shape = {
  isUniform: true,
  object: ({ properties }, values) => {
    let text = ""
    for (const { name, key, isControl } of properties) {
      const value = values[name]
      if (value !== undefined) text += `${key}${value},`
      else if (!isControl) text += `${key}null,`
    }
    return `{${text.slice(0, -1)}}`
  },
}

/** A shape that is another for nearly every object. */
export function variedShape(random: Random): Shape {
  return {
    isUniform: false,
    object: ({ properties }, values) => {
      const members: string[] = []
      for (const property of properties) {
        const value = variedValue(random, values[property.name], property.isKept || property.isControl)
        if (value !== undefined) members.push(property.key + value)
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
