import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noUsage, ownAccessOf } from '@mortise/access'
import { deviceKey, lockId, person, policyOf } from '@mortise/access/testing'
import { ownHoursOf } from '#app/shell/locks/own-hours.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import { atTheDoor, door, nowMs } from '#app/testing/samples.ts'

const hourMs = 3_600_000
const key = new Uint8Array(32)

function hoursOf(terms: Parameters<typeof person>[2]) {
  const { user } = person(2, 'guest', terms)
  const access = ownAccessOf(policyOf([person(1, 'owner').user, user]), user, noUsage)
  const { credential } = deviceKey(2)
  const known = { lockId, lockKey: key, sealingKey: key, metBy: 'invitation' as const }
  return ownHoursOf({ ...known, access, credential }, {}, nowMs)
}

test('a guest without limits has no hours to read', () => {
  assert.equal(hoursOf({}), null)
})

test('a guest with hours reads whether the door opens for them, as time goes on', () => {
  const window = { notBeforeMs: nowMs + hourMs, notAfterMs: nowMs + 2 * hourMs }
  const ownHours = hoursOf({ useLimit: 3, validity: window })
  const at = (atMs: number) =>
    selectDoor({ ...atTheDoor({}, door({ role: 'guest', ownHours })), nowMs: atMs })?.ownHours
      ?.moment
  assert.deepEqual(at(nowMs), { opens: false, changesAtMs: nowMs + hourMs })
  assert.deepEqual(at(nowMs + hourMs), { opens: true, changesAtMs: nowMs + 2 * hourMs })
  assert.deepEqual(at(nowMs + 2 * hourMs), { opens: false })
})
