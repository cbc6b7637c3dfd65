/** Frames bytes and makes the counters of all items absolute, as the join does: what tests compare. */
import {
  ITEM_FIELDS,
  ItemField,
  ItemKind,
  type Block,
  type ByteAccount,
  type FramedBlock,
  type FramingEnd,
  type FramingLimits,
  type FramingPlace,
  type ItemTable,
} from "#core/framing/block.ts"
import { frame } from "#core/framing/frame.ts"
import { itemsOf } from "#core/framing/items-of.ts"
import type { RunFinder } from "#core/framing/run-framer.ts"

/** An item with the input's counters, `digest` in hexadecimal (empty without one) and the bytes that were kept. */
export type AbsoluteItem = Record<Exclude<keyof typeof ItemField, "digest">, number> & { digest: string; text: string }

/** All that is known of an input, whatever its blocks were. */
export interface Framed {
  readonly items: AbsoluteItem[]
  readonly end: FramingEnd
  readonly account: ByteAccount
  readonly accountedBytes: number
}

export async function framed(
  bytes: Buffer,
  limits: FramingLimits,
  chunkBytes: number,
  finder: RunFinder | null = null,
  from: FramingPlace | null = null,
): Promise<{ blocks: FramedBlock[]; end: FramingEnd }> {
  // The source may use its buffer again, so that what was not copied is overwritten.
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const chunk = new Uint8Array(chunkBytes)
    for (let at = from?.byteOffset ?? 0; at < bytes.length; at += chunkBytes) {
      const part = bytes.subarray(at, at + chunkBytes)
      chunk.fill(0x58)
      chunk.set(part)
      yield chunk.subarray(0, part.length)
    }
  }
  const blocks: FramedBlock[] = []
  const generator = frame(chunks(), limits, undefined, finder, from)
  for (;;) {
    const next = await generator.next()
    if (next.done === true) return { blocks, end: next.value }
    blocks.push(next.value)
  }
}

/** With a `finder`, runs are found and taken apart again. */
export async function absoluteItems(
  bytes: Buffer,
  limits: FramingLimits,
  chunkBytes = 1 << 16,
  finder: RunFinder | null = null,
): Promise<Framed> {
  return joined(await framed(bytes, limits, chunkBytes, finder), limits)
}

/** What blocks hold, those of one input in a row. */
export function joined(
  { blocks, end }: { readonly blocks: readonly Block[]; readonly end: FramingEnd },
  limits: FramingLimits,
): Framed {
  const items: AbsoluteItem[] = []
  const base = { line: 0, record: 0 }
  const account = { ...end.account }
  for (const block of blocks) {
    const table = itemsOf(block, limits)
    for (const name of NAMES) account[name] += table.account[name]
    for (let row = 0; row < table.itemCount; row++) {
      const item = absoluteItem(block, table, row, base)
      if (item.kind === ItemKind.rejectedLine) while ((items.at(-1)?.byteOffset ?? -1) >= item.byteOffset) items.pop()
      items.push(item)
    }
    base.line += table.lineCount
    base.record += table.recordCount
  }
  return { items, end, account, accountedBytes: NAMES.reduce((sum, name) => sum + account[name], 0) }
}

const NAMES = ["recordBytes", "separatorBytes", "envelopeBytes", "damageBytes"] as const

/** The item in a row of a block's table; `base`: the counters where the block begins. */
export function absoluteItem(
  block: Block,
  table: ItemTable,
  row: number,
  base: { line: number; record: number },
): AbsoluteItem {
  const item = Object.fromEntries(
    Object.entries(ItemField).map(([name, field]) => [name, table.fields[row * ITEM_FIELDS + field] ?? Number.NaN]),
  ) as Record<keyof typeof ItemField, number>
  const kept = item.kind === ItemKind.envelope ? table.skeletons : block.bytes
  return {
    ...item,
    line: item.line + base.line,
    record: item.record + base.record,
    digest:
      item.digest < 0
        ? ""
        : Buffer.from(table.digests.subarray(32 * item.digest, 32 * item.digest + 32)).toString("hex"),
    text: item.at < 0 ? "" : Buffer.from(kept.subarray(item.at, item.at + item.keptBytes)).toString("latin1"),
  }
}
