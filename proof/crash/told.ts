import assert from 'node:assert/strict'
import type { Stored } from '@mortise/lock'
import { bytesEqual } from '@mortise/protocol/wire'
import type { AlarmCode, Entry, User } from '@mortise/protocol/words'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { enterCode, visitorCode } from './acts.ts'
import { openings, policyOf } from './kept.ts'
import type { Kept } from './kept.ts'
import { verdictOnPin, voicePin } from './voice.ts'

/** What stands is what the journal has begun and not ended: on the disk, and after the start. */
export function assertAlarms({ lock }: DiskLock, killed: Stored, journal: readonly Entry[]): void {
  const until = killed.newestEntry?.sequence ?? 0
  const then = journal.filter(({ sequence }) => sequence <= until)
  assert.deepEqual(killed.registers?.standingAlarms ?? [], standing(then), 'alarms of the disk')
  assert.deepEqual(lock.state().alarms, standing(journal), 'alarms after the start')
}

function standing(journal: readonly Entry[]): readonly AlarmCode[] {
  const alarms: AlarmCode[] = []
  for (const { type, alarmCode } of journal) {
    if (alarmCode === undefined || alarmCode === 'forcedUser') continue
    if (type === 'alarmBegan') {
      assert.ok(!alarms.includes(alarmCode), `${alarmCode} began twice`)
      alarms.push(alarmCode)
    } else if (type === 'alarmEnded') {
      assert.ok(alarms.includes(alarmCode), `${alarmCode} ended, and never began`)
      alarms.splice(alarms.indexOf(alarmCode), 1)
    }
  }
  return alarms
}

/** Each opening under duress has its silent alarm, in the same write and nowhere that shows. */
export function assertDuress({ lock }: DiskLock, journal: readonly Entry[]): void {
  const forced = journal.filter(({ type, duress }) => type === 'operationIntent' && duress === true)
  const told = journal.filter(({ alarmCode }) => alarmCode === 'forcedUser')
  assert.deepEqual(
    told.map(({ sequence }) => sequence - 1),
    forced.map(({ sequence }) => sequence),
    'a silent alarm follows its opening',
  )
  assert.ok(!lock.state().alarms.includes('forcedUser'))
}

/** The code of a visitor who is gone, or whose time is over, opens nothing any more. */
export async function assertEndedStaysOut(disk: DiskLock, before: Kept): Promise<void> {
  const isGuest = ({ role }: User): boolean => role === 'guest'
  const visitor = policyOf(before)?.users.find(isGuest)
  if (visitor === undefined) return
  const { users = [] } = policyOf(disk.store.load()) ?? {}
  const now = users.find(({ id }) => bytesEqual(id, visitor.id))
  if (now !== undefined && !isOver(disk, now)) return
  const entries = () => readJournal(disk.store, disk.lock.lockId, before.entries)
  const opened = openings(entries())
  await enterCode(disk, visitorCode, () => {})
  const last = entries().findLast(({ type }) => type === 'refused')
  assert.equal(openings(entries()), opened, 'somebody whose time is over came in')
  assert.ok(why.includes(last?.reason), `refused, because ${last?.reason}`)
}

/** A lockout of voice is served after the start: the right PIN does not even begin to be hashed. */
export async function assertVoiceStaysShut(disk: DiskLock, killed: Stored): Promise<void> {
  if ((killed.registers?.tries.voice?.lockedUntilMs ?? 0) === 0) return
  let hashes = 0
  const end = disk.onHash(() => {
    hashes += 1
  })
  assert.equal(await verdictOnPin(disk, voicePin), 'voiceLockedOut')
  assert.equal(hashes, 0)
  end()
}

/** A clock that was hurried before the restart and is not after it may be behind what the lock has seen. */
const why: readonly (string | undefined)[] = [
  'noLongerValid',
  'expired',
  'unknownCode',
  'timeUncertain',
]

function isOver({ lock, store }: DiskLock, user: User): boolean {
  const { timeMs } = lock.state()
  const { notAfterMs = Infinity } = user.validity ?? {}
  const used = store.load().usages.find(({ userId }) => bytesEqual(userId, user.id))
  const { firstUseMs = Infinity } = used?.usage ?? {}
  const { expiringUserTimeout = Infinity } = user
  return timeMs > notAfterMs || timeMs >= firstUseMs + expiringUserTimeout * 60_000
}
