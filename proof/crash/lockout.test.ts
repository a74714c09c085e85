import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { changePolicy, draftVisitorCode, operate } from '@mortise/keyholder'
import { createSystemTimers, serveDoor } from '@mortise/lock/testing'
import { foundHousehold } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { introduce } from '#proof/testing/person.ts'
import { startMs } from '#proof/testing/test-lock.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import { live } from './killed-life.ts'
import { ownerOf, visitorCode } from './acts.ts'

/**
 * attacks.md rows 74 (Plore, DEF CON 24: power removed before the failure counter is written), 12
 * and 71 (unlimited tries); properties P7, P5 and P16. Level: at the door.
 */

const wrongCodeEntryLimit = 3
const baseMs = 30_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs

async function household(): Promise<Household> {
  const found = await foundHousehold({ settings: { wrongCodeEntryLimit } })
  const { contact } = found
  await changePolicy(
    contact,
    draftVisitorCode(contact.device, { name: 'Vera' }, { pin: visitorCode }),
  )
  await operate(contact, 'lock')
  return found
}

/** How long the keypad stays locked, by what the lock says of itself. */
function remainingMs({ test }: Household): number {
  const { keypadLockedUntilMs, timeMs } = test().lock.state()
  return keypadLockedUntilMs === undefined ? 0 : keypadLockedUntilMs - timeMs
}

async function guess({ type }: Household, guesses: number): Promise<void> {
  for (let number = 0; number < guesses; number += 1) await type(`84739${number}#`)
}

const isBolted = ({ test }: Household): boolean => test().door.snapshot().bolt === 'extended'

test('the lockout doubles up to an hour; no code of a guest ends the row, but a quiet day does', async () => {
  const found = await household()
  const { time } = found.test()
  for (let expectedMs = baseMs; expectedMs <= 2 * hourMs; expectedMs *= 2) {
    await guess(found, wrongCodeEntryLimit)
    const locked = remainingMs(found)
    assert.ok(
      locked <= Math.min(expectedMs, hourMs) && locked > Math.min(expectedMs, hourMs) - 10_000,
    )
    time.advance(locked + 1)
    assert.equal(remainingMs(found), 0)
  }
  await found.type(`${visitorCode}#`)
  assert.equal(isBolted(found), false)
  await guess(found, wrongCodeEntryLimit)
  assert.ok(remainingMs(found) > hourMs - 10_000)
  time.advance(dayMs)
  await guess(found, wrongCodeEntryLimit)
  assert.ok(remainingMs(found) <= baseMs && remainingMs(found) > 0)
})

test('while the keypad is locked even the right code is refused, and phone and thumbturn work', async () => {
  const found = await household()
  const { door, lock, store, movements } = found.test()
  await guess(found, wrongCodeEntryLimit)
  const before = remainingMs(found)
  await found.type(`${visitorCode}#`)
  assert.ok(isBolted(found))
  assert.ok(remainingMs(found) <= before)
  const moved = movements()
  assert.equal((await operate(found.contact, 'unlock')).outcome, 'done')
  assert.equal((await operate(found.contact, 'lock')).outcome, 'done')
  door.hands.turnBolt('retracted')
  assert.equal(movements(), moved + 3)
  assert.ok(remainingMs(found) > 0, 'opening by phone or hand unlocks no keypad')
  const types = readJournal(store, lock.lockId).map(({ type }) => type)
  assert.ok(types.includes('keypadLockedOut') && types.includes('boltMoved'))
})

const clockTricks: Readonly<Record<string, number | undefined>> = {
  'a day forward': startMs + dayMs,
  'years forward': startMs + 2000 * dayMs,
  'to 1970': 0,
  'out of order': undefined,
}

