import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seedOf } from '@mortise/access/testing'
import { claims } from './claims.ts'
import { minimise } from './minimise.ts'
import { planOf, told } from './plan.ts'
import type { Happening } from './plan.ts'
import { plantedFaults } from './planted.ts'
import { runWorld } from './run.ts'

const worldDays = 40
const worlds = 3
/** A planted fault that so many worlds do not show is one that the auditor does not see. */
const plantedWorlds = 12

describe('a simulated world', () => {
  test('keeps every promise', async (context) => {
    const first = seedOf(context)
    for (let seed = first; seed < first + worlds; seed += 1) {
      const plan = planOf(seed, worldDays)
      const { finding, happened } = await runWorld({ seed, plan })
      const last = plan.slice(Math.max(0, happened - 3), happened).map(told)
      const broken = finding && claims[finding.claim]
      const detail = finding?.detail ?? ''
      assert.equal(broken, undefined, `seed ${seed}: ${detail}; ${last.join(', ')}`)
    }
  })

  test('is the same world for the same seed, down to the last byte of the journal', async () => {
    const plan = planOf(7, 15)
    for (const crypto of ['cheap', 'real'] as const) {
      const one = await runWorld({ seed: 7, plan, crypto })
      assert.deepEqual(await runWorld({ seed: 7, plan, crypto }), one)
      assert.ok(one.entries > 100)
      const third = await runWorld({ seed: 8, plan, crypto })
      assert.notEqual(third.digest, one.digest)
    }
  })

  test('goes the same way with cryptography that costs nothing', async () => {
    const plan = planOf(7, 15)
    const [cheap, real] = [
      await runWorld({ seed: 7, plan, crypto: 'cheap' }),
      await runWorld({ seed: 7, plan, crypto: 'real' }),
    ]
    assert.deepEqual([cheap.tally, cheap.movements], [real.tally, real.movements])
  })

  test('has everything in it that the promises are about', async () => {
    const seen = new Set<string>()
    for (const seed of [1, 7]) {
      const { tally } = await runWorld({ seed, plan: planOf(seed, worldDays) })
      for (const what of tally.keys()) seen.add(what)
    }
    for (const what of wanted) assert.ok(seen.has(what), `${what}; seen ${[...seen].join('; ')}`)
  })
})

/** Type, source, verb and reason of entries. */
const wanted = [
  'operationIntent remote unlock',
  'operationIntent keypad unlock',
  'operationIntent auto lock',
  'refused keypad unlock unknownCode',
  'refused keypad unlock outsideSchedule',
  'refused keypad unlock usedUp',
  'keypadLockedOut keypad',
  'alarmBegan',
  'alarmEnded',
  'boltMoved manual',
]

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
