/** Sets of modalities as bits, and the sets that calls have, the common ones more than once. */
export const MODALITY = { audio: 1, video: 2, videoBasedScreenSharing: 4, data: 8, screenSharing: 16 } as const

const { audio, video, videoBasedScreenSharing: sharing, data, screenSharing } = MODALITY

/** What calls of two people are made of. */
export const PEER_MODALITIES: readonly number[] = [
  ...Array.from({ length: 20 }, () => audio),
  ...Array.from({ length: 6 }, () => audio | video),
  audio | sharing,
  audio | sharing,
  audio | video | sharing,
  audio | video | sharing,
  audio | data,
  audio | screenSharing,
]

/** What participants of meetings use. */
export const ROOM_MODALITIES: readonly number[] = [
  ...Array.from({ length: 21 }, () => audio),
  ...Array.from({ length: 5 }, () => audio | video),
  ...Array.from({ length: 2 }, () => audio | sharing),
  ...Array.from({ length: 2 }, () => audio | video | sharing),
  audio | data,
  audio | video | sharing | data,
]

const MODALITY_LISTS = Array.from({ length: 32 }, (_, bits) => {
  const members = Object.entries(MODALITY).filter(([, bit]) => (bits & bit) !== 0)
  return JSON.stringify(members.map(([name]) => name))
})

/** The set as a JSON list. */
export function modalityList(bits: number): string {
  return MODALITY_LISTS[bits] ?? "[]"
}
