/** The scanner against what stream-json alone makes of undamaged inputs. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ItemKind, type FramingLimits } from "#core/framing/block.ts"
import { absoluteItems } from "./absolute-items.ts"
import { expectedItems, streamedValues, type ExpectedItem } from "./expected-items.ts"

const LIMITS: FramingLimits = { maxRecordBytes: 1 << 20, maxDepth: 128, blockBytes: 1 << 20 }

const KIND_NAMES: Readonly<Record<number, ExpectedItem["kind"]>> = {
  [ItemKind.session]: "session",
  [ItemKind.record]: "record",
  [ItemKind.envelope]: "envelope",
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom('"', "\\", "{[,:]}", '"value":[', "\u2028", "\uFEFF", "\n", "\0"),
)
const name = fc.oneof(
  fc.constantFrom("id", "type", "@odata.context", "valued", "Count"),
  text.map((each) => `x${each}`),
)
const scalar = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.boolean(),
  fc.constant(null),
  text,
)

/** Values with at most one list to an object, as deep as exports go; keys stand in any order. */
const { item } = fc.letrec<{
  plain: unknown
  item: unknown
  list: unknown
  session: unknown
  object: Record<string, unknown>
}>((tie) => ({
  plain: fc.oneof({ maxDepth: 2 }, scalar, fc.array(tie("plain"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(name, tie("plain"), { maxKeys: 3 }),
  session: fc.oneof(tie("object"), tie("plain")),
  list: fc.oneof(
    fc.array(tie("session"), { maxLength: 3 }),
    tie("object"),
    fc.record({ value: fc.array(tie("session"), { maxLength: 3 }), Count: fc.nat() }),
  ),
  item: fc.oneof(
    { maxDepth: 3 },
    tie("plain"),
    withList(tie("object"), fc.constantFrom("sessions", "Sessions", "session", "Session"), tie("list")),
    withList(tie("object"), fc.constantFrom("value", "Value", "Documents"), fc.array(tie("item"), { maxLength: 3 })),
    withList(tie("object"), fc.constantFrom("value", "Documents"), tie("object")),
    withList(
      tie("object"),
      fc.constant("responses"),
      fc.array(withList(tie("object"), fc.constant("body"), tie("object")), { maxLength: 3 }),
    ),
    withList(tie("object"), fc.constantFrom("value", "sessions", "responses", "body"), scalar),
  ),
}))

function withList(
  object: fc.Arbitrary<Record<string, unknown>>,
  key: fc.Arbitrary<string>,
  list: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  return fc.tuple(object, key, list, fc.nat(3)).map(([members, listKey, elements, place]) => {
    const entries = Object.entries(members)
    entries.splice(place, 0, [listKey, elements])
    return Object.fromEntries(entries)
  })
}

/** How many members a value has at all depths. */
function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  const inner = Object.values(value).reduce((sum: number, each) => sum + membersOf(each), 0)
  return Array.isArray(value) ? inner : inner + Object.keys(value).length
}

const indent = fc.constantFrom("", "  ", "\t")
const values = fc.array(item, { minLength: 1, maxLength: 4 })

/** Numbers need something between them, brackets and quotes do not. */
const inputs = fc.oneof(
  fc.tuple(values, indent).map(([all, space]) => JSON.stringify(all, null, space)),
  fc
    .tuple(values, indent, fc.constantFrom("\r", " ", "\n\n"))
    .map(([all, space, gap]) => ({ texts: all.map((each) => JSON.stringify(each, null, space)), gap }))
    // A first line that is one whole value would make them NDJSON.
    .filter(({ texts, gap }) => gap !== "\n\n" || texts.length === 1 || texts[0]?.includes("\n") === true)
    .map(({ texts, gap }) => texts.join(gap)),
  fc
    .tuple(values, fc.constantFrom("\n", "\r\n", "\n\n"))
    .map(([all, end]) => all.map((each) => JSON.stringify(each) + end).join("")),
)

describe("undamaged inputs", () => {
  it("give the items that stream-json and the rules for lists give", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, fc.constantFrom(7, 64, 1 << 20), async (input, blockBytes) => {
        const { items, end } = await absoluteItems(Buffer.from(input), { ...LIMITS, blockBytes })
        expect(end.fault).toBeNull()
        const parsed = items.map(({ kind, text: kept }) => ({
          kind: KIND_NAMES[kind],
          value: JSON.parse(Buffer.from(kept, "latin1").toString()) as unknown,
        }))
        expect(parsed).toEqual(expectedItems(streamedValues(input)))
        expect(items.map(({ memberCount }) => memberCount)).toEqual(parsed.map(({ value }) => membersOf(value)))
      }),
      { numRuns: 1000 },
    )
  })
})
