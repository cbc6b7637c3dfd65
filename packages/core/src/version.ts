/** The version of callsift, which every report names. */
export const TOOL = { name: "callsift", version: "0.1.0" } as const
