import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { policyFault } from '@mortise/access'
import type { UserTerms } from '@mortise/keyholder'
import { z } from 'zod'
import { createTestLine } from './testing/test-line.ts'

const errorShape = z.object({ error: z.object({ code: z.string(), nextStep: z.string().min(1) }) })
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const weekly = ['--weekly', 'mon-fri 08:00-18:00']

const granted: Record<string, readonly [args: readonly string[], UserTerms, shown: RegExp]> = {
  'no terms': [[], {}, /: always$/m],
  once: [['--once'], { userType: 'disposableUser' }, /always; once$/m],
  'five times': [['--times', '5'], { useLimit: 5 }, /always; 5 times$/m],
  'office hours': [
    weekly,
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office] },
    /always; mon-fri 08:00-18:00$/m,
  ],
  'once in office hours': [
    [...weekly, '--once'],
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office], useLimit: 1 },
    /mon-fri 08:00-18:00; once$/m,
  ],
  'two hours from the first opening': [
    ['--first-use', '2h'],
    { userType: 'expiringUser', expiringUserTimeout: 120 },
    /120 min from the first opening$/m,
  ],
  'after the household': [['--after-household'], { afterHousehold: true }, /after the household$/m],
}

const refused: Record<string, readonly [args: readonly string[], code: string]> = {
  'hours that are none': [['--weekly', 'someday'], 'badTime'],
  'once and often': [['--once', '--times', '3'], 'usage'],
  'once and from the first use': [['--once', '--first-use', '2h'], 'usage'],
  'weekly and from the first use': [[...weekly, '--first-use', '2h'], 'usage'],
  'no times': [['--times', '0'], 'usage'],
  'too many times': [['--times', '1000001'], 'usage'],
  'half a minute': [['--first-use', '30s'], 'badTime'],
  'more than two days': [['--first-use', '3d'], 'badTime'],
  'terms for somebody who has theirs': [['--existing', '--once'], 'usage'],
}

suite('terms of a code', () => {
  for (const [name, [args, terms, shown]] of Object.entries(granted)) {
    test(name, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      const added = await line.run(['code', 'add', 'Nora', ...args])
      assert.equal(added.exitCode, 0, added.stderr)
      assert.match(added.stdout, shown)
      const policy = line.lock.policy ?? assert.fail()
      assert.equal(policyFault(policy), undefined)
      const { id: _id, credentials, ...nora } = policy.users[1] ?? assert.fail()
      const guest = { name: 'Nora', role: 'guest', userStatus: 'occupiedEnabled' }
      assert.deepEqual(nora, { ...guest, verbs: ['lock', 'unlock'], ...terms })
      assert.equal(credentials.length, 1)
    })
  }

  for (const [name, [args, code]] of Object.entries(refused)) {
    test(`${name}: ${code}, and nothing is sent`, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      const version = line.lock.policy?.version
      const { exitCode, json } = await line.run(['code', 'add', 'Nora', ...args, '--json'])
      assert.equal(exitCode, 2)
      assert.equal(errorShape.parse(json).error.code, code)
      assert.equal(line.lock.policy?.version, version)
    })
  }

  test('a code of duress for oneself is listed as what it is', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const added = await line.run(['code', 'add', 'ada', '--existing', '--duress'])
    assert.equal(added.exitCode, 0, added.stderr)
    const codes = line.lock.policy?.users[0]?.credentials.filter(({ type }) => type === 'pin') ?? []
    assert.deepEqual(
      codes.map((code) => 'duress' in code && code.duress),
      [true],
    )
    assert.match((await line.run(['code', 'list'])).stdout, /Ada {2}always {2}for duress/)
    assert.match((await line.run(['people'])).stdout, /code for duress/)
  })
})
