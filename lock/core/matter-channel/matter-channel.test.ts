import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, nextPolicy, person, pinCredential, policyOf } from '@mortise/access/testing'
import { policyMessage, utf8 } from '@mortise/protocol/wire'
import type { MatterChannel, Policy } from '@mortise/protocol/words'
import type { MatterAnswer, MatterCommand } from '#core/matter/commands.ts'
import { emptyMatterDatabase } from '#core/matter/database.ts'
import { encodeMatterDatabase } from '#core/matter/encode.ts'
import { matterHashMsMax } from '#core/matter-channel/job.ts'
import { setPinOf, setUserOf } from '#core/matter/testing/commands.ts'
import { codesPerHourMax } from '#core/lockout/new-codes.ts'
import { claimedLock, startWallMs, tagOf, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const ownerPin = '581903'
const pin = '739184'
const open = (matterChannel: MatterChannel): Policy =>
  policyOf([{ ...owner.user, credentials: [...owner.user.credentials, pinCredential(10)] }], {
    matterChannel,
  })

let requests = 0

function ask(lock: TestLock, command: MatterCommand, fabricIndex = 1): MatterAnswer {
  requests += 1
  const requestId = requests
  const before = lock.effects.length
  lock.input({ type: 'matter', requestId, fabricIndex, command, random: lock.random(32) })
  const job = lock.effects.slice(before).findLast(({ type }) => type === 'hashPin')
  if (job?.type === 'hashPin') {
    lock.input({ type: 'pinHashed', job: job.job, tag: tagOf(job.pin) })
  }
  if (lock.state.bolt.drive !== undefined) lock.settle()
  const results = lock.effects.filter(
    (effect) => effect.type === 'matterResult' && effect.requestId === requestId,
  )
  assert.equal(results.length, 1, 'each command gets one answer')
  const [result] = results
  assert.ok(result?.type === 'matterResult')
  return result.answer
}

/** A lock whose owners opened the channel so far, with one code of a Matter user. */
function lockWith(channel: MatterChannel): TestLock {
  const lock = claimedLock(owner, open('unlock'), [{ credentialId: idOf(10), pin: ownerPin }])
  assert.equal(ask(lock, setPinOf('add', 1, pin)).status, 'success')
  if (channel !== 'unlock') {
    assert.equal(
      lock.changePolicy(owner, nextPolicy(open('unlock'), { matterChannel: channel })),
      'granted',
    )
  }
  return lock
}

const door = (type: 'lockDoor' | 'unlockDoor' | 'unboltDoor', code?: string): MatterCommand => ({
  type,
  pinCode: code === undefined ? undefined : utf8(code),
})

const rows: readonly (readonly [
  MatterChannel,
  MatterCommand,
  MatterAnswer['status'],
  string | undefined,
])[] = [
  ['closed', door('lockDoor'), 'failure', undefined],
  ['closed', door('unlockDoor', pin), 'failure', undefined],
  ['lockOnly', door('lockDoor'), 'success', 'lock'],
  ['lockOnly', door('unlockDoor'), 'failure', undefined],
  ['lockOnly', door('unlockDoor', pin), 'failure', undefined],
  ['unlockWithPin', door('unlockDoor'), 'failure', undefined],
  ['unlockWithPin', door('lockDoor'), 'failure', undefined],
  ['unlockWithPin', door('lockDoor', pin), 'success', 'lock'],
  ['unlockWithPin', door('unlockDoor', pin), 'success', 'unlock'],
  ['unlockWithPin', door('unboltDoor', pin), 'success', 'unlock'],
  ['unlockWithPin', door('unlockDoor', '000000'), 'failure', undefined],
  ['unlockWithPin', door('unlockDoor', ownerPin), 'failure', undefined],
  ['unlock', door('unlockDoor'), 'success', 'unlock'],
  ['unlock', door('unlockDoor', '000000'), 'failure', undefined],
  ['unlock', { type: 'unlockWithTimeout', timeout: 60, pinCode: undefined }, 'success', 'unlock'],
]

describe('the door through Matter', () => {
  for (const [channel, command, status, verb] of rows) {
    const code = 'pinCode' in command && command.pinCode !== undefined ? ' with a PIN' : ''
    test(`${channel}: ${command.type}${code}: ${status}`, () => {
      const lock = lockWith(channel)
      assert.equal(ask(lock, command).status, status)
      const done = lock.entriesOf('operationResult').at(-1)
      assert.equal(done?.verb, verb)
      if (verb !== undefined) assert.equal(done?.source, 'matter')
    })
  }

  test('does not move on a lock that is nobody’s', () => {
    const lock = new TestLock()
    assert.equal(ask(lock, door('lockDoor')).status, 'failure')
    assert.equal(lock.drives().length, 0)
  })

  test('an unlocking with a timeout locks itself', () => {
    const lock = lockWith('unlock')
    ask(lock, { type: 'unlockWithTimeout', timeout: 60, pinCode: undefined })
    lock.advance(60_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('a drive that fails is answered with failure', () => {
    const lock = lockWith('unlock')
    lock.input({
      type: 'matter',
      requestId: 7777,
      fabricIndex: 1,
      command: door('unlockDoor'),
      random: lock.random(32),
    })
    while (lock.state.bolt.drive !== undefined) {
      lock.input({ type: 'driveStalled', reason: 'blocked' })
    }
    const result = lock.effects.findLast(({ type }) => type === 'matterResult')
    assert.ok(result?.type === 'matterResult')
    assert.deepEqual([result.requestId, result.answer.status], [7777, 'failure'])
  })

  for (const mode of ['privacy', 'noRemoteLockUnlock', 'lockdown'] as const) {
    test(`${mode} answers with failure`, () => {
      const lock = lockWith('unlock')
      lock.send(owner, { type: 'setOperatingMode', operatingMode: mode })
      assert.equal(ask(lock, door('unlockDoor')).status, 'failure')
      assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    })
  }
})

describe('codes that a Matter administrator gave', () => {
  test('open at the keypad while the channel is open, as their user', () => {
    const lock = lockWith('unlockWithPin')
    lock.enterCode(pin)
    lock.settle()
    const { userName, source } = lock.lastEntry()
    assert.deepEqual([userName, source], ['Matter user 1', 'keypad'])
  })

  for (const channel of ['lockOnly', 'closed'] as const) {
    test(`open nothing with the channel ${channel}`, () => {
      const lock = lockWith(channel)
      lock.enterCode(pin)
      assert.equal(lock.drives().length, 0)
    })
  }

  for (const [what, restarts] of [
    ['', false],
    [', also after a restart', true],
  ] as const) {
    test(`are gone for good once the channel was closed${what}`, () => {
      const lock = lockWith('closed')
      assert.equal(lock.store.pinTags().length, 1)
      assert.deepEqual(lock.store.matter, encodeMatterDatabase(emptyMatterDatabase))
      if (restarts) lock.boot()
      const closed = nextPolicy(open('unlock'), { matterChannel: 'closed' })
      lock.changePolicy(owner, nextPolicy(closed, { matterChannel: 'unlock' }))
      lock.enterCode(pin)
      assert.equal(lock.drives().length, 0)
      assert.equal(ask(lock, { type: 'getUser', userIndex: 1 }).userStatus, undefined)
    })
  }

  test('are written anew by no change of something else', () => {
    const [opened, closed] = [lockWith('unlock'), lockWith('closed')]
    const before = {
      opened: open('unlock'),
      closed: nextPolicy(open('unlock'), { matterChannel: 'closed' }),
    }
    for (const [lock, policy] of [
      [opened, before.opened],
      [closed, before.closed],
    ] as const) {
      const next = policyMessage.encode(nextPolicy(policy, { doorName: 'x' }))
      const { writes } = lock.send(owner, { type: 'changePolicy', policy: next, pins: [] })
      assert.equal(lock.receipt().reason, 'granted')
      assert.ok(writes.every(({ type }) => type !== 'matter'))
    }
  })

  test('survive a restart', () => {
    const lock = lockWith('unlock')
    lock.boot()
    lock.enterCode(pin)
    assert.equal(lock.drives().length, 1)
    assert.equal(ask(lock, { type: 'getUser', userIndex: 1 }).status, 'success')
  })

  test('may be nobody else’s: duplicate, with the next free index', () => {
    const lock = lockWith('unlock')
    for (const taken of [pin, ownerPin]) {
      assert.deepEqual(ask(lock, setPinOf('add', 2, taken)), {
        status: 'duplicate',
        nextCredentialIndex: 3,
      })
    }
  })

  test('are no way to search for the codes of others: so many an hour are looked at', () => {
    const lock = lockWith('unlock')
    const trySome = (times: number): number => {
      const before = lock.effects.filter(({ type }) => type === 'hashPin').length
      for (let time = 0; time < times; time += 1) ask(lock, setPinOf('add', 2, ownerPin))
      return lock.effects.filter(({ type }) => type === 'hashPin').length - before
    }
    // One is the code that the lock came with.
    assert.equal(trySome(codesPerHourMax + 2), codesPerHourMax - 1)
    const answer = ask(lock, setPinOf('add', 2, '920481'))
    assert.deepEqual(answer, { status: 'failure', nextCredentialIndex: 3 })
    lock.advance(3_600_000)
    assert.equal(ask(lock, setPinOf('add', 2, '920481')).status, 'success')
  })

  test('go with the last credential of their user, tags and all', () => {
    const lock = lockWith('unlock')
    const credential = { credentialType: 'pin', credentialIndex: 1 } as const
    assert.equal(ask(lock, { type: 'clearCredential', credential }).status, 'success')
    assert.equal(lock.store.pinTags().length, 1)
    lock.enterCode(pin)
    assert.equal(lock.drives().length, 0)
  })

  test('of a one-time user open once', () => {
    const lock = lockWith('unlock')
    ask(lock, setPinOf('add', 2, '920481', { userType: 'disposableUser' }))
    lock.enterCode('920481')
    lock.settle()
    lock.send(owner, { type: 'lock' })
    lock.settle()
    lock.enterCode('920481')
    assert.equal(lock.lastEntry().reason, 'usedUp')
  })
})

describe('a hash for Matter', () => {
  /** Begins a command that waits for its hash. Returns how to let the hash come, and what was answered. */
  function begin(lock: TestLock, command: MatterCommand) {
    requests += 1
    const requestId = requests
    const random = lock.random(32)
    const { effects } = lock.input({ type: 'matter', requestId, fabricIndex: 1, command, random })
    const hash = effects.find(({ type }) => type === 'hashPin')
    assert.ok(hash?.type === 'hashPin')
    return () => {
      const from = lock.effects.length
      lock.input({ type: 'pinHashed', job: hash.job, tag: tagOf(hash.pin) })
      const result = lock.effects.slice(from).find(({ type }) => type === 'matterResult')
      return result?.type === 'matterResult' ? result.answer : undefined
    }
  }
  const newPin = setPinOf('add', 2, '920481')
  const more = [newPin, door('unlockDoor', pin)]

  test('that fails is answered at once', () => {
    const lock = lockWith('unlock')
    begin(lock, newPin)
    lock.input({ type: 'hashFailed', job: lock.state.matterJob?.job ?? 0 })
    const result = lock.effects.findLast(({ type }) => type === 'matterResult')
    assert.ok(result?.type === 'matterResult')
    assert.equal(result.answer.status, 'failure')
    assert.equal(lock.state.matterJob, undefined)
  })

  for (const command of more) {
    test(`is one at a time: ${command.type} waits until the first is given up`, () => {
      const lock = lockWith('unlock')
      begin(lock, door('lockDoor', pin))
      lock.advance(matterHashMsMax - 1)
      assert.equal(ask(lock, command).status, 'failure')
      lock.advance(1)
      assert.equal(ask(lock, command).status, 'success')
    })

    test(`that comes too late does nothing for ${command.type}`, () => {
      const lock = lockWith('unlock')
      const hashed = begin(lock, command)
      lock.advance(matterHashMsMax)
      assert.deepEqual(hashed(), { status: 'failure' })
      assert.equal(lock.drives().length, 0)
      assert.equal(lock.store.pinTags().length, 2)
    })

    test(`does nothing for ${command.type} once the channel is closed`, () => {
      const lock = lockWith('unlock')
      const hashed = begin(lock, command)
      lock.changePolicy(owner, nextPolicy(open('unlock'), { matterChannel: 'closed' }))
      assert.equal(hashed()?.status, 'failure')
      assert.equal(lock.drives().length, 0)
      assert.equal(lock.store.pinTags().length, 1)
    })
  }

  test('gives a second code to its user, who opens with it', () => {
    const lock = lockWith('unlock')
    const answer = ask(lock, setPinOf('add', 2, '920481', { userIndex: 1 }))
    assert.deepEqual(answer, { status: 'success', nextCredentialIndex: 3 })
    lock.enterCode('920481')
    assert.equal(lock.lastEntry().userName, 'Matter user 1')
  })

  test('of somebody disabled is answered with failure, and written down as theirs', () => {
    const lock = lockWith('unlock')
    ask(lock, setUserOf('modify', 1, { userStatus: 'occupiedDisabled' }))
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    const { reason, userName } = lock.lastEntry()
    assert.deepEqual([reason, userName], ['userDisabled', 'Matter user 1'])
  })

  test('of somebody forced opens, and the journal tells', () => {
    const lock = lockWith('unlock')
    ask(lock, setUserOf('modify', 1, { userType: 'forcedUser' }))
    assert.equal(lock.entriesOf('alarmBegan').length, 0)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'success')
    const [alarm] = lock.entriesOf('alarmBegan')
    assert.deepEqual([alarm?.alarmCode, alarm?.userName], ['forcedUser', 'Matter user 1'])
  })
})

describe('what is told', () => {
  test('what is about nobody names no user', () => {
    const lock = lockWith('unlock')
    const holiday = {
      type: 'setHolidaySchedule',
      holidayIndex: 1,
      localStartTime: 1000,
      localEndTime: 2000,
      operatingMode: 'vacation',
    } as const
    assert.equal(ask(lock, holiday).status, 'success')
    const entry = lock.lastEntry()
    assert.deepEqual([entry.type, 'matterUserIndex' in entry], ['lockUserChanged', false])
  })

  for (const [channel, writes] of [
    ['closed', 0],
    ['unlock', 1],
  ] as const) {
    test(`that a fabric is gone, with the channel ${channel}: ${writes} writes`, () => {
      const lock = lockWith(channel)
      const result = lock.input({ type: 'matterFabricRemoved', fabricIndex: 1 })
      assert.equal(result.writes.filter(({ type }) => type === 'matter').length, writes)
      const again = ask(lock, setUserOf('modify', 1, { userName: 'Eve' }))
      assert.notEqual(again.status, 'success')
    })
  }

  test('each change is in the journal with its fabric, and told to the adapter', () => {
    const lock = lockWith('unlock')
    ask(lock, setUserOf('add', 5, { userName: 'Bob' }), 2)
    const { type, matterUserIndex, matterFabricIndex } = lock.lastEntry()
    assert.deepEqual([type, matterUserIndex, matterFabricIndex], ['lockUserChanged', 5, 2])
    const told = lock.effects.findLast((effect) => effect.type === 'matterUserChanged')
    assert.ok(told?.type === 'matterUserChanged')
    assert.equal(told.change.dataOperationType, 'add')
  })

  test('a question writes nothing', () => {
    const lock = lockWith('unlock')
    const before = lock.store.journal().length
    ask(lock, { type: 'getUser', userIndex: 1 })
    assert.equal(lock.store.journal().length, before)
  })

  test('a closed channel answers everything with failure', () => {
    const lock = lockWith('closed')
    for (const command of [
      setUserOf('add', 1),
      setPinOf('add', 1, '920481'),
      { type: 'getUser', userIndex: 1 },
    ] as const) {
      assert.equal(ask(lock, command).status, 'failure')
    }
  })
})

describe('wrong PINs through Matter', () => {
  function lockedOut(): TestLock {
    const lock = lockWith('unlockWithPin')
    for (let count = 0; count < 5; count += 1) ask(lock, door('unlockDoor', `00000${count}`))
    return lock
  }

  test('lock that way, and neither keypad nor phone', () => {
    const lock = lockedOut()
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    lock.enterCode(pin)
    assert.equal(lock.drives().length, 1)
    lock.settle()
    lock.send(owner, { type: 'lock' })
    assert.equal(lock.drives().length, 2)
  })

  test('end after their time', () => {
    const lock = lockedOut()
    lock.advance(29_999)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    lock.advance(1)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'success')
  })

  test('wait again in full after a restart', () => {
    const lock = lockedOut()
    lock.advance(29_000)
    lock.boot()
    lock.advance(29_999)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    lock.advance(1)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'success')
  })

  test('double', () => {
    const lock = lockedOut()
    lock.advance(30_000)
    for (let count = 0; count < 5; count += 1) ask(lock, door('unlockDoor', `00000${count}`))
    lock.advance(59_999)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'failure')
    lock.advance(1)
    assert.equal(ask(lock, door('unlockDoor', pin)).status, 'success')
  })

  const tryOften = (lock: TestLock, times: number): void => {
    for (let count = 0; count < times; count += 1) ask(lock, door('unlockDoor', `00000${count}`))
  }
  const opens = (lock: TestLock): boolean => ask(lock, door('unlockDoor', pin)).status === 'success'

  test('are written down, with the time until which they lock', () => {
    const lock = lockedOut()
    const [entry] = lock.entriesOf('keypadLockedOut')
    const untilMs = startWallMs + 30_000
    assert.deepEqual([entry?.source, entry?.count, entry?.untilMs], ['matter', 5, untilMs])
    assert.deepEqual(lock.store.registers.tries.matter, {
      wrongCodes: 0,
      lockouts: 1,
      lockedUntilMs: untilMs,
    })
  })

  test('are over with a right one, also with the last that is looked at', () => {
    const lock = lockWith('unlockWithPin')
    for (let round = 0; round < 3; round += 1) {
      tryOften(lock, 4)
      assert.ok(opens(lock), `round ${round}`)
      ask(lock, door('lockDoor', pin))
    }
    lock.boot()
    assert.ok(opens(lock))
  })

  test('below the limit lock nothing after a restart', () => {
    const lock = lockWith('unlockWithPin')
    tryOften(lock, 1)
    lock.boot()
    assert.ok(opens(lock))
  })

  test('that come after a lockout do not bring it back at a restart', () => {
    const lock = lockedOut()
    lock.advance(30_000)
    tryOften(lock, 1)
    lock.boot()
    assert.ok(opens(lock))
  })

  test('wait for the second lockout again in full after a restart', () => {
    const lock = lockedOut()
    lock.advance(30_000)
    tryOften(lock, 5)
    lock.boot()
    lock.advance(59_999)
    assert.equal(opens(lock), false)
    lock.advance(1)
    assert.ok(opens(lock))
  })

  test('whose hashes never come lock it as well', () => {
    const lock = lockWith('unlockWithPin')
    for (let count = 0; count < 5; count += 1) {
      const command = door('unlockDoor', `00000${count}`)
      const random = lock.random(32)
      lock.input({ type: 'matter', requestId: 8000 + count, fabricIndex: 1, command, random })
      lock.advance(matterHashMsMax)
    }
    assert.equal(opens(lock), false)
    assert.equal(lock.entriesOf('keypadLockedOut').length, 1)
    lock.advance(30_000)
    assert.ok(opens(lock))
  })

  test('fill no journal, however often a controller tries on', () => {
    const lock = lockedOut()
    const before = lock.store.journal().length
    for (let time = 0; time < 3_000; time += 1) {
      ask(lock, door('unlockDoor', '000000'))
      lock.advance(10)
    }
    assert.ok(lock.store.journal().length - before < 40)
  })

  test('count before the hash begins', () => {
    const lock = lockWith('unlockWithPin')
    const command = door('unlockDoor', '000000')
    const { writes } = lock.input({
      type: 'matter',
      requestId: 9999,
      fabricIndex: 1,
      command,
      random: lock.random(32),
    })
    const write = writes.find(({ type }) => type === 'registers')
    assert.ok(write?.type === 'registers' && write.registers.tries.matter?.wrongCodes === 1)
  })
})
