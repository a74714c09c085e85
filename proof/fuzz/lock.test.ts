import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { ask, operate } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import { testSeed } from '@mortise/protocol/testing'
import { foundHousehold } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { readJournal, refusalsIn } from '#proof/testing/journal.ts'
import { fuzz } from './run.ts'
import { wholeLockTarget } from './whole-lock.ts'

const seed = testSeed()
const ownerSeed = new Uint8Array(32).fill(5)
const requestLimits = { perSecondMax: 1e9, inFlightMax: 32 }
const rounds = 400
const inputsPerRound = 25

async function lockedHousehold(weakness: Partial<typeof nodeSealCrypto> = {}): Promise<Household> {
  const crypto = { ...nodeSealCrypto, ...weakness }
  const household = await foundHousehold({ requestLimits, crypto, ownerSeed })
  await operate(household.contact, 'lock')
  return household
}

/** Feeds in rounds, each with a live challenge, so that only the damage stands before the bolt. */
async function feed(household: Household): Promise<readonly string[]> {
  const target = wholeLockTarget(household, ownerSeed, seed)
  const verdicts = new Set<string>()
  for (let round = 0; round < rounds; round += 1) {
    await ask(household.contact)
    const report = fuzz(target, { seed: seed + round, count: inputsPerRound })
    for (const verdict of report.verdicts.keys()) verdicts.add(verdict)
    household.test().time.advance(60_000)
  }
  return [...verdicts].toSorted()
}

test(`nothing that is damaged moves the bolt, and the owner opens after it, MORTISE_SEED=${seed}`, async (context) => {
  const household = await lockedHousehold()
  const { lock, store, movements } = household.test()
  assert.deepEqual(await feed(household), ['malformed', 'reply', 'unsealable'])
  const before = movements()
  assert.equal((await operate(household.contact, 'unlock')).outcome, 'done')
  assert.equal(movements(), before + 1)
  const refused = refusalsIn(readJournal(store, lock.lockId))
  context.diagnostic(`${rounds * inputsPerRound} requests, ${refused} refused in the journal`)
  assert.ok(refused > rounds)
})

test(`a lock that believes every signature is found out, MORTISE_SEED=${seed}`, async () => {
  const household = await lockedHousehold({ verifyEd25519: () => true })
  await assert.rejects(
    feed(household),
    (error) => error instanceof MortiseError && error.message.includes('the bolt moved'),
  )
})
