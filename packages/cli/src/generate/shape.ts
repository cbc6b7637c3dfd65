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
  /** `"name":null`; empty for control information such as `@odata.type`, which is left out where it has no value. */
  readonly nullMember: string
  /** Whether it keeps its value, if it has one, in every shape. */
  readonly isKept: boolean
}

/** Byte texts of JSON values by property name; a property that is left out has no value. */
export type Values<Name extends string> = { readonly [Key in Name]?: string | undefined }

/** Writes one object. */
export interface Shape {
  /** Whether equal values always give the same text. */
  readonly isUniform: boolean
  readonly object: <Name extends string>(type: ObjectType<Name>, values: Values<Name>) => string
}

/** The type with these properties; those in `kept` keep their value, if they have one, in every shape. */
export function objectType<const Name extends string>(
  names: readonly Name[],
  kept: readonly NoInfer<Name>[] = [],
): ObjectType<Name> {
  return {
    properties: names.map((name) => ({
      name,
      key: `"${name}":`,
      nullMember: name.includes("@") ? "" : `"${name}":null`,
      isKept: kept.includes(name),
    })),
  }
}

/** All properties, in Graph's order. */
export const UNIFORM: Shape = {
  isUniform: true,
  object: ({ properties }, values) => {
    let text = "{"
    for (const { name, key, nullMember } of properties) {
      const value = values[name]
      const member = value === undefined ? nullMember : key + value
      if (member !== "") text += text === "{" ? member : `,${member}`
    }
    return `${text}}`
  },
}

/** A shape that is another for nearly every object. */
export function variedShape(random: Random): Shape {
  return {
    isUniform: false,
    object: ({ properties }, values) => {
      const members: string[] = []
      for (const property of properties) {
        const draw = random.next()
        const member = variedMember(property, values[property.name], draw & 15)
        if (member !== "") insert(members, member, draw >>> 4)
      }
      return `{${members.join(",")}}`
    },
  }
}

/** The member to write, empty for none; `draw` is a random number from 0 to 15. */
function variedMember({ key, nullMember, isKept }: Property<string>, value: string | undefined, draw: number): string {
  if (value === undefined) return draw === 0 ? "" : nullMember
  if (isKept || draw > 8) return key + value
  return draw === 0 ? "" : nullMember
}

/** Puts the member at a random place: shuffling while the list grows (the inside-out form of Fisher and Yates). */
function insert(members: string[], member: string, draw: number): void {
  const place = draw % (members.length + 1)
  const moved = members[place]
  members.push(moved ?? member)
  members[place] = member
}
