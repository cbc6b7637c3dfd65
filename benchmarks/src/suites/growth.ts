/** Suites about what grows with the input and what does not, and about what stays where there is next to none. */
import { callsift } from "../cases.ts"
import { node } from "../command.ts"
import { CALLSIFT } from "../places.ts"
import { sample } from "../sample.ts"
import type { Case, Suite } from "../suite.ts"

/** The same sessions, more and more of them. */
export const growth: Suite = {
  name: "growth",
  about: "lean sessions, one a line, from 10 MB to 4 GB",
  repeats: 3,
  cases: [10, 100, 1000, 4000].map((megabytes) => callsift(`${megabytes} MB`, sample({ megabytes }))),
  targets: [
    {
      what: "peak memory, 4 GB input, in MB",
      measure: "peak",
      of: "4000 MB",
      against: null,
      isAtLeast: false,
      required: 300,
      aim: 200,
    },
    {
      what: "wall time a byte, 4 GB against 100 MB",
      measure: "speed",
      of: "100 MB",
      against: "4000 MB",
      isAtLeast: false,
      required: 1.1,
      aim: 1,
    },
  ],
}

function start(name: string, ...args: readonly string[]): Case {
  return { name, sample: null, command: () => node(CALLSIFT, ...args) }
}

/** What a run costs before it reads. */
export const startup: Suite = {
  name: "startup",
  about: "what a run costs that has next to nothing to do",
  repeats: 9,
  cases: [
    callsift("callsift analyze, 10 kB", sample({ megabytes: 0.01 })),
    callsift("callsift analyze, 1 MB", sample({ megabytes: 1 })),
    start("callsift --help", "--help"),
    { name: "node, nothing", sample: null, command: () => node("-e", "0") },
  ],
  targets: [],
}
