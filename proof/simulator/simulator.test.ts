import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seedOf } from '@mortise/access/testing'
import { claims } from './auditor/claims.ts'
import type { Claim } from './auditor/claims.ts'
import { minimise } from './minimise.ts'
import { planOf, told } from './plan.ts'
import type { Happening } from './plan.ts'
import { plantedFaults } from './planted/around-ports.ts'
import { runWorld } from './run.ts'
import type { RunOptions, RunResult } from './run.ts'
import { sourceFaults, spoil } from './planted/in-source.ts'
import { searchFor } from './search.ts'

const worldDays = 40
/** A planted fault that so many worlds do not show is one that the auditor does not see. */
const plantedWorlds = 12

async function keeps(seed: number, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const { plan = planOf(seed, worldDays) } = options
  const result = await runWorld({ ...options, seed, plan })
  const { finding, happened } = result
  const last = plan.slice(Math.max(0, happened - 3), happened).map(told)
  const broken = finding && claims[finding.claim]
  assert.equal(broken, undefined, `seed ${seed}: ${finding?.detail}; ${last.join(', ')}`)
  return result
}

describe('a simulated world', () => {
  test('keeps every promise', async (context) => {
    await keeps(seedOf(context))
  })

  test('is the same world for the same seed, down to the last byte of the journal', async () => {
    const plan = planOf(7, 8)
    const one = await runWorld({ seed: 7, plan })
    assert.deepEqual(await runWorld({ seed: 7, plan }), one)
    assert.ok(one.entries > 100)
    const third = await runWorld({ seed: 8, plan })
    assert.notEqual(third.digest, one.digest)
  })

  test('goes the same way with real cryptography and on the real store', async () => {
    const plan = planOf(7, 12)
    const cheap = await keeps(7, { plan })
    for (const other of [{ crypto: 'real' }, { store: 'disk' }] as const) {
      const { tally, movements } = await keeps(7, { plan, ...other })
      if (other.crypto === 'real')
        assert.deepEqual([tally, movements], [cheap.tally, cheap.movements])
      else assert.ok(movements > 10)
    }
  })

  test('loses nothing on the real store when the power goes again and again while it writes', async (context) => {
    const seed = seedOf(context)
    const cuts = Array.from({ length: 30 }, (_, number): Happening => {
      return { atMs: number * 25_000_000, act: 'powerCut', seed: seed + number }
    })
    const plan = [...planOf(seed, 9), ...cuts].toSorted((one, other) => one.atMs - other.atMs)
    const { entries } = await keeps(seed, { plan, store: 'disk' })
    assert.ok(entries > 0)
  })

  test('has everything in it that the promises are about', async () => {
    const seen = new Set<string>()
    for (let seed = 12; seed < 12 + fullWorlds; seed += 1) {
      const { tally } = await keeps(seed, { plan: planOf(seed, 60) })
      for (const what of tally.keys()) seen.add(what)
      if (wanted.every((what) => seen.has(what))) return
    }
    assert.deepEqual(
      wanted.filter((what) => !seen.has(what)),
      [],
    )
  })

  test('goes on with other people when the lock has forgotten its house', async () => {
    for (const store of ['memory', 'disk'] as const) {
      const plan = planOf(4, 40, ['askForReset', 'handOver', 'formerPeople'])
      const { tally } = await keeps(4, { plan, store })
      assert.ok((tally.get('factoryReset button') ?? 0) > 0)
      assert.ok((tally.get('claimed remote granted') ?? 0) > 1)
    }
  })
})

/** What so many worlds of two months do not show, worlds do not have in them. */
const fullWorlds = 8

/** Type, source, verb and reason of entries. */
const wanted = [
  'operationIntent remote unlock',
  'operationIntent keypad unlock',
  'operationIntent biometric unlock',
  'operationIntent voice unlock',
  'operationIntent auto lock',
  'credentialPresented keypad anotherCredentialNeeded',
  'refused keypad unlock unknownCode',
  'refused keypad unlock outsideSchedule',
  'refused keypad unlock usedUp',
  'refused keypad unlock nonAccessUser',
  'refused remote unlock verbNotAllowed',
  'operatingModeChanged remote lockdown',
  'operatingModeChanged auto normal',
  'invitationAccepted remote granted',
  'refused remote invitationExpired',
  'alarmBegan keypad forcedUser',
  'lockUserChanged matter',
  'keypadLockedOut keypad',
  'keypadLockedOut voice',
  'refused voice unlock unknownCode',
  'refused voice unlock voiceLockedOut',
  'alarmBegan voice forcedUser',
  'alarmBegan lockJammed',
  'alarmEnded lockJammed',
  'boltMoved manual',
]

/** The others take worlds of months each: `npm run simulate -- --planted`. */
const cheapToFind: ReadonlySet<Claim> = new Set<Claim>([
  'duress',
  'relocks',
  'channelsApart',
  'durable',
  'invitation',
])

describe('the auditor', () => {
  for (const fault of plantedFaults) {
    test(`sees when ${fault.name}`, async () => {
      for (let seed = 1; seed <= plantedWorlds; seed += 1) {
        const plan = planOf(seed, worldDays)
        const { finding } = await runWorld({ seed, plan, fault })
        if (finding === undefined) continue
        assert.ok(fault.breaks.includes(finding.claim), `${finding.claim}: ${finding.detail}`)
        return
      }
      assert.fail('no world shows it')
    })
  }

  for (const fault of sourceFaults.filter(({ breaks }) => cheapToFind.has(breaks[0] ?? 'chain'))) {
    test(`sees when ${fault.name}`, async () => {
      const { claim, detail } = await searchFor({ fault: fault.name, worlds: 6, days: 30 })
      assert.ok(claim !== undefined && fault.breaks.includes(claim), `${claim}: ${detail}`)
    })
  }

  test('has a place in the source for each fault that is looked for with --planted', () => {
    for (const fault of sourceFaults) assert.ok(spoil(fault).includes(fault.wrong), fault.name)
  })

  test('tells the shortest story that shows it', async () => {
    const deaf = plantedFaults.find(({ breaks }) => breaks.includes('alarm'))
    assert.ok(deaf)
    const calm = planOf(1, 3).filter(({ act }) => act !== 'tamper')
    const tamper: Happening = { atMs: 100_000_000, act: 'tamper', seed: 1 }
    const story = [...calm, tamper].toSorted((one, other) => one.atMs - other.atMs)
    const fails = async (plan: readonly Happening[]): Promise<boolean> => {
      const { finding } = await runWorld({ seed: 1, plan, fault: deaf })
      return finding?.claim === 'alarm'
    }
    assert.deepEqual(await minimise(story, fails, 60), [tamper])
  })
})
