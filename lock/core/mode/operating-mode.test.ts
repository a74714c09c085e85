import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, nextPolicy, person, pinCredential, policyOf } from '@mortise/access/testing'
import type { Person } from '@mortise/access/testing'
import type { OperatingMode, Policy, Reason, Role } from '@mortise/protocol/words'
import { claimedLock, startWallMs } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const hourMs = 3_600_000
const owner = person(1, 'owner')
const others = {
  manager: person(2, 'manager'),
  resident: person(3, 'resident'),
  guest: person(4, 'guest'),
}
const guestPin = '739184'
const ownerPin = '581903'
const policy = policyOf(
  [
    { ...owner.user, credentials: [...owner.user.credentials, pinCredential(10)] },
    others.manager.user,
    others.resident.user,
    { ...others.guest.user, credentials: [...others.guest.user.credentials, pinCredential(40)] },
  ],
  { settings: { autoRelockTime: 30, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 } },
)
const pins = [
  { credentialId: idOf(10), pin: ownerPin },
  { credentialId: idOf(40), pin: guestPin },
]

function house(fields: Partial<Policy> = {}): TestLock {
  return claimedLock(owner, { ...policy, ...fields }, pins)
}

function setMode(
  lock: TestLock,
  who: Person,
  operatingMode: OperatingMode,
  untilMs?: number,
): Reason {
  const until = untilMs === undefined ? {} : { untilMs }
  lock.send(who, { type: 'setOperatingMode', operatingMode, ...until })
  return lock.receipt().reason
}

function opensBy(lock: TestLock, how: 'code' | 'ownersCode' | 'phone' | 'ownersPhone'): boolean {
  const before = lock.drives().length
  if (how === 'code') lock.enterCode(guestPin)
  else if (how === 'ownersCode') lock.enterCode(ownerPin)
  else lock.send(how === 'phone' ? others.resident : owner, { type: 'unlock' })
  return lock.drives().length > before
}

const ways = ['code', 'ownersCode', 'phone', 'ownersPhone'] as const
const passing: Readonly<Record<OperatingMode, readonly (typeof ways)[number][]>> = {
  normal: ways,
  vacation: ['ownersCode', 'phone', 'ownersPhone'],
  privacy: ['ownersPhone'],
  noRemoteLockUnlock: ['code', 'ownersCode'],
  passage: ways,
  lockdown: ['ownersPhone'],
}

describe('who gets in', () => {
  for (const [mode, allowed] of Object.entries(passing)) {
    for (const how of ways) {
      const may = allowed.includes(how)
      test(`${mode}: ${how} ${may ? 'opens' : 'is refused'}`, () => {
        const lock = house()
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the table above
        setMode(lock, owner, mode as OperatingMode)
        assert.equal(opensBy(lock, how), may)
      })
    }
  }
})

const setting: readonly (readonly [Exclude<Role, 'agent' | 'auditor'>, OperatingMode, Reason])[] = [
  ['owner', 'passage', 'granted'],
  ['manager', 'passage', 'notAuthorized'],
  ['resident', 'passage', 'notAuthorized'],
  ['manager', 'vacation', 'granted'],
  ['resident', 'privacy', 'granted'],
  ['manager', 'privacy', 'notAuthorized'],
  ['resident', 'noRemoteLockUnlock', 'notAuthorized'],
  ['resident', 'lockdown', 'granted'],
  ['guest', 'lockdown', 'notAuthorized'],
  ['guest', 'normal', 'notAuthorized'],
]

describe('who sets a mode', () => {
  for (const [role, mode, reason] of setting) {
    test(`${role}, ${mode}: ${reason}`, () => {
      const lock = house()
      const who = role === 'owner' ? owner : others[role]
      assert.equal(setMode(lock, who, mode), reason)
      assert.equal(lock.published().operatingMode, reason === 'granted' ? mode : undefined)
    })
  }

  test('a resident may begin lockdown and not end it', () => {
    const lock = house()
    setMode(lock, others.resident, 'lockdown')
    assert.equal(setMode(lock, others.resident, 'normal'), 'notAuthorized')
    assert.equal(setMode(lock, owner, 'normal'), 'granted')
  })
})

