import { closeSync, fchmodSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { KnownLock, Memory } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import { holidayRules, roles, verbs } from '@mortise/protocol/words'
import { z } from 'zod'
import { CliError } from '#cli/errors.ts'
import { bytesText } from './bytes.ts'
import type { Places } from './places.ts'

const id = bytesText(16)
const hash = bytesText(32)
const key = bytesText(32)
const counted = z.number().int().min(0)

const credential = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('deviceKey'),
    id,
    createdAtMs: counted,
    name: z.string(),
    publicKey: key,
  }),
  z.strictObject({
    type: z.literal('passkey'),
    id,
    createdAtMs: counted,
    name: z.string(),
    passkeyId: bytesText(),
    publicKey: bytesText(65),
    relyingPartyId: z.string(),
  }),
])

const weekDaySchedules = z
  .array(z.strictObject({ daysMask: counted, startMinute: counted, endMinute: counted }))
  .readonly()
const yearDaySchedules = z
  .array(z.strictObject({ startLocalMinute: counted, endLocalMinute: counted }))
  .readonly()

const access = z.strictObject({
  userId: id,
  userName: z.string(),
  doorName: z.string(),
  timeZone: z.string(),
  role: z.enum(roles),
  verbs: z.array(z.enum(verbs)).readonly(),
  validity: z.exactOptional(z.strictObject({ notBeforeMs: counted, notAfterMs: counted })),
  weekDaySchedules: z.exactOptional(weekDaySchedules),
  yearDaySchedules: z.exactOptional(yearDaySchedules),
  holidayRule: z.exactOptional(z.enum(holidayRules)),
  holidays: z.exactOptional(yearDaySchedules),
  quietHours: z.exactOptional(weekDaySchedules),
  useLimit: z.exactOptional(counted),
  uses: z.exactOptional(counted),
  expiringUserTimeout: z.exactOptional(counted),
  firstUseMs: z.exactOptional(counted),
  afterHousehold: z.exactOptional(z.literal(true)),
})

const schema = z.strictObject({
  lockId: hash,
  lockKey: key,
  sealingKey: key,
  metBy: z.enum(['claim', 'invitation', 'firstUse']),
  credential: z.exactOptional(credential),
  access: z.exactOptional(access),
  policy: z.exactOptional(z.strictObject({ version: counted, hash })),
  head: z.exactOptional(z.strictObject({ sequence: counted, hash })),
})

/** Two command lines at once wait for each other this long. */
const busyTimeoutMs = 5_000

export interface KnownLocks extends Memory {
  /** Removes a lock by its id in hexadecimal. */
  forget(lockId: string): void
  close(): void
}

/**
 * The keyholder's memory in one SQLite file, so that two command lines at once cannot lose each
 * other's writes, and a head that was seen is not forgotten by a power cut.
 * @throws CliError `unreadableFile`
 */
export function openKnownLocks(places: Places): KnownLocks {
  const path = join(places.dataFolder, 'locks.sqlite')
  const database = openDatabase(path)
  const read = database.prepare('SELECT record FROM locks WHERE lock_id = ?')
  const list = database.prepare('SELECT record FROM locks ORDER BY lock_id')
  const write = database.prepare('INSERT OR REPLACE INTO locks (lock_id, record) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM locks WHERE lock_id = ?')
  const readNow = (lockId: Uint8Array): KnownLock | undefined => {
    const row = read.get(toHex(lockId))
    return row === undefined ? undefined : decodeRecord(path, row['record'])
  }
  const update = (lockId: Uint8Array, change: (before: KnownLock | undefined) => KnownLock) => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const after = change(readNow(lockId))
      write.run(toHex(lockId), JSON.stringify(z.encode(schema, after)))
      database.exec('COMMIT')
      return after
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }
  return {
    read: async (lockId) => readNow(lockId),
    list: async () => list.all().map((row) => decodeRecord(path, row['record'])),
    update: async (lockId, change) => update(lockId, change),
    forget: (lockId) => {
      remove.run(lockId)
    },
    close: () => database.close(),
  }
}

function openDatabase(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // SQLite would make the file readable for everybody; its journals take over the mode.
    const file = openSync(path, 'a', 0o600)
    fchmodSync(file, 0o600)
    closeSync(file)
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
    database.exec('PRAGMA synchronous = FULL')
    database.exec('CREATE TABLE IF NOT EXISTS locks (lock_id TEXT PRIMARY KEY, record TEXT) STRICT')
    return database
  } catch (cause) {
    const nextStep = 'Check that the folder belongs to you and that the disk is not full.'
    throw new CliError('unreadableFile', `${path} cannot be used`, nextStep, cause)
  }
}

function decodeRecord(path: string, record: unknown): KnownLock {
  const parsed = typeof record === 'string' ? schema.safeParse(JSON.parse(record)) : undefined
  if (parsed?.success === true) return parsed.data
  const nextStep = 'Put back a copy of it, or move it away to start anew.'
  throw new CliError('unreadableFile', `${path} is damaged`, nextStep)
}
