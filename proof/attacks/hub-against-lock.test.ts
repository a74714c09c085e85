import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import type { LockAttack } from './attack.ts'
import { forgeries, orderEverything } from './forgeries.ts'
import { assertOwnerRules, openHouse, roundTrip } from './house.ts'
import type { House, HouseOptions } from './house.ts'
import { leases } from './leases.ts'
import { links } from './links.ts'
import { replays } from './replays.ts'

interface Fight {
  readonly house: House
  readonly harmed: boolean
  /** Refusals that the journal tells of, since the attack began. */
  readonly refused: number
}

async function fight(
  context: TestContext,
  attack: LockAttack,
  options: HouseOptions,
): Promise<Fight> {
  const house = await openHouse(context, options)
  const refusals = (): number => (attack.leavesNoTrace === true ? 0 : house.refusals())
  let before = { movements: 0, refusals: 0 }
  const mark = (): void => {
    before = { movements: house.movements(), refusals: refusals() }
  }
  const harmed = await attack.strike(house, mark)
  await roundTrip(house)
  const moved = house.movements() > before.movements
  return {
    house,
    harmed: moved || harmed === true,
    refused: refusals() - before.refusals,
  }
}

for (const attack of [...replays, ...forgeries, ...links, ...leases]) {
  const { name, level, properties, rows } = attack
  describe(`${name} (${level}; ${properties.join(', ')}; rows ${rows.join(', ')})`, () => {
    test('does harm to a lock that is weak on purpose', async (context) => {
      const { harmed } = await fight(context, attack, attack.weakness)
      assert.ok(harmed, 'the control shows nothing')
    })

    test('moves nothing, is written down, and leaves the owner in command', async (context) => {
      const { house, harmed, refused } = await fight(context, attack, {})
      assert.equal(harmed, false)
      if (attack.leavesNoTrace !== true) assert.ok(refused > 0, 'the journal is silent')
      await assertOwnerRules(house)
    })
  })
}

test('each operation in the name of the owner is refused for its own reason (P1; row 20, 84)', async (context) => {
  const house = await openHouse(context)
  assert.deepEqual(await orderEverything(house), {
    lock: 'badProof',
    unlock: 'badProof',
    changePolicy: 'badProof',
    claim: 'alreadyClaimed',
    acceptInvitation: 'badProof',
  })
  await assertOwnerRules(house)
})