describe('a mode', () => {
  test('is in the journal with who set it, and outlives a restart', () => {
    const lock = house()
    setMode(lock, others.resident, 'vacation')
    const { type, userName, operatingMode } = lock.lastEntry()
    assert.deepEqual(
      [type, userName, operatingMode],
      ['operatingModeChanged', 'resident 3', 'vacation'],
    )
    lock.boot()
    assert.equal(lock.published().operatingMode, 'vacation')
    assert.equal(lock.drives().length, 0)
  })

  test('ends by its time, as nobody’s doing, also when the lock was off then', () => {
    for (const cut of [false, true]) {
      const lock = house()
      setMode(lock, owner, 'vacation', startWallMs + 10 * hourMs)
      lock.advance(10 * hourMs - 1)
      assert.equal(lock.published().operatingMode, 'vacation')
      if (cut) {
        lock.monotonicMs += 2
        lock.wallMs = (lock.wallMs ?? 0) + 2
        lock.boot()
      } else lock.advance(1)
      assert.equal(lock.published().operatingMode, undefined)
      const changed = lock.entriesOf('operatingModeChanged').at(-1)
      assert.deepEqual([changed?.source, changed?.operatingMode], ['auto', 'normal'])
      assert.equal(lock.drives().length, 0)
    }
  })

  test('of two days ends to the minute, though no timer waits for longer than one', () => {
    const lock = house()
    const from = lock.monotonicMs
    setMode(lock, owner, 'vacation', startWallMs + 48 * hourMs)
    assert.equal(lock.timerAt('operatingMode'), from + 24 * hourMs)
    lock.advance(24 * hourMs)
    assert.equal(lock.timerAt('operatingMode'), from + 48 * hourMs)
    assert.equal(lock.published().operatingMode, 'vacation')
    lock.advance(24 * hourMs)
    assert.equal(lock.published().operatingMode, undefined)
    assert.equal(lock.timerAt('operatingMode'), undefined)
  })

  test('ends on time when an owner has told the time after a restart without a clock', () => {
    const lock = house()
    setMode(lock, owner, 'lockdown', startWallMs + 3 * hourMs)
    lock.wallMs = undefined
    lock.boot()
    lock.phoneMs = startWallMs + 2 * hourMs
    lock.send(owner, { type: 'lock' })
    assert.equal(lock.published().timeCertain, true)
    assert.equal(lock.timerAt('operatingMode'), lock.monotonicMs + hourMs)
    lock.advance(hourMs - 1)
    assert.equal(lock.published().operatingMode, 'lockdown')
    lock.advance(1)
    assert.equal(lock.published().operatingMode, undefined)
  })

  test('ends on time when the clock is set forward', () => {
    const lock = house()
    setMode(lock, owner, 'lockdown', startWallMs + hourMs)
    lock.wallMs = startWallMs + 90_000
    lock.moveLeaf('open')
    assert.equal(lock.timerAt('operatingMode'), lock.monotonicMs + hourMs - 90_000)
    lock.advance(hourMs - 90_000)
    assert.equal(lock.published().operatingMode, undefined)
  })

  test('that has ended before it begins is refused', () => {
    const lock = house()
    assert.equal(setMode(lock, owner, 'vacation', startWallMs), 'noLongerValid')
  })

  test('ends by no clock that nobody vouches for', () => {
    const lock = house()
    setMode(lock, owner, 'vacation', startWallMs + hourMs)
    lock.wallMs = startWallMs + 1000 * hourMs
    lock.moveLeaf('open')
    lock.moveLeaf('closed')
    assert.equal(lock.published().timeCertain, false)
    assert.equal(lock.published().operatingMode, 'vacation')
  })

  test('whose end has come in uncertain time waits for a certain one, and for no timer', () => {
    const lock = house()
    setMode(lock, owner, 'vacation', startWallMs + hourMs)
    lock.wallMs = undefined
    lock.boot()
    assert.equal(lock.timerAt('operatingMode'), lock.monotonicMs + hourMs)
    lock.advance(hourMs)
    assert.equal(lock.published().timeCertain, false)
    assert.equal(lock.published().operatingMode, 'vacation')
    assert.equal(lock.timerAt('operatingMode'), undefined)
    lock.phoneMs = startWallMs + 2 * hourMs
    lock.send(owner, { type: 'lock' })
    assert.equal(lock.published().timeCertain, true)
    assert.equal(lock.published().operatingMode, undefined)
  })

  test('of a holiday holds on that day, and never over one that somebody has set', () => {
    const day = Math.floor(startWallMs / 60_000) - 12 * 60
    const holiday = {
      name: 'Fair',
      startLocalMinute: day,
      endLocalMinute: day + 1439,
      operatingMode: 'vacation',
    } as const
    const lock = house({ holidaySchedules: [holiday] })
    assert.equal(opensBy(lock, 'code'), false)
    setMode(lock, owner, 'passage')
    assert.equal(opensBy(lock, 'code'), true)
  })
})

