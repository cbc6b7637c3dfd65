import { expect, it } from "vitest"
import { MODEL_TYPES } from "#core/model/model-types.generated.ts"
import { deriveModelTypes } from "#core/model/model-types.ts"

it("the generated types are those of the schema (else: npm run setup && npm run generate)", () => {
  expect(MODEL_TYPES).toEqual(deriveModelTypes())
})
