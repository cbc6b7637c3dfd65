/**
 * The primitive types of Graph as JSON carries them, and properties that may be missing.
 *
 * Nothing is converted: what passes is the JSON value as it was. OData lets one value be written in several ways (a
 * 64-bit integer as text, a number as "NaN"), and re-serializers add more (a duration as .NET prints it); all that can
 * be read without guessing passes. Every type carries the annotation `expected`: the words for a message.
 */
import * as Schema from "effect/Schema"
import { DURATION_PATTERN, parseDuration } from "./duration.ts"
import type { EvolvableEnum } from "./enums.ts"
import { isOptionalInstant, parseInstant } from "./instant.ts"

/** A property that may be absent or null, which means the same. Any property of Graph's may be: `$select`, re-serializers. */
export function maybe<S extends Schema.Constraint>(type: S, description: string): Schema.optionalKey<Schema.NullOr<S>> {
  return Schema.optionalKey(Schema.NullOr(type).annotate({ description }))
}

/** A list; null in place of an element is none. */
export function list<S extends Schema.Constraint>(element: S): Schema.$Array<S> {
  return Schema.Array(element).annotate({ expected: "a list" })
}

/** Texts of one form, with the words for it. The pattern, where there is one, may let more pass. */
function textOf(
  expected: string,
  isOfForm: (text: string) => boolean,
  jsonSchema: { minLength?: number; pattern?: string },
) {
  return Schema.String.annotate({ expected }).check(
    Schema.makeFilter(isOfForm, { expected, toJsonSchema: () => [{ ...jsonSchema }, true] }),
  )
}

/** Numbers of one kind, with the words for it. */
function numberOf(
  expected: string,
  isOfKind: (value: number) => boolean,
  jsonSchema: { type: "integer"; minimum?: number; maximum?: number },
) {
  const isInKind = Schema.makeFilter(isOfKind, { expected, toJsonSchema: () => ({ ...jsonSchema }) })
  return Schema.Number.annotate({ expected }).check(Schema.isFinite(), isInKind)
}

/** Edm.String. */
export const Text = Schema.String.annotate({ expected: "a string" })

/** Text that has to be there. */
export const NonEmptyText = textOf("a string that is not empty", (text) => text !== "", { minLength: 1 })

/** Edm.Boolean. */
export const Flag = Schema.Boolean.annotate({ expected: "true or false" })

const MIN_INT32 = -(2 ** 31)
const MAX_INT32 = 2 ** 31 - 1

/** Edm.Int32. `1.0` and `1e3` are whole numbers too. */
export const Int32 = numberOf(
  "a whole number of 32 bits",
  (value) => Number.isInteger(value) && value >= MIN_INT32 && value <= MAX_INT32,
  { type: "integer", minimum: MIN_INT32, maximum: MAX_INT32 },
)

const INT64_TEXT = /^[+-]?\d{1,19}$/

/** Edm.Int64: a number, or its decimal text where the client asked for `IEEE754Compatible=true`. */
export const Int64 = Schema.Union([
  // A double cannot tell 2^63 from 2^63 - 1, so the upper bound lets both pass.
  numberOf("a whole number", (value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 63, { type: "integer" }),
  textOf("a whole number", isInt64, { pattern: INT64_TEXT.source }),
]).annotate({ expected: "a whole number of 64 bits, as a number or as decimal text" })

function isInt64(text: string): boolean {
  return INT64_TEXT.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

/**
 * Edm.Single and Edm.Double: a number, or one of the three texts by which OData writes what JSON has no number for. A
 * number beyond all doubles, such as 1e400, is neither.
 */
export const Float = Schema.Union([Schema.Finite, Schema.Literals(["NaN", "INF", "-INF"])]).annotate({
  expected: 'a number, "NaN", "INF" or "-INF"',
})

const INSTANT = "an instant such as 2026-01-01T00:00:00Z"

/** What an instant looks like; whether the date exists and so on, no pattern tells. */
const INSTANT_PATTERN =
  "^(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,7})?)?([Zz]|[+-]\\d{2}:\\d{2})|/Date\\(-?\\d{1,15}([+-]\\d{4})?\\)/)$"

/** Edm.DateTimeOffset that has to name an instant. */
export const InstantText = textOf(INSTANT, (text) => parseInstant(text).ok, { pattern: INSTANT_PATTERN })

/** Edm.DateTimeOffset that may also be one of the two values by which .NET says "not set", as good as null. */
export const OptionalInstantText = textOf(INSTANT, isOptionalInstant, { pattern: INSTANT_PATTERN })

/** Edm.Duration, or the form in which .NET and Kusto write it. */
export const DurationText = textOf("a duration such as PT1.5S", (text) => parseDuration(text) !== null, {
  pattern: DURATION_PATTERN,
})

/** A member of an enum to which Microsoft may add members at any time: any text. */
export function member(of: EvolvableEnum) {
  return Schema.String.annotate({ title: of.name, examples: of.members, expected: "a string" })
}
