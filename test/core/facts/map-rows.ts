/** Goes through the rows of facts, whatever batches they come in. */
import { tmpdir } from "node:os"
import type { FactBatch, Facts } from "#core/facts/facts.ts"
import { WorkSpace } from "#core/facts/work-space.ts"

/** What `valueOf` makes of each row; it is given the batch and the place of the row in it. */
export function mapRows<Value>(facts: Facts, valueOf: (batch: FactBatch, at: number) => Value): Value[] {
  const values: Value[] = []
  for (const batch of facts.batches()) for (let at = 0; at < batch.rowCount; at++) values.push(valueOf(batch, at))
  return values
}

/** Memory enough for any test. */
export const AMPLE_SPACE = new WorkSpace(2 ** 30, tmpdir())
