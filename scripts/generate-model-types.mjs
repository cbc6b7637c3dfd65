// Writes packages/core/src/model/model-types.generated.ts from the schema. Run it after the build when the model changed,
// then build again: `npm run generate`.
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const core = join(dirname(dirname(fileURLToPath(import.meta.url))), "packages/core")
const { deriveModelTypes } = await import(new URL(`file://${join(core, "dist/model/model-types.js")}`))
const types = JSON.stringify(deriveModelTypes(), null, 2)
writeFileSync(
  join(core, "src/model/model-types.generated.ts"),
  `/** Written by \`npm run generate\` from the schema (see model-types.ts); a test holds that it is up to date. */
import type { ModelTypes } from "./model-types.ts"

export const MODEL_TYPES: ModelTypes = ${types}
`,
)
