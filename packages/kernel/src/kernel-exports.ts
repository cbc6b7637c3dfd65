/** What assembly/index.ts exports. Numbers that name places are addresses in the memory. */
export interface KernelExports {
  readonly placeScratch: (at: number) => void
  readonly decide: (at: number) => void
  readonly placeOutput: (
    columns: number,
    rows: number,
    events: number,
    eventCount: number,
    calls: number,
    callCount: number,
  ) => void
  readonly placeTexts: (
    slots: number,
    slotCount: number,
    entries: number,
    limit: number,
    used: number,
    arena: number,
    arenaBytes: number,
  ) => void
  readonly placeTables: (
    masks: number,
    slots: number,
    slotCount: number,
    entries: number,
    limit: number,
    arena: number,
    arenaBytes: number,
  ) => void
  readonly placeRoots: (session: number, call: number, page: number) => void
  readonly placeNames: (node: number, properties: number, names: number, list: number, end: number) => void
  readonly forgetTexts: () => void
  readonly forgetProperties: () => void
  readonly propertiesAreMany: () => number
  readonly textsAreMany: () => number
  readonly usedTexts: () => number
  readonly begin: (at: number, form: number) => void
  readonly run: (at: number, end: number, base: number) => number
  readonly rows: () => number
  readonly callsMade: () => number
  readonly eventsMade: () => number
  readonly linesTaken: () => number
  readonly recordsTaken: () => number
  readonly bytesOfRecords: () => number
  readonly bytesOfEnvelopes: () => number
  readonly bytesOfSeparators: () => number
}
