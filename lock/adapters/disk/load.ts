import { hash } from 'node:crypto'
import { WireError, bindingsMessage, bytesEqual } from '@mortise/protocol/wire'
import type { Binding, LockoutSource } from '@mortise/protocol/words'
import { alarmCodes, lockoutSources, operatingModes, verbs } from '@mortise/protocol/words'
import type {
  Stored,
  StoredEntry,
  StoredPinTag,
  StoredRegisters,
  StoredTries,
  StoredUsage,
} from '#lock/ports/store.ts'
import { storeError } from './database.ts'
import { bytesOf, integerOf, integerOrNothing } from './rows.ts'
import type { Row } from './rows.ts'
import type { Statements } from './statements.ts'

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', bytes, 'buffer'))
}

/** @throws MortiseError `storeCorrupt` (world) */
export function loadStored(statements: Statements): Stored {
  const registers = loadRegisters(statements)
  const policy = loadDocument(statements, 'policy')
  const matter = loadDocument(statements, 'matter')
  const newestEntry = loadNewestEntry(statements)
  const journalFrom = loadJournalFrom(statements)
  return {
    ...(registers && { registers }),
    ...(policy && { policy }),
    pinTags: loadPinTags(statements),
    bindings: loadBindings(statements),
    usages: loadUsages(statements),
    ...(matter && { matter }),
    ...(newestEntry && { newestEntry }),
    ...(journalFrom > 1 && { journalFrom }),
  }
}

export function loadRegisters(statements: Statements): StoredRegisters | undefined {
  const row = statements.registers.get()
  if (row === undefined) return undefined
  const verb = verbs.find((candidate) => candidate === row['open_intent_verb'])
  return {
    boots: integerOf(row, 'boots'),
    timeFloorMs: integerOf(row, 'time_floor_ms'),
    policyVersionFloor: integerOf(row, 'policy_version_floor'),
    tries: loadTries(row),
    ...(verb && { openIntent: { sequence: integerOf(row, 'open_intent_sequence'), verb } }),
    ...loadMode(row),
    ...loadMemory(row),
    ...loadAlarms(row),
    ...loadBattery(row),
    ...loadLoss(row),
  }
}

function loadAlarms(row: Row): Pick<StoredRegisters, 'standingAlarms'> {
  const column = row['standing_alarms']
  if (typeof column !== 'string') return {}
  const codes = column === '' ? [] : column.split(' ')
  const known = codes.flatMap((code) => alarmCodes.find((candidate) => candidate === code) ?? [])
  if (known.length !== codes.length) throw storeError('storeCorrupt')
  return { standingAlarms: known }
}

function loadBattery(row: Row): Pick<StoredRegisters, 'battery'> {
  const column = row['battery']
  if (typeof column !== 'string') return {}
  const numbers = column.split(' ').map(Number)
  if (!numbers.every(Number.isSafeInteger)) throw storeError('storeCorrupt')
  return { battery: numbers }
}

function loadLoss(row: Row): Pick<StoredRegisters, 'journalLoss'> {
  const after = integerOrNothing(row, 'journal_loss_after')
  if (after === undefined) return {}
  return { journalLoss: { after, hash: bytesOf(row, 'journal_loss_hash') } }
}

function loadMode(row: Row): Pick<StoredRegisters, 'operatingMode'> {
  const column = row['operating_mode']
  if (column === null) return {}
  const mode = operatingModes.find((candidate) => candidate === column)
  if (mode === undefined) throw storeError('storeCorrupt')
  const untilMs = integerOrNothing(row, 'operating_mode_until_ms')
  return { operatingMode: { mode, ...(untilMs === undefined ? {} : { untilMs }) } }
}

function loadMemory(
  row: Row,
): Pick<StoredRegisters, 'householdOpenedMs' | 'policyConfirmedMs' | 'timeUnexplainedMs'> {
  const householdOpenedMs = integerOrNothing(row, 'household_opened_ms')
  const policyConfirmedMs = integerOrNothing(row, 'policy_confirmed_ms')
  const timeUnexplainedMs = integerOrNothing(row, 'time_unexplained_ms')
  return {
    ...(timeUnexplainedMs === undefined ? {} : { timeUnexplainedMs }),
    ...(householdOpenedMs === undefined ? {} : { householdOpenedMs }),
    ...(policyConfirmedMs === undefined ? {} : { policyConfirmedMs }),
  }
}

function loadTries(row: Row): StoredRegisters['tries'] {
  const column = row['tries']
  if (typeof column !== 'string') throw storeError('storeCorrupt')
  const tries: Partial<Record<LockoutSource, StoredTries>> = {}
  for (const text of column === '' ? [] : column.split(' ')) {
    const [name, ...words] = text.split(':')
    const source = lockoutSources.find((candidate) => candidate === name)
    const [wrongCodes, lockouts, lockedUntilMs] = words.map(Number).filter(Number.isSafeInteger)
    if (source === undefined || lockedUntilMs === undefined) throw storeError('storeCorrupt')
    if (wrongCodes === undefined || lockouts === undefined) throw storeError('storeCorrupt')
    tries[source] = { wrongCodes, lockouts, lockedUntilMs }
  }
  return tries
}

function loadUsages(statements: Statements): readonly StoredUsage[] {
  return statements.usages.all().map((row) => {
    const firstUseMs = integerOrNothing(row, 'first_use_ms')
    const usage = {
      uses: integerOf(row, 'uses'),
      ...(firstUseMs === undefined ? {} : { firstUseMs }),
    }
    return { userId: bytesOf(row, 'user_id'), usage }
  })
}

export function loadNewestEntry(statements: Statements): StoredEntry | undefined {
  const row = statements.newestEntry.get()
  if (row === undefined) return undefined
  return { sequence: integerOf(row, 'sequence'), bytes: bytesOf(row, 'bytes') }
}

/** Sequence of the oldest entry that is kept; 1 while there is none. */
export function loadJournalFrom(statements: Statements): number {
  const row = statements.oldestEntry.get()
  return (row && integerOrNothing(row, 'sequence')) ?? 1
}

function loadPinTags(statements: Statements): readonly StoredPinTag[] {
  return statements.pinTags
    .all()
    .map((row) => ({ credentialId: bytesOf(row, 'credential_id'), tag: bytesOf(row, 'tag') }))
}

function loadBindings(statements: Statements): readonly Binding[] {
  const encoded = loadDocument(statements, 'bindings')
  if (encoded === undefined) return []
  try {
    return bindingsMessage.decode(encoded).bindings
  } catch (error) {
    if (error instanceof WireError) throw storeError('storeCorrupt', error)
    throw error
  }
}

/** A flipped bit inside a key would lock an owner out without a word, so documents have a hash. */
function loadDocument(statements: Statements, name: string): Uint8Array | undefined {
  const row = statements.document.get(name)
  if (row === undefined) return undefined
  const bytes = bytesOf(row, 'bytes')
  if (!bytesEqual(sha256(bytes), bytesOf(row, 'sha256'))) throw storeError('storeCorrupt')
  return bytes
}
