/** `callsift schema`: JSON Schema (2020-12) of what is read and written. */
import { findingJsonSchema, rejectJsonSchema, reportJsonSchema, sessionJsonSchema } from "@callsift/core/schemas"
import { ExitCode } from "../exit-code.ts"
import { Stdout } from "../output/stdout.ts"

export const SCHEMA_NAMES = ["session", "report", "reject", "finding"] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

const SCHEMAS: Readonly<Record<SchemaName, () => object>> = {
  session: sessionJsonSchema,
  report: reportJsonSchema,
  reject: rejectJsonSchema,
  finding: findingJsonSchema,
}

/** Prints a schema. Returns the exit code. */
export async function schemaCommand(name: SchemaName): Promise<number> {
  const stdout = new Stdout()
  await stdout.write(`${JSON.stringify(SCHEMAS[name](), null, 2)}\n`)
  return ExitCode.ok
}
