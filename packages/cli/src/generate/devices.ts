/** What people call with: platform, client and hardware, as call records show them. */
export interface Device {
  readonly platform: string
  readonly productFamily: string
  readonly headerValue: string | null
  readonly hostName: string | null
  readonly cpu: Cpu | null
  readonly network: Network | null
}

export interface Cpu {
  readonly name: string
  /** As JSON, so that it can be written wrongly. */
  readonly coreCount: string
  readonly megahertz: number
}

/** How a device is connected; the rest of a network's properties follows from it. */
export type Network = "wired" | "wifi" | "mobile"

const LAPTOP_CPU: Cpu = { name: "12th Gen Intel(R) Core(TM) i5-1245U", coreCount: "10", megahertz: 1600 }
const DESKTOP_CPU: Cpu = { name: "AMD Ryzen 5 PRO 5650G", coreCount: "6", megahertz: 3900 }
const MAC_CPU: Cpu = { name: "Apple M2", coreCount: "8", megahertz: 0 }

const windows = (release: string, hostName: string, cpu: Cpu, network: Network): Device => ({
  platform: "windows",
  productFamily: "teams",
  headerValue: `releases/CL2026.${release}`,
  hostName,
  cpu,
  network,
})
const handheld = (platform: string, headerValue: string, network: Network): Device => ({
  platform,
  productFamily: "teams",
  headerValue,
  hostName: null,
  cpu: null,
  network,
})

/** Handhelds, which people join by in addition. */
export const MOBILE_DEVICES: readonly Device[] = [
  handheld("iOS", "Teams-iOS/8.4.2", "wifi"),
  handheld("iOS", "Teams-iOS/8.4.2", "mobile"),
  handheld("android", "Teams-Android/1416/1.0.0", "wifi"),
  handheld("android", "Teams-Android/1416/1.0.0", "mobile"),
]

/** All devices, the common ones more than once. */
export const DEVICES: readonly Device[] = [
  windows("R03", "NB-0114", LAPTOP_CPU, "wifi"),
  windows("R03", "NB-0237", LAPTOP_CPU, "wifi"),
  windows("R03", "NB-0351", LAPTOP_CPU, "wired"),
  windows("R03", "WS-1020", DESKTOP_CPU, "wired"),
  windows("R05", "NB-0452", LAPTOP_CPU, "wifi"),
  windows("R05", "NB-0519", LAPTOP_CPU, "wifi"),
  windows("R05", "WS-1077", DESKTOP_CPU, "wired"),
  windows("R05", "WS-1103", DESKTOP_CPU, "wired"),
  { ...windows("R05", "MB-0008", MAC_CPU, "wifi"), platform: "macOS" },
  { ...windows("R05", "MB-0015", MAC_CPU, "wifi"), platform: "macOS" },
  ...MOBILE_DEVICES,
  handheld("web", "CallSignalingAgent (27/1.4.00/desktop-web)", "wifi"),
  handheld("roomSystem", "Teams-Room/5.2.115", "wired"),
  { ...handheld("ipPhone", "Teams-IPPhone/1449/1.0.94", "wired"), hostName: "IPP-2001" },
  {
    ...handheld("windows", "UCCAPI/16.0.17328 OC/16.0.17328 (Skype for Business)", "wired"),
    productFamily: "skypeForBusiness",
  },
]
