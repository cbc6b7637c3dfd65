/**
 * When calls start: positions along the export become instants in working weeks of 2026, so that days and hours have
 * the load of an office. Positions that grow give instants that grow.
 */
import { TICKS_PER_HOUR } from "./instant-text.ts"

/** Load of the 24 hours of a day, in UTC: of workdays, and of Saturdays and Sundays. */
const WORKDAY_HOURS = [0, 0, 0, 0, 0, 1, 4, 14, 34, 44, 46, 40, 24, 36, 44, 40, 30, 16, 7, 4, 3, 2, 1, 0]
const WEEKEND_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 1, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0]
const WEEK_HOURS = [0, 1, 2, 3, 4, 5, 6].flatMap((day) => (day < 5 ? WORKDAY_HOURS : WEEKEND_HOURS))
const WEEK_LOAD = WEEK_HOURS.reduce((sum, load) => sum + load, 0)
/** For each unit of a week's load: the hour of the week it lies in, and the unit of that hour. */
const HOUR_OF_UNIT = WEEK_HOURS.flatMap((load, hour) => Array.from({ length: load }, () => hour))
const UNIT_OF_HOUR = WEEK_HOURS.flatMap((load) => Array.from({ length: load }, (_, unit) => unit))

/** Monday, 5 January 2026, in hours since the year began. */
const FIRST_MONDAY_HOUR = 4 * 24
const STEPS_PER_UNIT = 60

/** The instant, in ticks since the year began, that lies at `position` of `length` when `length` is `weekCount` weeks. */
export function startTicksAt(position: number, length: number, weekCount: number): number {
  const step = Math.floor((position * weekCount * WEEK_LOAD * STEPS_PER_UNIT) / Math.max(length, 1))
  const unit = Math.floor(step / STEPS_PER_UNIT)
  const week = Math.floor(unit / WEEK_LOAD)
  const unitOfWeek = unit - week * WEEK_LOAD
  const hour = HOUR_OF_UNIT[unitOfWeek] ?? 0
  const stepsOfHour = (UNIT_OF_HOUR[unitOfWeek] ?? 0) * STEPS_PER_UNIT + (step - unit * STEPS_PER_UNIT)
  const share = Math.floor((stepsOfHour * TICKS_PER_HOUR) / ((WEEK_HOURS[hour] ?? 1) * STEPS_PER_UNIT))
  return (FIRST_MONDAY_HOUR + week * 24 * 7 + hour) * TICKS_PER_HOUR + share
}
