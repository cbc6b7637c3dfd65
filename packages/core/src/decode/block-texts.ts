/** The texts that columns of a block refer to, each once, by its index. */
import { GUID_BYTES } from "../facts/guid.ts"
import { writeGuid } from "../model/identity.ts"
import { IdForm, type IdColumn } from "../worker/protocol.ts"

export class BlockTexts {
  readonly list: string[] = []
  readonly #indices = new Map<string, number>()

  /** The index of a text; -1 for none. */
  indexOf(text: string | null): number {
    if (text === null) return -1
    const known = this.#indices.get(text)
    if (known !== undefined) return known
    const index = this.list.push(text) - 1
    this.#indices.set(text, index)
    return index
  }

  /** Writes an id into a column. */
  setId(column: IdColumn, row: number, id: string | null): void {
    const at = GUID_BYTES * row
    if (id === null) {
      column.forms[row] = IdForm.none
      column.bytes.fill(0, at, at + GUID_BYTES)
      return
    }
    const isGuid = writeGuid(id, column.bytes, at)
    column.forms[row] = isGuid ? IdForm.guid : IdForm.text
    if (isGuid) return
    column.bytes.fill(0, at, at + GUID_BYTES)
    const index = this.indexOf(id)
    for (let byte = 0; byte < 4; byte++) column.bytes[at + byte] = index >>> (8 * byte)
  }
}
