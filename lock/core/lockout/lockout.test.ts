import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgivenessMs } from '#core/lockout/lockout.ts'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'
import type { StepResult } from '#core/index.ts'

const owner = person(1, 'owner')
const rightPin = '739184'
const policy = policyOf([
  { ...owner.user, credentials: [...owner.user.credentials, pinCredential(5)] },
])

function newLock(): TestLock {
  return claimedLock(owner, policy, [{ credentialId: idOf(5), pin: rightPin }])
}

function guess(lock: TestLock, times: number): void {
  for (let each = 0; each < times; each += 1) lock.enterCode(`00000${each}`)
}

/** How long the keypad stays silent, in seconds, found out by trying the clock. */
function lockedSeconds(lock: TestLock): number {
  const until = lock.state.tryClocks.keypad?.lockedUntilMonotonicMs
  return until === undefined ? 0 : (until - lock.monotonicMs) / 1000
}

describe('the lockout', () => {
  test('comes with the fifth wrong code, and each doubles up to an hour', () => {
    const lock = newLock()
    for (const seconds of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
      guess(lock, 4)
      assert.equal(lockedSeconds(lock), 0)
      guess(lock, 1)
      assert.equal(lockedSeconds(lock), seconds)
      lock.advance(seconds * 1000)
      assert.equal(lockedSeconds(lock), 0)
    }
  })

  test('is written down, raises the alarm and is published', () => {
    const lock = newLock()
    guess(lock, 5)
    const [entry] = lock.entriesOf('keypadLockedOut')
    assert.deepEqual(
      [entry?.source, entry?.count, entry?.untilMs],
      ['keypad', 5, startWallMs + 30_000],
    )
    assert.deepEqual(lock.lastSignal(), { type: 'lockedOut', remainingMs: 30_000 })
    assert.deepEqual(lock.published().alarms, ['wrongCodeEntryLimit'])
    assert.equal(lock.published().keypadLockedUntilMs, startWallMs + 30_000)
    const lockedUntilMs = startWallMs + 30_000
    const stored = () => lock.store.registers.tries.keypad
    assert.deepEqual(stored(), { wrongCodes: 0, lockouts: 1, lockedUntilMs })
    lock.advance(30_000)
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.published().keypadLockedUntilMs, undefined)
    assert.deepEqual(stored(), { wrongCodes: 0, lockouts: 1, lockedUntilMs: 0 })
    assert.deepEqual(lock.lastSignal(), { type: 'ready' })
  })

  test('swallows keys and tells how long it lasts', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(10_000)
    const before = lock.effects.filter(({ type }) => type === 'hashPin').length
    lock.press(`${rightPin}#`)
    assert.deepEqual(lock.lastSignal(), { type: 'lockedOut', remainingMs: 20_000 })
    assert.equal(lock.effects.filter(({ type }) => type === 'hashPin').length, before)
  })

  test('ends on time even when its timer is late', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.monotonicMs += 30_000
    lock.press(`${rightPin}#`)
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
  })

  test('is not ended by a timer that comes early', () => {
    const lock = newLock()
    guess(lock, 5)
    const { effects } = lock.input({ type: 'timer', name: 'lockouts' })
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'lockouts', atMonotonicMs: 30_000 }])
    assert.equal(lockedSeconds(lock), 30)
  })

  test('leaves phones and the thumbturn alone', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    lock.moveBolt('extended')
    assert.equal(lock.published().lockState, 'locked')
    assert.equal(lockedSeconds(lock), 30)
  })

  test('is forgotten with the first right code', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000)
    lock.enterCode(rightPin)
    const nothing = { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 }
    assert.deepEqual(lock.store.registers.tries.keypad, nothing)
    assert.equal(lock.timerAt('lockouts'), undefined)
    guess(lock, 5)
    assert.equal(lockedSeconds(lock), 30)
  })

  test('four wrong codes and a right one lock nobody out', () => {
    const lock = newLock()
    for (let round = 0; round < 5; round += 1) {
      guess(lock, 4)
      lock.enterCode(rightPin)
      lock.settle()
      lock.moveBolt('extended')
    }
    assert.equal(lock.entriesOf('keypadLockedOut').length, 0)
  })
})

