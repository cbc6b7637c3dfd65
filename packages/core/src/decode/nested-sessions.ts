/** Sessions that Azure Data Explorer wrote into a cell: as a JSON text, or in a table of its v1 REST answer. */
import { isObject } from "./normalize.ts"

/** The sessions, or why there are none: a JSON text in a cell is looked at by no framer before. */
export type NestedSessions =
  | { readonly ok: true; readonly sessions: readonly unknown[] }
  | { readonly ok: false; readonly code: "json/malformed" | "json/too-deep" }

/** The sessions in the JSON text of a property. */
export function sessionsInText(value: unknown, property: string, maxDepth: number): NestedSessions {
  return sessionsIn(isObject(value) ? [value[property]] : [], maxDepth)
}

/** The sessions in all tables of `{"Tables":[{"Columns":[{"ColumnName":…}],"Rows":[[…]]}]}`. */
export function sessionsInTables(value: unknown, maxDepth: number): NestedSessions {
  const tables = isObject(value) && Array.isArray(value["Tables"]) ? value["Tables"] : []
  return sessionsIn(tables.flatMap(cellsOf), maxDepth)
}

function cellsOf(table: unknown): unknown[] {
  if (!isObject(table) || !Array.isArray(table["Columns"]) || !Array.isArray(table["Rows"])) return []
  const column = table["Columns"].findIndex((each) => isObject(each) && /^sessions?$/i.test(String(each["ColumnName"])))
  return column < 0 ? [] : table["Rows"].flatMap((row: unknown) => (Array.isArray(row) ? [row[column]] : []))
}

function sessionsIn(cells: readonly unknown[], maxDepth: number): NestedSessions {
  const sessions: unknown[] = []
  for (const cell of cells) {
    const value = typeof cell === "string" ? parsed(cell) : (cell ?? [])
    if (value === undefined) return { ok: false, code: "json/malformed" }
    if (isDeeper(value, maxDepth)) return { ok: false, code: "json/too-deep" }
    for (const session of Array.isArray(value) ? value : [value]) sessions.push(session)
  }
  return { ok: true, sessions }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether more than `levels` lists and objects lie in each other. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}
