/** Writes small zip archives, right and wrong ones (APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16). */
import { crc32, deflateRawSync } from "node:zlib"

/** One entry; whatever is left out is as it should be. */
export interface WrittenEntry {
  readonly name: string | Buffer
  readonly content: string | Buffer
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly inflatedBytes?: number
  readonly compressedBytes?: number
  readonly mode?: number
  /** Extra bytes in the entry's own header, which the directory does not know of. */
  readonly localExtra?: Buffer
  /** Where the directory says that the entry begins. */
  readonly headerOffset?: number
}

export function zipOf(entries: readonly WrittenEntry[], { comment = "", entryCount = entries.length } = {}): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let byteOffset = 0
  for (const entry of entries) {
    const { local, central } = writeEntry(entry, byteOffset)
    files.push(local)
    directory.push(central)
    byteOffset += local.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entryCount, 8)
  end.writeUInt16LE(entryCount, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(byteOffset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...files, ...directory, end, Buffer.from(comment)])
}

function writeEntry(entry: WrittenEntry, byteOffset: number): { readonly local: Buffer; readonly central: Buffer } {
  const { method = 8, flags = 0x800, mode = 0o100_644, localExtra = Buffer.alloc(0) } = entry
  const content = Buffer.from(entry.content)
  const name = Buffer.from(entry.name)
  const data = method === 8 ? deflateRawSync(content) : content
  const fields = Buffer.alloc(24)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(method, 4)
  fields.writeUInt32LE(entry.crc ?? crc32(content), 10)
  fields.writeUInt32LE(entry.compressedBytes ?? data.length, 14)
  fields.writeUInt32LE(entry.inflatedBytes ?? content.length, 18)
  fields.writeUInt16LE(name.length, 22)
  const extraBytes = Buffer.alloc(2)
  extraBytes.writeUInt16LE(localExtra.length)
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, extraBytes, name, localExtra, data])
  const attributes = Buffer.alloc(16)
  attributes.writeUInt32LE((mode << 16) >>> 0, 8)
  attributes.writeUInt32LE(entry.headerOffset ?? byteOffset, 12)
  const central = Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), fields, attributes, name])
  return { local, central }
}
