/** The kinds of value that the written documents are made of. Each field says with its description what it means. */
import * as Schema from "effect/Schema"

/** A whole number, without a unit. */
export const count = (description: string) =>
  Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).annotate({ description })

/** A whole number of bytes. */
export const bytes = (description: string) => count(`${description}. In bytes`)
export const maybeBytes = (description: string) =>
  Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))).annotate({
    description: `${description}. In bytes`,
  })

/** Any finite number. */
export const number = (description: string) => Schema.Finite.annotate({ description })
export const maybeNumber = (description: string) => Schema.NullOr(Schema.Finite).annotate({ description })

/** Seconds, rounded once from exact ticks of 100 ns. */
export const seconds = (description: string) => number(`${description}. In seconds`)
export const maybeSeconds = (description: string) =>
  maybeNumber(`${description}. In seconds; null where the count is 0`)

/** Text of any kind. */
export const text = (description: string) => Schema.String.annotate({ description })
export const maybeText = (description: string) => Schema.NullOr(Schema.String).annotate({ description })
export const optionalText = (description: string) => Schema.optionalKey(text(description))

/** true or false. */
export const flag = (description: string) => Schema.Boolean.annotate({ description })

// An offset may carry an instant a day out of the years 0001 to 9999.
const INSTANT = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/
const Instant = Schema.String.check(Schema.isPattern(INSTANT))

/** RFC 3339 in UTC with seven fractional digits. */
export const instant = (description: string) => Instant.annotate({ description })
export const maybeInstant = (description: string) => Schema.NullOr(Instant).annotate({ description })

const DAY = /^(\d{4}|[+-]\d{6})-\d\d-\d\d$/

/** A UTC day, `2026-01-31`. */
export const day = (description: string) => Schema.String.check(Schema.isPattern(DAY)).annotate({ description })

/** One of some texts. */
export const oneOf = <const Members extends readonly string[]>(members: Members, description: string) =>
  Schema.Literals(members).annotate({ description })
export const maybeOneOf = <const Members extends readonly string[]>(members: Members, description: string) =>
  Schema.NullOr(Schema.Literals(members)).annotate({ description })

/** A list of objects with these fields. */
export const list = <const Fields extends Schema.Struct.Fields>(fields: Fields, description: string) =>
  Schema.Array(Schema.Struct(fields)).annotate({ description })

/** An object with these fields. */
export const object = <const Fields extends Schema.Struct.Fields>(fields: Fields, description: string) =>
  Schema.Struct(fields).annotate({ description })