for (const [trick, wallMs] of Object.entries(clockTricks)) {
  test(`setting the clock ${trick} shortens no lockout`, async () => {
    const found = await household()
    await guess(found, wrongCodeEntryLimit)
    const { time } = found.test()
    time.setWall(wallMs)
    time.advance(10_000)
    await found.type(`${visitorCode}#`)
    assert.ok(isBolted(found))
    // The keypad opens again after its time has passed, and not earlier.
    time.advance(baseMs)
    await found.type(`${visitorCode}#`)
    assert.equal(isBolted(found), false)
  })

  test(`a power cut with the clock set ${trick} starts the lockout again in full`, async () => {
    const found = await household()
    await guess(found, wrongCodeEntryLimit)
    await guess(found, 1)
    for (let cut = 0; cut < 5; cut += 1) {
      found.test().time.advance(baseMs / 2)
      found.test().time.setWall(wallMs)
      await found.restart()
      assert.equal(remainingMs(found), baseMs)
      await found.type(`${visitorCode}#`)
      assert.ok(isBolted(found))
    }
  })
}

test('cutting the power under every guess wins no free guess', async () => {
  const found = await household()
  const { hands } = found.test().door
  let pressed = 0
  for (; remainingMs(found) === 0; pressed += 1) {
    assert.ok(pressed < wrongCodeEntryLimit, 'a guess went uncounted')
    for (const key of ['8', '4', '7', '3', '9', '0', '#'] as const) {
      found.test().door.hands.pressKey(key)
    }
    // The hash is under way; its answer never reaches this boot.
    await found.restart()
  }
  assert.notEqual(hands, found.test().door.hands)
  assert.equal(pressed, wrongCodeEntryLimit)
})

/** Everything that the page or a script can ask for, and what they may try besides. */
const pageRequests: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['POST', '/keypad', { keys: visitorCode }],
  ['POST', '/keypad', { keys: '***' }],
  ['POST', '/keypad/press', { key: '*' }],
  ['POST', '/power', { mainsPresent: false, batteryPercent: 0 }],
  ['POST', '/power', { mainsPresent: true, batteryPercent: 100 }],
  ['POST', '/tamper', { escutcheon: 'removed' }],
  ['POST', '/tamper', { escutcheon: 'inPlace' }],
  ['POST', '/inside-button', {}],
  ['POST', '/leaf', { open: false }],
  ['POST', '/fault', { boltSensor: 'retracted' }],
  ['POST', '/fault', { boltSensor: 'honest' }],
  ['POST', '/thumbturn', { to: 'extended' }],
  ['DELETE', '/lockout'],
  ['POST', '/lockout', { remainingMs: 0 }],
  ['POST', '/door', { lockout: null }],
  ['PUT', '/door', { lockout: null }],
  ['POST', '/reset', {}],
  ['POST', '/clock', { wallMs: 0 }],
]

test('a lock process that is killed while locked out comes back locked, whatever its page is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-proof-lockout-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const scenario = 'wrong code that locks the keypad'
  live('prepare', scenario, folder)
  const { reached } = live('deed', scenario, folder)
  // Once more over the limit, and killed at the last write of the lockout.
  rmSync(folder, { recursive: true })
  live('prepare', scenario, folder)
  assert.ok(live('deed', scenario, folder, { crashAt: reached }).killed)

  const disk = openDiskLock({ folder })
  const server = await serveDoor({ door: disk.door, timers: createSystemTimers(), port: 0 })
  try {
    const { keypadLockedUntilMs, timeMs } = disk.lock.state()
    assert.ok(keypadLockedUntilMs !== undefined && keypadLockedUntilMs - timeMs > baseMs - 5_000)
    for (const [method, path, body] of pageRequests) {
      await fetch(server.url + path, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      })
    }
    assert.ok((disk.lock.state().keypadLockedUntilMs ?? 0) >= keypadLockedUntilMs)
    assert.equal(disk.door.snapshot().bolt, 'extended')
    const contact = await introduce(ownerOf(disk), disk.lock)
    assert.equal((await operate(contact, 'unlock')).outcome, 'done')
  } finally {
    await server.close()
    await disk.close()
  }
})
