/** Sessions that Azure Data Explorer wrote into a cell: as a JSON text, or in a table of its v1 REST answer. */
import { isObject } from "./normalize.ts"

/** The sessions in the JSON text of a property; null where it is not valid JSON. */
export function sessionsInText(value: unknown, property: string): readonly unknown[] | null {
  return isObject(value) ? listIn(value[property]) : null
}

/** The sessions in all tables of `{"Tables":[{"Columns":[{"ColumnName":…}],"Rows":[[…]]}]}`; null where a cell is not valid JSON. */
export function sessionsInTables(value: unknown): readonly unknown[] | null {
  const tables = isObject(value) && Array.isArray(value["Tables"]) ? value["Tables"] : []
  const lists = tables.flatMap(cellsOf).map(listIn)
  return lists.every((list) => list !== null) ? lists.flat() : null
}

function cellsOf(table: unknown): unknown[] {
  if (!isObject(table) || !Array.isArray(table["Columns"]) || !Array.isArray(table["Rows"])) return []
  const column = table["Columns"].findIndex((each) => isObject(each) && /^sessions?$/i.test(String(each["ColumnName"])))
  return column < 0 ? [] : table["Rows"].flatMap((row: unknown) => (Array.isArray(row) ? [row[column]] : []))
}

function listIn(cell: unknown): readonly unknown[] | null {
  if (cell === null || cell === undefined) return []
  const value = typeof cell === "string" ? parsed(cell) : cell
  if (value === undefined) return null
  return Array.isArray(value) ? value : [value]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
