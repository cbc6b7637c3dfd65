/** Columns of a block move where there is room for more rows. */
import type { IdColumn } from "../worker/protocol.ts"

type Column = IdColumn | ArrayBufferView

/** Copies all columns to the beginning of longer ones of the same names. */
export function copyColumns<Columns extends { readonly [Name in keyof Columns]: Column }>(
  from: Columns,
  to: Columns,
): void {
  for (const name of Object.keys(to) as (keyof Columns)[]) copyColumn(from[name], to[name])
}

function copyColumn(from: Column, to: Column): void {
  if ("bytes" in from && "bytes" in to) {
    to.bytes.set(from.bytes)
    to.forms.set(from.forms)
  } else if (ArrayBuffer.isView(from) && ArrayBuffer.isView(to)) {
    const bytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength)
    new Uint8Array(to.buffer, to.byteOffset, bytes.length).set(bytes)
  }
}
