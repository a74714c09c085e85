import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { Ran, TestLine } from './testing/test-line.ts'
import { createTestLine } from './testing/test-line.ts'

const errorShape = z.object({
  error: z.object({ code: z.string(), nextStep: z.string(), reason: z.string().optional() }),
})

/** Code and reason of an error. */
function errorOf({ json }: Ran): readonly string[] {
  const { code, reason } = errorShape.parse(json).error
  return reason === undefined ? [code] : [code, reason]
}

/** Somebody at the door shows it three times. */
function showsItThrice(line: TestLine): void {
  const { lock } = line
  line.meanwhile(
    () => lock.enrolmentGoes({ captured: 1, needed: 3 }),
    () => undefined,
    () => lock.enrolmentGoes({ captured: 2 }),
    () => lock.enrolmentGoes({ captured: 3, stage: 'enrolled' }),
  )
}

suite('a finger, a face', () => {
  test('is learned touch by touch, listed with its name, and taken away', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    showsItThrice(line)
    const added = await line.run(['finger', 'add', 'ada', '--which', 'right thumb'])
    assert.equal(added.exitCode, 0, added.stderr)
    assert.deepEqual(added.stderr.split('\n'), [
      'Put the finger on the reader at Front door a few times, until 2027-01-15 09:02:00 +01:00 at the latest.',
      'Taken 1 of 3 times.',
      'Taken 2 of 3 times.',
      'The reader has it.',
      '',
    ])
    assert.equal(added.stdout, 'In force at Front door: Ada, fingerprint "right thumb"; always\n')
    showsItThrice(line)
    const face = await line.run(['face', 'add', 'Ada'])
    assert.match(face.stderr, /^Look into the reader/)
    assert.match((await line.run(['people'])).stdout, /fingerprint "right thumb", face "face"/)
    const removed = await line.run(['finger', 'remove', 'Ada', '--which', 'Right Thumb'])
    assert.equal(
      removed.stdout,
      'Opens nothing any more at Front door: Ada, fingerprint "right thumb"\n',
    )
    assert.equal((await line.run(['face', 'remove', 'Ada'])).exitCode, 0)
    assert.deepEqual(
      line.lock.policy?.users[0]?.credentials.map(({ type }) => type),
      ['deviceKey'],
    )
  })

  test('is learned although the link drops for a moment, and the reader is not told twice', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const { lock, hub } = line
    const awayFor = (seconds: number) => Array.from({ length: seconds }, () => () => undefined)
    line.meanwhile(
      () => lock.enrolmentGoes({ captured: 1, needed: 3 }),
      () => Object.assign(hub, { online: false }),
      ...awayFor(20),
      () => {
        lock.enrolmentGoes({ captured: 3, stage: 'enrolled' })
        hub.online = true
      },
    )
    const added = await line.run(['finger', 'add', 'Ada', '--which', 'right thumb'])
    assert.equal(added.exitCode, 0, added.stderr)
    assert.deepEqual(added.stderr.split('\n').slice(1), [
      'Taken 1 of 3 times.',
      'The lock cannot be asked right now; the reader goes on.',
      'The reader has it.',
      '',
    ])
    assert.match((await line.run(['people'])).stdout, /fingerprint "right thumb"/)
  })

  test('of duress is listed as such', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    showsItThrice(line)
    const added = await line.run(['finger', 'add', 'Ada', '--duress'])
    assert.match(added.stdout, /fingerprint "finger" for duress; always/)
    const credential = line.lock.policy?.users[0]?.credentials.at(-1)
    assert.ok(credential?.type === 'fingerprint' && credential.duress)
  })

  test('of a guest without another way in takes the guest with it', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    await line.run(['code', 'add', 'Cleo'])
    showsItThrice(line)
    await line.run(['finger', 'add', 'Cleo'])
    assert.equal((await line.run(['code', 'remove', 'Cleo'])).exitCode, 0)
    assert.equal(line.lock.policy?.users.length, 2)
    const removed = await line.run(['finger', 'remove', 'Cleo'])
    assert.match(removed.stdout, /Cleo had no other way in and left the list/)
    assert.equal(line.lock.policy?.users.length, 1)
  })
})

interface Row {
  readonly args?: readonly string[]
  /** Code, and the lock's reason where it said one. */
  readonly error: readonly string[]
  readonly exitCode: number
  readonly given: (line: TestLine) => void
}

const rows: Record<string, Row> = {
  'while the reader learns for somebody else': {
    error: ['readerBusy'],
    exitCode: 1,
    given: ({ lock }) => lock.failNext('busy'),
  },
  'for an owner with nobody inside': {
    error: ['refused', 'insideButtonNeeded'],
    exitCode: 1,
    given: ({ lock }) => lock.failNext('insideButtonNeeded'),
  },
  'where no reader is fitted': {
    error: ['refused', 'notFitted'],
    exitCode: 1,
    given: ({ lock }) => lock.failNext('notFitted'),
  },
  'that nobody shows in time': {
    error: ['enrolmentOver'],
    exitCode: 1,
    given: (line) => line.meanwhile(() => line.lock.enrolmentGoes(undefined)),
  },
  'that the reader knows already': {
    error: ['enrolmentFailed'],
    exitCode: 1,
    given: (line) =>
      line.meanwhile(() => line.lock.enrolmentGoes({ stage: 'failed', reason: 'alreadyEnrolled' })),
  },
  'that the lock forgot before it was signed for': {
    error: ['refused', 'notEnrolled'],
    exitCode: 1,
    given: (line) =>
      line.meanwhile(() => {
        const { lock, hub } = line
        lock.enrolmentGoes({ stage: 'enrolled' })
        const { fetch } = hub
        let asked = 0
        Object.assign(hub, {
          fetch: async (...call: Parameters<typeof fetch>) => {
            asked += call[0].endsWith('/relay') ? 1 : 0
            if (asked === 2) lock.enrolmentGoes(undefined)
            return fetch(...call)
          },
        })
      }),
  },
  'of a lock that goes away meanwhile': {
    error: ['lockOffline'],
    exitCode: 3,
    given: (line) =>
      line.meanwhile(() => {
        line.hub.online = false
      }),
  },
  'with a name that no list may have': {
    args: ['--which', 'x'.repeat(500)],
    error: ['policyUnfit'],
    exitCode: 2,
    given: ({ lock }) => lock.failNext('busy'),
  },
}

suite('a finger cannot be added', () => {
  for (const [name, { args = [], error, exitCode, given }] of Object.entries(rows)) {
    test(name, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      given(line)
      const ran = await line.run(['finger', 'add', 'Ada', ...args, '--json'])
      assert.deepEqual([ran.exitCode, errorOf(ran)], [exitCode, error], ran.stdout)
      assert.equal(ran.stderr, '', 'progress is for people')
      assert.equal(line.lock.policy?.version, 1, 'nothing was signed')
    })
  }
})
