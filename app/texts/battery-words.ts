import type { BatteryView } from '#app/state/model/door/battery.ts'
import type { Words } from '#app/texts/words-context.ts'

/** From here on days pretend to know more than a forecast does. */
const daysAsMonths = 60
const daysOfMonth = 30
/** The lock looks no further ahead (`daysLeftMax` of its forecast). */
const daysAsYears = 730

/** "Battery at 62%, about 40 days left": rounded down, and no surer than the lock is. */
export function batteryText({ percent, daysLeft, confidence }: BatteryView, words: Words): string {
  const { t, f } = words
  const left =
    daysLeft === null
      ? null
      : daysLeft === 0
        ? t.door.batteryLastDay
        : t.door.batteryLeft[confidence](spanText(daysLeft, words))
  return t.door.battery(percent === null ? null : f.number(percent), left)
}

function spanText(days: number, { t, f }: Words): string {
  if (days < daysAsMonths) return f.plural(days, t.door.days)
  if (days < daysAsYears) return f.plural(Math.floor(days / daysOfMonth), t.door.months)
  return f.plural(2, t.door.years)
}
