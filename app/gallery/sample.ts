import type { DoorSettings } from '@mortise/access'

/** A fixed afternoon, so that screenshots compare: Thursday 6 November 2025, 18:42 in Berlin. */
export const nowMs = Date.parse('2025-11-06T17:42:10Z')
export const timeZone = 'Europe/Berlin'
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** A door for which nobody has changed a rule. */
export const plainSettings: DoorSettings = {
  doorName: 'Front door',
  timeZone: 'Europe/Berlin',
  autoRelockTime: 0,
  passageSchedules: [],
  doorAjarSeconds: 0,
  unlatchSeconds: 5,
  quietHours: null,
  nightHours: [{ daysMask: 127, startMinute: 1320, endMinute: 359 }],
  faceRule: 'notAloneAtNight',
  wrongCodeEntryLimit: 5,
  userCodeTemporaryDisableTime: 30,
  matterChannel: 'closed',
}

/** Callbacks that do nothing, whatever their names: a scene does not change. */
export function silent(): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stands for every set of callbacks; in the gallery nothing they do is looked at.
  return new Proxy({}, { get: () => () => undefined }) as never
}
