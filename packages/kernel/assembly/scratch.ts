// Small regions that a kernel writes to. Kernels of several threads share one memory, so nothing lies at a fixed address.

/** What is known of the sides of the session at hand (see capture.ts): 6 of 80 bytes. */
export let sides: usize = 0
/** Its texts, by slot: 19 of 8 bytes. */
export let texts: usize = 0
/** Where the values of the callRecord at hand stand (see call.ts): 6 of 8 bytes. */
export let callValues: usize = 0
/** Numbers of the texts of an endpoint (see row.ts): 6 of 4 bytes. */
export let endpointNumbers: usize = 0
/** Unknown properties of the session at hand (see unknown.ts): 64 of 4 bytes. */
export let unknownNumbers: usize = 0
/** Ticks that the host read: 8 bytes. */
export let hostTicks: usize = 0

/** Lays them out from `at` on, a multiple of 64: 1024 bytes. */
export function placeScratch(at: usize): void {
  sides = at
  texts = at + 480
  callValues = at + 640
  endpointNumbers = at + 688
  unknownNumbers = at + 720
  hostTicks = at + 976
}
