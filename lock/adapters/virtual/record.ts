import { MortiseError } from '@mortise/protocol/errors'
import { BATTERY_CHEMISTRIES } from '#lock/ports/index.ts'
import { isWeather, MOVEMENTS_PER_PERCENT } from './battery.ts'
import type { DoorRecord } from './physics.ts'
import { NEW_DOOR } from './physics.ts'

/** Raised when the fields below change; an unknown version is refused, never guessed at. */
const RECORD_VERSION = 3

/** Where the physical state of the door is kept. */
export interface RecordStore {
  /** Undefined when there has never been a door here. */
  readonly load: () => DoorRecord | undefined
  /** After the return a killed process finds this record. */
  readonly save: (record: DoorRecord) => void
}

/** For the simulator, whose worlds are not on a disk. */
export function createMemoryStore(start?: DoorRecord): RecordStore {
  let kept = start
  return {
    load: () => kept,
    save(record) {
      kept = record
    },
  }
}

export function encodeRecord(record: DoorRecord): string {
  return `${JSON.stringify({ version: RECORD_VERSION, ...record }, undefined, 2)}\n`
}

/**
 * Checks by hand, because the lock's start may not wait for a schema library.
 * @throws MortiseError `doorStateUnreadable` (world) when the text is not a record of this version.
 */
export function decodeRecord(text: string): DoorRecord {
  const { version, ...fields } = upgrade(parseObject(text))
  if (version !== RECORD_VERSION) throw unreadable(`version ${String(version)}`)
  if (!isRecord(fields)) throw unreadable('a field is missing, unknown or out of range')
  return fields
}

/** Version 1 knew one battery and no weather; version 2 no reader that learns. */
function upgrade(record: Record<string, unknown>): Record<string, unknown> {
  const { chemistry, celsius, movementsOnPercent, templates } = NEW_DOOR
  const supply = { chemistry, celsius, movementsOnPercent }
  if (record['version'] === 1) return upgrade({ ...record, version: 2, ...supply })
  return record['version'] === 2 ? { ...record, version: 3, templates } : record
}

type Check = (value: unknown) => boolean

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const wholeUpTo =
  (highest: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= highest
const flag: Check = (value) => typeof value === 'boolean'
const objectOf =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isPlainObject(value) &&
    Object.keys(value).length === Object.keys(checks).length &&
    Object.entries(checks).every(([key, check]) => Object.hasOwn(value, key) && check(value[key]))

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const textLike =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

const counter = wholeUpTo(Number.MAX_SAFE_INTEGER)
const FIELD_CHECKS: Readonly<Record<keyof DoorRecord, Check>> = {
  bolt: oneOf('extended', 'retracted', 'between'),
  leaf: oneOf('open', 'closed'),
  forced: flag,
  escutcheon: oneOf('inPlace', 'removed'),
  mainsPresent: flag,
  batteryPercent: wholeUpTo(100),
  batteryMillivolts: wholeUpTo(100_000),
  chemistry: oneOf(...BATTERY_CHEMISTRIES),
  celsius: (value) => Number.isInteger(value) && isWeather(Number(value)),
  movementsOnPercent: wholeUpTo(MOVEMENTS_PER_PERCENT),
  counts: objectOf(Object.fromEntries(Object.keys(NEW_DOOR.counts).map((key) => [key, counter]))),
  faults: objectOf({
    jam: oneOf('none', 'extend', 'retract', 'both'),
    motor: oneOf('working', 'dead'),
    boltSensor: oneOf('honest', 'extended', 'retracted', 'between', 'unknown'),
    doorSensor: oneOf('honest', 'open', 'closed', 'unknown'),
  }),
  templates: listOf(
    objectOf({
      credentialType: oneOf('fingerprint', 'face'),
      credentialId: textLike(/^([0-9a-f]{2})+$/),
      whose: textLike(/./),
    }),
  ),
}
const isRecordShaped = objectOf(FIELD_CHECKS)

function isRecord(value: unknown): value is DoorRecord {
  return isRecordShaped(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable('not JSON', cause)
  }
  if (!isPlainObject(value)) throw unreadable('not an object')
  return value
}

function unreadable(detail: string, cause?: unknown): MortiseError {
  return new MortiseError('world', 'doorStateUnreadable', `virtual door state: ${detail}`, {
    nextStep: 'Move the file away to begin with a new virtual door.',
    cause,
  })
}
