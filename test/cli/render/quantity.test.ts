import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bytes, count, counted, duration, minute, percent } from "#cli/render/quantity.ts"

describe("quantities", () => {
  it("of counts have a comma at every third digit and lose none", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(count(value)).toMatch(/^\d{1,3}(,\d{3})*$/)
        expect(Number(count(value).replaceAll(",", ""))).toBe(value)
      }),
    )
  })

  it("of one are singular", () =>
    expect([0, 1, 1000].map((value) => counted(value, "session"))).toEqual([
      "0 sessions",
      "1 session",
      "1,000 sessions",
    ]))

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [957_000, "957.0 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [12_345_678, "12.3 MB"],
    [4e9, "4.0 GB"],
    [5e15, "5000.0 TB"],
  ])("%d bytes are %s", (value, text) => expect(bytes(value)).toBe(text))

  it.each([
    [0, "0 s"],
    [0.0000008, "under 1 ms"],
    [0.85, "850 ms"],
    [0.9996, "1 s"],
    [42.5, "42.5 s"],
    [59.96, "1m 00s"],
    [60, "1m 00s"],
    [725, "12m 05s"],
    [3599.9, "59m 59s"],
    [3600, "1h 00m"],
    [11_520, "3h 12m"],
    [86_400, "1d 00h"],
    [446_400, "5d 04h"],
  ])("%d seconds are %s", (value, text) => expect(duration(value)).toBe(text))

  it("of shares are per cent", () =>
    expect([percent(0), percent(0.1234), percent(1)]).toEqual(["0.0 %", "12.3 %", "100.0 %"]))

  it("of instants are minutes", () => expect(minute("2026-01-05T09:00:03.8251657Z")).toBe("2026-01-05 09:00"))
})
