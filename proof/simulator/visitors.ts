import { pick } from '@mortise/access/testing'
import type { Credential, User, WeekDaySchedule, YearDaySchedule } from '@mortise/protocol/words'

/** What kinds of people come, each with the terms that it stands for. */
export const kinds = [
  'weekly',
  'yearly',
  'restricted',
  'weekend',
  'once',
  'twice',
  'expiring',
  'remoteOnly',
  'nonAccess',
  'forced',
  'programming',
  'firstCome',
  'notOnHolidays',
  'onlyOnHolidays',
  'offlineShort',
  'offlineNever',
  'dual',
  'tri',
  'face',
  'lockOnly',
  'agent',
  'auditor',
] as const
export type Kind = (typeof kinds)[number]

/** What somebody of a kind proves themselves with. */
export type WayKind = 'code' | 'finger' | 'face' | 'phone'

export const waysOf: Readonly<Record<Kind, readonly WayKind[]>> = {
  weekly: ['code'],
  yearly: ['code', 'finger'],
  restricted: ['code', 'phone'],
  weekend: ['code'],
  once: ['code'],
  twice: ['code', 'finger'],
  expiring: ['code'],
  remoteOnly: ['phone', 'code'],
  nonAccess: ['code'],
  forced: ['code'],
  programming: ['code'],
  firstCome: ['code', 'finger'],
  notOnHolidays: ['code'],
  onlyOnHolidays: ['code'],
  offlineShort: ['code', 'phone'],
  offlineNever: ['code'],
  dual: ['code', 'finger', 'phone'],
  tri: ['code', 'finger', 'face', 'phone'],
  face: ['face', 'finger'],
  lockOnly: ['code', 'phone'],
  agent: ['phone'],
  auditor: ['phone'],
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface Draw {
  readonly chance: () => number
  /** True time. */
  readonly nowMs: number
  readonly timeZone: string
}

/** The terms of a person of a kind, as an owner would set them now. */
export function termsOf(kind: Kind, draw: Draw): Partial<User> {
  const { chance } = draw
  const weekDaySchedules = [weekHours(chance), weekHours(chance)]
  switch (kind) {
    case 'weekly':
      return { userType: 'weekDayScheduleUser', weekDaySchedules }
    case 'yearly':
      return { userType: 'yearDayScheduleUser', yearDaySchedules: [someDays(draw)] }
    case 'restricted': {
      const yearDaySchedules = [someDays(draw), someDays(draw)]
      return { userType: 'scheduleRestrictedUser', weekDaySchedules, yearDaySchedules }
    }
    case 'weekend':
      return { validity: stay(draw, 3) }
    case 'once':
      return { userType: 'disposableUser', validity: stay(draw, 30) }
    case 'twice':
      return { useLimit: 2 }
    case 'expiring':
      return {
        userType: 'expiringUser',
        expiringUserTimeout: pick(chance, [1, 90, 1_440, 2_880]),
        maxOfflineHours: 0,
      }
    case 'remoteOnly':
      return { userType: 'remoteOnlyUser' }
    case 'nonAccess':
      return { userType: 'nonAccessUser' }
    case 'forced':
      return { userType: 'forcedUser', maxOfflineHours: 0 }
    case 'programming':
      return { userType: 'programmingUser' }
    case 'firstCome':
      return { afterHousehold: true, maxOfflineHours: 0 }
    case 'notOnHolidays':
    case 'onlyOnHolidays': {
      const holidayRule = kind === 'notOnHolidays' ? 'noAccess' : 'onlyThen'
      return { holidayRule, maxOfflineHours: 0 }
    }
    case 'offlineShort':
      return { maxOfflineHours: pick(chance, [1, 3, 8]) }
    case 'offlineNever':
      return { maxOfflineHours: 0 }
    case 'dual':
    case 'tri':
      return { credentialRule: kind, role: 'resident' }
    case 'face':
      return { role: 'resident' }
    case 'lockOnly':
      return { verbs: ['lock'] }
    case 'agent':
      return { role: 'agent', verbs: pick(chance, [['lock'], ['lock', 'unlock']]) }
    case 'auditor':
      return { role: 'auditor', verbs: [] }
  }
}

/** A code by which whoever is forced may be told from whoever is not. */
export function mayBeDuress(kind: Kind, way: WayKind, chance: () => number): boolean {
  return (kind === 'dual' || kind === 'tri') && way !== 'face' && chance() < 0.2
}

function weekHours(chance: () => number): WeekDaySchedule {
  const startMinute = Math.floor(chance() * 24) * 60 + pick(chance, [0, 0, 15, 30])
  const lengthMinutes = pick(chance, [60, 180, 540, 900])
  const endMinute = (startMinute + lengthMinutes - 1) % 1_440
  return { daysMask: 1 + Math.floor(chance() * 127), startMinute, endMinute }
}

function stay({ chance, nowMs }: Draw, daysMax: number) {
  const notBeforeMs = nowMs + Math.floor(chance() * dayMs) - 6 * hourMs
  return { notBeforeMs, notAfterMs: notBeforeMs + Math.ceil(chance() * daysMax * dayMs) }
}

function someDays({ chance, nowMs, timeZone }: Draw): YearDaySchedule {
  const there = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone)
  const localMinute = Math.floor((nowMs + there.offsetNanoseconds / 1e6) / minuteMs)
  const startLocalMinute = localMinute + Math.floor((chance() - 0.3) * 2 * 1_440)
  const lengthMinutes = pick(chance, [60, 1_440, 4_320, 20_160])
  return { startLocalMinute, endLocalMinute: startLocalMinute + lengthMinutes - 1 }
}

/** Instants within the next hours at which a person's own times begin or end. */
export function edgesOf(user: User, draw: Draw, hours: number): readonly number[] {
  const { nowMs, timeZone } = draw
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone)
  const minutes = (user.weekDaySchedules ?? []).flatMap(({ startMinute, endMinute }) => [
    startMinute,
    (endMinute + 1) % 1_440,
  ])
  const daily = minutes.flatMap((minute) =>
    [0, 1].map((days) => {
      const date = today.toPlainDate().add({ days })
      const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
      return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
    }),
  )
  const { validity } = user
  const once = validity === undefined ? [] : [validity.notBeforeMs, validity.notAfterMs]
  return [...daily, ...once].filter((ms) => ms > nowMs + 1_000 && ms < nowMs + hours * hourMs)
}

/** A finger or a face, as the policy names it. */
export function biometricCredential(
  type: 'fingerprint' | 'face',
  id: Uint8Array,
  createdAtMs: number,
  duress: boolean,
): Extract<Credential, { type: 'fingerprint' | 'face' }> {
  const plain = { id, createdAtMs, name: type }
  if (type === 'face') return { type, ...plain }
  return duress ? { type, ...plain, duress } : { type, ...plain }
}