describe('a guest with a good code who guesses at those of others', () => {
  const guest = person(2, 'guest', { credentials: [pinCredential(20)] })
  const guestPin = { credentialId: idOf(20), pin: '581903' }
  const newDoor = (): TestLock => {
    const users = [...policy.users, guest.user]
    return claimedLock(owner, policyOf(users), [{ credentialId: idOf(5), pin: rightPin }, guestPin])
  }
  const guessAndOpen = (lock: TestLock): void => {
    guess(lock, 1)
    lock.enterCode(guestPin.pin)
    if (lock.state.bolt.drive === undefined) return
    lock.settle()
    lock.moveBolt('extended')
  }

  test('is locked out, and for longer each time', () => {
    const lock = newDoor()
    for (const seconds of [30, 60, 120]) {
      for (let each = 0; each < 5; each += 1) guessAndOpen(lock)
      assert.equal(lockedSeconds(lock), seconds)
      lock.advance(seconds * 1000)
    }
  })

  test('finds a quiet hour to forgive the wrong codes and one lockout', () => {
    const lock = newDoor()
    guess(lock, 5)
    lock.advance(30_000)
    guess(lock, 5)
    lock.advance(60_000)
    guess(lock, 4)
    lock.advance(forgivenessMs - 1)
    assert.deepEqual(lock.triesAt('keypad'), [4, 2])
    lock.advance(1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 1])
    lock.advance(forgivenessMs)
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
    assert.equal(lock.timerAt('lockouts'), undefined)
  })

  test('waits the whole hour again after each guess and each restart', () => {
    const lock = newDoor()
    guess(lock, 1)
    lock.advance(forgivenessMs - 1)
    guess(lock, 1)
    lock.advance(forgivenessMs - 1)
    lock.boot()
    lock.advance(forgivenessMs - 1)
    assert.deepEqual(lock.triesAt('keypad'), [2, 0])
    const { effects } = lock.input({ type: 'timer', name: 'lockouts' })
    assert.equal(effects[0]?.type, 'setTimer')
    assert.deepEqual(lock.triesAt('keypad'), [2, 0])
    lock.advance(1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
  })
})

describe('the quiet hour', () => {
  test('begins when a lockout ends', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000 + forgivenessMs - 1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 1])
    lock.advance(1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
  })

  test('counts for nothing when it ends within a lockout', () => {
    const lock = newLock()
    for (const seconds of [30, 60, 120, 240, 480, 960, 1920]) {
      guess(lock, 5)
      lock.advance(seconds * 1000)
    }
    guess(lock, 4)
    lock.press('000009#')
    lock.advance(1000)
    lock.finishHash()
    lock.advance(forgivenessMs - 1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 8])
    lock.advance(1 + forgivenessMs - 1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 8])
    lock.advance(1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 7])
  })

  test('forgives no guess that is being compared, and is over then', () => {
    const lock = newLock()
    lock.press('000000#')
    lock.monotonicMs += forgivenessMs
    lock.input({ type: 'timer', name: 'lockouts' })
    assert.deepEqual(lock.triesAt('keypad'), [1, 0])
    lock.finishHash()
    lock.input({ type: 'timer', name: 'lockouts' })
    assert.deepEqual(lock.triesAt('keypad'), [1, 0])
  })
})

const finger = { type: 'fingerprint', id: idOf(30), createdAtMs: 1, name: 'thumb' } as const
const guestFinger = { ...finger, id: idOf(31) } as const

/** A door with a code and a finger of the household, and both of a guest. */
function newReaderDoor(): TestLock {
  const [anna] = policy.users
  assert.ok(anna !== undefined)
  const users = [
    { ...anna, credentials: [...anna.credentials, finger] },
    person(2, 'guest', { credentials: [pinCredential(20), guestFinger] }).user,
  ]
  const pins = [
    { credentialId: idOf(5), pin: rightPin },
    { credentialId: idOf(20), pin: '581903' },
  ]
  return claimedLock(owner, policyOf(users), pins)
}

function show(lock: TestLock, credentialId?: Uint8Array): StepResult {
  return lock.input({
    type: 'biometric',
    credentialType: 'fingerprint',
    ...(credentialId === undefined ? {} : { credentialId }),
  })
}

function showUnknown(lock: TestLock, times: number): void {
  for (let each = 0; each < times; each += 1) show(lock)
}

