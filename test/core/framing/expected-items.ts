/**
 * What framing must give for undamaged values, made the slow and obvious way: stream-json parses the text, and the
 * values are walked by the rules for lists. It shares no code with the scanner.
 */
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"

/** An item's kind and its parsed value; of an envelope with its list left empty. */
export interface ExpectedItem {
  readonly kind: "session" | "record" | "envelope"
  readonly value: unknown
}

interface Token {
  readonly name: string
  readonly value?: unknown
}
interface Assembler {
  readonly done: boolean
  readonly current: unknown
  consume(token: Token): unknown
}
interface StreamJson {
  readonly parser: {
    jsonParser(options: {
      jsonStreaming: boolean
      streamValues: boolean
    }): (text: string) => { values?: readonly Token[] }
  }
  readonly assembler: { default: new () => Assembler }
}

/** stream-json as core uses it, which these tests do not depend on themselves. */
async function loadStreamJson(): Promise<StreamJson> {
  const fromCore = createRequire(new URL("../../../packages/core/package.json", import.meta.url))
  const load = (name: string): Promise<unknown> =>
    import(pathToFileURL(fromCore.resolve(`stream-json/core/${name}.js`)).href)
  return { parser: await load("parser"), assembler: await load("assembler") } as StreamJson
}

const { parser, assembler } = await loadStreamJson()

/** The values that stand one after the other in a text. */
export function streamedValues(text: string): unknown[] {
  const parse = parser.jsonParser({ jsonStreaming: true, streamValues: false })
  const assembly = new assembler.default()
  const values: unknown[] = []
  // A number at the very end is only known to be over by what follows it.
  for (const token of parse(`${text} `).values ?? []) {
    assembly.consume(token)
    if (assembly.done) values.push(assembly.current)
  }
  return values
}

const LIST_KEYS: Readonly<Record<string, "value" | "sessions" | "responses" | "body" | "documents">> = {
  value: "value",
  Value: "value",
  sessions: "sessions",
  Sessions: "sessions",
  session: "sessions",
  Session: "sessions",
  responses: "responses",
  body: "body",
  Documents: "documents",
}

/** The items of the values of an input. */
export function expectedItems(values: readonly unknown[]): ExpectedItem[] {
  return values.flatMap((value) =>
    Array.isArray(value) ? value.flatMap((element) => itemsOf(element, false)) : itemsOf(value, false),
  )
}

function itemsOf(value: unknown, isResponse: boolean): ExpectedItem[] {
  if (!isObject(value)) return [{ kind: "record", value }]
  const [name, list] = listOf(value, isResponse) ?? []
  if (name === undefined || list === undefined) return [{ kind: "record", value }]
  const envelope: ExpectedItem = { kind: "envelope", value: { ...value, [name]: [] } }
  if (LIST_KEYS[name] === "sessions") return [...sessionsOf(list), envelope]
  const elements = Array.isArray(list) ? list : [list]
  return [...elements.flatMap((element) => itemsOf(element, LIST_KEYS[name] === "responses")), envelope]
}

function listOf(value: Readonly<Record<string, unknown>>, isResponse: boolean): [string, object] | undefined {
  for (const [name, each] of Object.entries(value)) {
    const key = Object.hasOwn(LIST_KEYS, name) ? LIST_KEYS[name] : undefined
    if (key === undefined || (key === "body" && !isResponse)) continue
    if (typeof each === "object" && each !== null) return [name, each]
  }
  return undefined
}

/** A list, a lone session, or Windows PowerShell's wrapper around either. */
function sessionsOf(list: object): ExpectedItem[] {
  if (Array.isArray(list)) return list.map((value: unknown) => ({ kind: "session", value }))
  const [, wrapped] =
    Object.entries(list).find(
      ([name, each]) => LIST_KEYS[name] === "value" && typeof each === "object" && each !== null,
    ) ?? []
  const sessions: unknown[] = wrapped === undefined ? [list] : Array.isArray(wrapped) ? wrapped : [wrapped]
  return sessions.map((value) => ({ kind: "session", value }))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
