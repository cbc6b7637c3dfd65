/** JSON values as the arbitraries make them, and small ones of any kind. */
import * as fc from "fast-check"

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json | undefined
}

/** Text of any script, with controls, quotes, combining marks, emoji; always well-formed UTF-16. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "</script>", "=1+1", '"', "\\", "\u2028", "\u0000", "İstanbul", "👩‍👩‍👧", "\u202eabc", "{[,:]}"),
)

/** Names that the model does not know, those of Object's prototype among them. */
export const unknownName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "hasOwnProperty", "toString", "", "~/", "новое", "@example.note"),
  fc.string({ minLength: 1, maxLength: 8 }).map((name) => `x_${name}`),
)

/** Small values of any kind. */
export const smallJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    text,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(unknownName, tie("value")), { maxLength: 3 }).map((members) => Object.fromEntries(members)),
  ),
})).value

/** Properties that the model does not know. As a rule none. */
export const unknownProperties: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<JsonObject>({}) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(unknownName, smallJson), { maxLength: 3 })
      .map((members) => Object.fromEntries(members)),
  },
)

/** An object with the members of both; `Object.fromEntries`, so that `__proto__` stays a member. */
export function withMembers<Base extends object>(base: Base, more: JsonObject): Base {
  return Object.fromEntries([...Object.entries(base), ...Object.entries(more)]) as Base
}