/** Whether a finger opens; the bolt is locked again by hand. */
function opensBy(lock: TestLock, credentialId: Uint8Array): boolean {
  show(lock, credentialId)
  if (lock.state.bolt.drive === undefined) return false
  lock.settle()
  lock.moveBolt('extended')
  return true
}

describe('the readers', () => {
  test('lock themselves after unknown fingers, each time for longer, and nothing else', () => {
    const lock = newReaderDoor()
    for (const seconds of [30, 60, 120]) {
      showUnknown(lock, 5)
      const { source, untilMs = 0, timeMs } = lock.entriesOf('keypadLockedOut').at(-1) ?? {}
      assert.deepEqual([source, untilMs - (timeMs ?? 0)], ['biometric', seconds * 1000])
      assert.deepEqual(lock.published().alarms, ['wrongCodeEntryLimit'])
      assert.equal(lock.published().keypadLockedUntilMs, undefined)
      assert.equal(opensBy(lock, finger.id), false)
      lock.advance(seconds * 1000)
      assert.deepEqual(lock.published().alarms, [])
      assert.notDeepEqual(lock.lastSignal(), { type: 'ready' }, 'a keypad that was ready is silent')
    }
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
    assert.ok(opensBy(lock, finger.id))
  })

  test('begin anew with a right finger of the household; each quiet hour takes one lockout back', () => {
    const lock = newReaderDoor()
    const secondsNow = (): number => {
      showUnknown(lock, 5)
      const { untilMs = 0, timeMs = 0 } = lock.entriesOf('keypadLockedOut').at(-1) ?? {}
      lock.advance(untilMs - timeMs)
      return (untilMs - timeMs) / 1000
    }
    assert.deepEqual([secondsNow(), secondsNow()], [30, 60])
    assert.ok(opensBy(lock, finger.id))
    assert.deepEqual([secondsNow(), secondsNow()], [30, 60])
    assert.ok(opensBy(lock, guestFinger.id))
    assert.equal(secondsNow(), 120)
    lock.advance(2 * forgivenessMs)
    assert.equal(secondsNow(), 60)
    lock.boot()
    assert.equal(secondsNow(), 120)
  })

  test('let no guest buy tries for others', () => {
    const lock = newReaderDoor()
    for (let each = 0; each < 5; each += 1) {
      assert.ok(opensBy(lock, guestFinger.id))
      showUnknown(lock, 1)
    }
    assert.equal(opensBy(lock, guestFinger.id), false)
  })

  test('write no count for a finger that nobody guessed before', () => {
    const lock = newReaderDoor()
    assert.ok(opensBy(lock, finger.id))
    assert.deepEqual(lock.store.registers.tries, {})
  })

  test('have the quiet hour of a guess go on while a guest comes and goes', () => {
    const lock = newReaderDoor()
    showUnknown(lock, 1)
    lock.advance(forgivenessMs / 2)
    assert.ok(opensBy(lock, guestFinger.id))
    lock.advance(forgivenessMs / 2 - 1)
    assert.deepEqual(lock.triesAt('biometric'), [1, 0])
    lock.advance(1)
    assert.deepEqual(lock.triesAt('biometric'), [0, 0])
  })

  test('wait again in full after a restart', () => {
    const lock = newReaderDoor()
    showUnknown(lock, 5)
    lock.advance(29_999)
    lock.boot()
    lock.advance(29_999)
    assert.equal(opensBy(lock, finger.id), false)
    lock.advance(1)
    lock.boot()
    assert.ok(opensBy(lock, finger.id), 'what is over does not begin again')
  })

  test('forgive no wrong codes with a right finger, as the keypad forgives no fingers', () => {
    const lock = newReaderDoor()
    guess(lock, 4)
    showUnknown(lock, 4)
    assert.ok(opensBy(lock, finger.id))
    assert.deepEqual(lock.triesAt('keypad'), [4, 0])
    guess(lock, 1)
    assert.equal(lockedSeconds(lock), 30)
    lock.advance(30_000)
    showUnknown(lock, 4)
    lock.enterCode(rightPin)
    assert.deepEqual(lock.triesAt('biometric'), [4, 0])
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
  })

  test('leave a code alone that is being hashed', () => {
    const lock = newReaderDoor()
    lock.press('581903#')
    showUnknown(lock, 5)
    assert.deepEqual(lock.triesAt('keypad'), [1, 0])
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 0])
  })
})