describe('lockdown', () => {
  test('locks the door once, on the word of whoever asked for it', () => {
    const lock = house()
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    setMode(lock, others.resident, 'lockdown')
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
    const intent = lock.entriesOf('operationIntent').at(-1)
    assert.deepEqual([intent?.verb, intent?.userName], ['lock', 'resident 3'])
  })

  const never = { settings: { ...policy.settings, autoRelockTime: 0 } }

  test('does not drive the bolt of an open door, and locks it as soon as it stands closed', () => {
    const lock = house(never)
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.moveLeaf('open')
    setMode(lock, owner, 'lockdown')
    lock.advance(hourMs)
    assert.equal(lock.drives().length, 1)
    lock.moveLeaf('closed')
    lock.advance(999)
    assert.equal(lock.drives().length, 1)
    lock.advance(1)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
    assert.equal(lock.entriesOf('operationIntent').at(-1)?.source, 'auto')
  })

  test('locks the door that was just being opened, as soon as it has been', () => {
    const lock = house(never)
    lock.send(owner, { type: 'unlock' })
    setMode(lock, others.resident, 'lockdown')
    assert.equal(lock.drives().length, 1)
    lock.settle()
    lock.advance(1_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('lets a bolt that is being thrown, and one that is, be', () => {
    const lock = house(never)
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.send(owner, { type: 'lock' })
    setMode(lock, owner, 'lockdown')
    lock.settle()
    setMode(lock, owner, 'lockdown')
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.advance(hourMs)
    assert.equal(lock.drives().length, 3)
  })

  test('goes before the hours that hold the door open', () => {
    const always = [{ daysMask: 127, startMinute: 0, endMinute: 24 * 60 - 1 }]
    const lock = house({ passageSchedules: always })
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.advance(hourMs)
    assert.equal(lock.drives().length, 1)
    lock.moveLeaf('open')
    setMode(lock, owner, 'lockdown')
    lock.moveLeaf('closed')
    lock.advance(1_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })
})

describe('holding open', () => {
  // From 13:00 to the end of 14:59 in Berlin; the world begins there at 14:00.
  const hours = {
    passageSchedules: [{ daysMask: 127, startMinute: 13 * 60, endMinute: 15 * 60 - 1 }],
  }

  test('by mode: nothing unlocks, and what was unlocked stays so until the mode ends', () => {
    const lock = house()
    setMode(lock, owner, 'passage')
    assert.equal(lock.drives().length, 0)
    opensBy(lock, 'phone')
    lock.settle()
    lock.advance(5 * hourMs)
    assert.equal(lock.drives().length, 1)
    setMode(lock, owner, 'normal')
    lock.advance(29_999)
    assert.equal(lock.drives().length, 1)
    lock.advance(1)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('by hours: until they end, and then a full count', () => {
    const lock = house(hours)
    opensBy(lock, 'phone')
    lock.settle()
    lock.advance(hourMs - 1)
    assert.equal(lock.drives().length, 1)
    // The hours are looked at every minute.
    lock.advance(60_000 + 30_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('by hours, when they begin while the count is running', () => {
    const lock = house({
      passageSchedules: [{ daysMask: 127, startMinute: 14 * 60 + 2, endMinute: 15 * 60 - 1 }],
    })
    lock.advance(100_000)
    opensBy(lock, 'phone')
    lock.settle()
    // Nothing else happens between the beginning of the hours and the end of the count.
    assert.equal(lock.nextTimer(), 'autoRelock')
    lock.advance(58 * 60_000)
    assert.equal(lock.drives().length, 1)
  })

  test('by hours looks at the clock every minute, while the bolt is drawn and no longer', () => {
    const lock = house(hours)
    assert.equal(lock.timerAt('passage'), undefined)
    opensBy(lock, 'phone')
    lock.settle()
    const first = lock.monotonicMs + 60_000
    assert.equal(lock.timerAt('passage'), first)
    lock.advance(30_000)
    lock.input({ type: 'tamper', removed: false })
    assert.equal(lock.timerAt('passage'), first)
    lock.advance(30_000)
    assert.equal(lock.timerAt('passage'), first + 60_000)
    lock.moveBolt('extended')
    assert.equal(lock.timerAt('passage'), undefined)
    assert.equal(lock.state.passageLookAwaited, false)
  })

  test('by hours never unlocks by itself', () => {
    const lock = house({
      passageSchedules: [{ daysMask: 127, startMinute: 15 * 60, endMinute: 16 * 60 }],
    })
    lock.advance(3 * hourMs)
    assert.equal(lock.drives().length, 0)
  })

  test('by hours holds nothing when the time is uncertain', () => {
    const lock = house(hours)
    opensBy(lock, 'phone')
    lock.settle()
    lock.wallMs = undefined
    lock.advance(60_000 + 30_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })
})

describe('a timeout with the unlocking', () => {
  test('is kept instead of the setting, once', () => {
    const lock = house()
    lock.send(owner, { type: 'unlock', timeoutSeconds: 300 })
    lock.settle()
    lock.advance(299_999)
    assert.equal(lock.drives().length, 1)
    lock.advance(1)
    assert.equal(lock.drives().length, 2)
    lock.settle()
    opensBy(lock, 'phone')
    lock.settle()
    lock.advance(30_000)
    assert.equal(lock.drives().length, 4)
  })

  test('works where the door never locks itself', () => {
    const lock = house({ settings: { ...policy.settings, autoRelockTime: 0 } })
    lock.send(owner, { type: 'unlock', timeoutSeconds: 60 })
    lock.settle()
    lock.advance(60_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('waits for a closed door', () => {
    const lock = house()
    lock.send(owner, { type: 'unlock', timeoutSeconds: 60 })
    lock.settle()
    lock.moveLeaf('open')
    lock.advance(hourMs)
    assert.equal(lock.drives().length, 1)
    lock.moveLeaf('closed')
    lock.advance(59_999)
    assert.equal(lock.drives().length, 1)
    lock.advance(1)
    assert.equal(lock.drives().length, 2)
  })
})

test('a policy change leaves the mode', () => {
  const lock = house()
  setMode(lock, owner, 'vacation')
  lock.changePolicy(owner, nextPolicy(policy, { doorName: 'Back door' }))
  assert.equal(lock.published().operatingMode, 'vacation')
})
