import type { Validity } from '@mortise/protocol/words'
import { addDays, instantOf, wallTimeOf, weekdayOf } from '#app/time/wall-time.ts'

export const visitPresets = ['hour', 'today', 'weekend', 'weekly', 'custom', 'always'] as const
export type VisitPreset = (typeof visitPresets)[number]

/** Half-open, milliseconds since 1970. */
export interface VisitWindow {
  readonly fromMs: number
  readonly untilMs: number
}

/** The policy's words for a window as the app's. */
export function windowOf(validity: Validity | undefined): VisitWindow | null {
  if (validity === undefined) return null
  return { fromMs: validity.notBeforeMs, untilMs: validity.notAfterMs }
}

const hourMs = 3_600_000
const saturday = 6

/**
 * What a preset means at this moment at this door. Days are days of the door's time zone, so "today"
 * has 23 or 25 hours when the clocks change, and an hour is always an hour.
 */
export function presetWindow(
  preset: 'hour' | 'today' | 'weekend',
  nowMs: number,
  timeZone: string,
): VisitWindow {
  if (preset === 'hour') return { fromMs: nowMs, untilMs: nowMs + hourMs }
  const midnight = `${wallTimeOf(nowMs, timeZone).slice(0, 10)}T00:00`
  if (preset === 'today') return { fromMs: nowMs, untilMs: startOfDay(midnight, 1, timeZone) }
  const weekday = weekdayOf(midnight)
  const daysToSaturday = weekday === 0 ? -1 : saturday - weekday
  return {
    fromMs: Math.max(nowMs, startOfDay(midnight, daysToSaturday, timeZone)),
    untilMs: startOfDay(midnight, daysToSaturday + 2, timeZone),
  }
}

function startOfDay(midnight: string, days: number, timeZone: string): number {
  return instantOf(addDays(midnight, days), timeZone) ?? 0
}

/** Whole weeks: who gives hours of the week means several of them. */
const usualSpanDays = 28

/** What the first and the last moment of hours of the week are at first: from now, for four weeks. */
export function spanFields(
  nowMs: number,
  timeZone: string,
): { readonly spanFrom: string; readonly spanUntil: string } {
  const spanFrom = wallTimeOf(nowMs, timeZone)
  return { spanFrom, spanUntil: addDays(spanFrom, usualSpanDays) }
}

/** What the custom fields hold at first: from the next full hour, for two hours. */
export function customFields(
  nowMs: number,
  timeZone: string,
): { readonly customFrom: string; readonly customUntil: string } {
  const fromMs = Math.ceil(nowMs / hourMs) * hourMs
  return {
    customFrom: wallTimeOf(fromMs, timeZone),
    customUntil: wallTimeOf(fromMs + 2 * hourMs, timeZone),
  }
}
