/** From when to when: the first start and the last end of the timed sessions, in ticks; null where there are none. */
export interface Extent {
  readonly firstStartTicks: bigint | null
  readonly lastEndTicks: bigint | null
}
