/** Frames bytes and makes the counters of all items absolute, as the join does: what tests compare. */
import { ITEM_FIELDS, ItemField, ItemKind, NO_ENVELOPE, type Block, type FramingEnd, type FramingLimits } from "#core/framing/block.ts"
import { frame } from "#core/framing/frame.ts"
import { frameLines } from "#core/framing/frame-lines.ts"

export type AbsoluteItem = Record<keyof typeof ItemField, number> & { text: string }

export async function framed(bytes: Buffer, limits: FramingLimits, chunkBytes: number): Promise<{ blocks: Block[]; end: FramingEnd }> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const blocks: Block[] = []
  const generator = frame(chunks(), limits)
  for (;;) {
    const next = await generator.next()
    if (next.done === true) return { blocks, end: next.value }
    blocks.push(next.value)
  }
}

export async function absoluteItems(
  bytes: Buffer,
  limits: FramingLimits,
  chunkBytes = 1 << 16,
): Promise<{ items: AbsoluteItem[]; end: FramingEnd; accountedBytes: number }> {
  const { blocks, end } = await framed(bytes, limits, chunkBytes)
  const items: AbsoluteItem[] = []
  const base = { line: 0, record: 0, envelope: 0 }
  let accountedBytes = Object.values(end.account).reduce((sum, count) => sum + count, 0)
  for (const block of blocks) {
    const table = block.items ?? frameLines(block.bytes, block.byteOffset, limits)
    accountedBytes += Object.values(table.account).reduce((sum, count) => sum + count, 0)
    for (let row = 0; row < table.itemCount; row++) {
      const item = Object.fromEntries(
        Object.entries(ItemField).map(([name, field]) => [name, table.fields[row * ITEM_FIELDS + field] ?? Number.NaN]),
      ) as Record<keyof typeof ItemField, number>
      const kept = item.kind === ItemKind.envelope ? table.skeletons : block.bytes
      const text = item.at < 0 ? "" : Buffer.from(kept.subarray(item.at, item.at + item.keptBytes)).toString("latin1")
      if (item.kind === ItemKind.rejectedLine) {
        while ((items.at(-1)?.record ?? -1) >= item.record + base.record) items.pop()
      }
      items.push({
        ...item,
        line: item.line + base.line,
        record: item.record + base.record,
        parent: item.parent === NO_ENVELOPE ? -1 : item.parent + base.envelope,
        number: item.kind === ItemKind.envelope ? item.number + base.envelope : item.number,
        digest: 0,
        text,
      })
    }
    base.line += table.lineCount
    base.record += table.recordCount
    base.envelope += table.envelopeCount
  }
  return { items, end, accountedBytes }
}