/** What somebody does who has nothing to do with the keypad. */
const others: Readonly<Record<string, (lock: TestLock) => StepResult>> = {
  'a phone that unlocks': (lock) => {
    lock.send(owner, { type: 'unlock' })
    return lock.settle()
  },
  'a thumbturn or a key that unlocks': (lock) => lock.moveBolt('retracted'),
  'a finger': (lock) => show(lock, finger.id),
  'the finger of a guest': (lock) => show(lock, guestFinger.id),
  'the button inside': (lock) =>
    lock.input({ type: 'insideButton', random: new Uint8Array(16).fill(4) }),
  'a door that opens': (lock) => lock.moveLeaf('open'),
}

/** What a step does to the door and tells of it, and when: all but what a challenge or an alarm adds. */
function actsOf({ effects }: StepResult): readonly unknown[] {
  return effects.flatMap((effect): readonly unknown[] => {
    if (effect.type === 'drive') return [[effect.type, effect.direction]]
    if (effect.type === 'reply') return [[effect.type, effect.reply.type]]
    if (effect.type === 'signal') return [effect]
    if (effect.type === 'setTimer' && effect.name === 'drive') return [effect.atMonotonicMs]
    return effect.type === 'setTimer' || effect.type === 'cancelTimer' ? [] : [effect.type]
  })
}

describe('a keypad that is locked neither stops nor slows', () => {
  for (const [who, act] of Object.entries(others)) {
    test(who, () => {
      const [locked, free] = [newReaderDoor(), newReaderDoor()]
      guess(locked, 5)
      assert.equal(lockedSeconds(locked), 30)
      assert.equal(lockedSeconds(free), 0)
      assert.deepEqual(actsOf(act(locked)), actsOf(act(free)))
      assert.deepEqual(locked.sensors, free.sensors)
      assert.equal(lockedSeconds(locked), 30)
    })
  }
})

describe('a lockout and the power', () => {
  test('a restart begins it again in full', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(29_000)
    lock.boot()
    assert.equal(lockedSeconds(lock), 30)
    assert.deepEqual(lock.published().alarms, ['wrongCodeEntryLimit'])
    assert.equal(lock.lastSignal()?.type, 'lockedOut')
    assert.deepEqual(lock.triesAt('keypad'), [0, 1])
  })

  for (const wallMs of [undefined, 0, startWallMs + 86_400_000]) {
    test(`setting the clock to ${wallMs} shortens nothing`, () => {
      const lock = newLock()
      guess(lock, 5)
      lock.wallMs = wallMs
      lock.boot()
      assert.equal(lockedSeconds(lock), 30)
      lock.wallMs = startWallMs + 1e9
      lock.press('1')
      assert.deepEqual(lock.lastSignal(), { type: 'lockedOut', remainingMs: 30_000 })
    })
  }

  test('cutting the power before the comparison wins no guess', () => {
    const lock = newLock()
    for (let tries = 0; tries < 5; tries += 1) {
      assert.equal(lockedSeconds(lock), 0)
      lock.press(`00000${tries}#`)
      lock.boot()
    }
    assert.equal(lockedSeconds(lock), 30)
    assert.equal(lock.entriesOf('keypadLockedOut').length, 1)
    assert.deepEqual(lock.triesAt('keypad'), [0, 1])
  })

  test('a restart during a second lockout begins the second again', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000)
    guess(lock, 5)
    lock.boot()
    assert.equal(lockedSeconds(lock), 60)
  })

  test('a household member who comes in meanwhile does not shorten it at a restart', () => {
    const lock = newLock()
    guess(lock, 5)
    const { tries } = lock.store.registers
    const { lockedUntilMs = 0 } = tries.keypad ?? {}
    const keypad = { wrongCodes: 0, lockouts: 0, lockedUntilMs }
    lock.store.registers = { ...lock.store.registers, tries: { ...tries, keypad } }
    lock.boot()
    assert.equal(lockedSeconds(lock), 30)
  })

  test('a hash that never comes at the limit locks out as well', () => {
    const lock = newLock()
    guess(lock, 4)
    lock.press('000009#')
    lock.advance(30_000)
    assert.equal(lockedSeconds(lock), 30)
  })

  test('an ended lockout stays ended, and the next is longer', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000)
    lock.boot()
    assert.equal(lockedSeconds(lock), 0)
    guess(lock, 5)
    assert.equal(lockedSeconds(lock), 60)
  })
})
