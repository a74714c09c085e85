import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Entry, Policy, Role } from '@mortise/protocol/words'
import type { Claim } from './claims.ts'
import { createGuessJudge } from './guess-judge.ts'
import { samplePolicy, sampleUser } from './sample-policy.ts'

const roles = ['owner', 'resident', 'guest'] as const
const idOf = (role: Role): Uint8Array => new TextEncoder().encode(role)

function policyWith(wrongCodeEntryLimit: number): Policy {
  return samplePolicy(
    roles.map((role) => sampleUser(role, idOf(role))),
    wrongCodeEntryLimit,
  )
}

type Judge = ReturnType<typeof createGuessJudge>
interface Bench {
  readonly judge: Judge
  readonly pass: (minutes: number) => void
  readonly limitTo: (limit: number) => void
  readonly tells: (fields: Pick<Entry, 'type'> & Partial<Entry>) => void
}

/** What can happen at a keypad with a limit of five wrong codes, by the words of the tables. */
const happenings: Readonly<Record<string, (bench: Bench) => void>> = {
  wrong: ({ tells }) => tells({ type: 'refused', source: 'keypad', reason: 'unknownCode' }),
  'wrong at Matter': ({ tells }) =>
    tells({ type: 'refused', source: 'matter', reason: 'unknownCode' }),
  'out of hours': ({ tells }) =>
    tells({ ...by('guest'), type: 'refused', attempt: 'code', reason: 'outsideSchedule' }),
  lockout: ({ tells }) => tells({ type: 'keypadLockedOut', source: 'keypad' }),
  'Matter lockout': ({ tells }) => tells({ type: 'keypadLockedOut', source: 'matter' }),
  owner: ({ tells }) => tells({ ...by('owner'), type: 'operationIntent' }),
  resident: ({ tells }) => tells({ ...by('resident'), type: 'operationIntent' }),
  'resident at an open door': ({ tells }) => tells({ ...by('resident'), type: 'operationResult' }),
  'resident at a door that cannot move': ({ tells }) =>
    tells({ ...by('resident'), type: 'refused', reason: 'powerTooLow' }),
  'resident in lockdown': ({ tells }) =>
    tells({ ...by('resident'), type: 'refused', attempt: 'code', reason: 'lockdownMode' }),
  'resident’s face': ({ tells }) =>
    tells({ ...by('resident'), type: 'operationIntent', source: 'biometric' }),
  'resident’s phone': ({ tells }) =>
    tells({ ...by('resident'), type: 'operationIntent', source: 'remote' }),
  guest: ({ tells }) => tells({ ...by('guest'), type: 'operationIntent' }),
  'code of Matter': ({ tells }) =>
    tells({ type: 'operationIntent', source: 'keypad', credentialId: new Uint8Array(16) }),
  minute: ({ pass }) => pass(1),
  hour: ({ pass }) => pass(61),
  'almost an hour': ({ pass }) => pass(59),
  'half a minute': ({ pass }) => pass(0.5),
  'less than half a minute': ({ pass }) => pass(0.49),
  'limit 3': ({ limitTo, tells }) => {
    limitTo(3)
    tells({ type: 'policyChanged' })
  },
  'limit 8': ({ limitTo, tells }) => {
    limitTo(8)
    tells({ type: 'policyChanged' })
  },
  'a try is counted': ({ judge }) => judge.counts(1),
  'tries are forgiven': ({ judge }) => judge.counts(0),
  compared: ({ judge }) => judge.compares(),
}

function by(role: (typeof roles)[number]): Pick<Entry, 'source' | 'credentialId'> {
  return { source: 'keypad', credentialId: idOf(role) }
}

/** A story is what happens, with commas between; `5 wrong` is five times `wrong`. */
function judged(story: string): readonly Claim[] {
  const found: Claim[] = []
  let nowMs = 10_000_000
  let policy = policyWith(5)
  let sequence = 0
  const judge = createGuessJudge(
    'keypad',
    () => nowMs,
    (claim) => found.push(claim),
  )
  const bench: Bench = {
    judge,
    pass: (minutes) => (nowMs += minutes * 60_000),
    limitTo: (limit) => (policy = policyWith(limit)),
    tells(fields) {
      sequence += 1
      const link = { v: 1, sequence, boot: 1, timeMs: nowMs, previous: new Uint8Array(32) } as const
      judge.reads({ ...link, ...fields }, policy)
    },
  }
  for (const part of story.split(', ')) {
    const [, times = '1', what = ''] = /^(?:(\d+) )?(.*)$/.exec(part) ?? []
    const happens = happenings[what]
    assert.ok(happens !== undefined, `nobody knows what "${what}" is`)
    for (let time = 0; time < Number(times); time += 1) happens(bench)
  }
  return found
}

const accepted = [
  '5 wrong',
  '5 wrong, lockout, minute, 5 wrong',
  '4 wrong, resident, 5 wrong',
  '5 wrong, owner, 5 wrong',
  '5 wrong, resident at an open door, 5 wrong',
  '5 wrong, resident at a door that cannot move, 5 wrong',
  '5 wrong, hour, 5 wrong',
  '5 wrong, 9 wrong at Matter',
  '5 wrong, 9 out of hours',
  '4 wrong, limit 3, wrong',
  '2 wrong, limit 3, wrong',
  '5 wrong, limit 8, 3 wrong',
  'a try is counted, compared',
  'a try is counted, lockout, half a minute, compared',
  'a try is counted, Matter lockout, compared',
]

const found: readonly (readonly [story: string, claim: Claim])[] = [
  ['6 wrong', 'guesses'],
  ['5 wrong, guest, wrong', 'guesses'],
  ['5 wrong, code of Matter, wrong', 'guesses'],
  ['5 wrong, resident’s face, wrong', 'guesses'],
  ['5 wrong, resident’s phone, wrong', 'guesses'],
  ['5 wrong, resident in lockdown, wrong', 'guesses'],
  ['5 wrong, out of hours, wrong', 'guesses'],
  ['5 wrong, almost an hour, wrong', 'guesses'],
  ['5 wrong, Matter lockout, wrong', 'guesses'],
  ['5 wrong, lockout, minute, 6 wrong', 'guesses'],
  ['4 wrong, limit 3, 2 wrong', 'guesses'],
  ['1 wrong, limit 3, 3 wrong', 'guesses'],
  ['5 wrong, limit 8, 4 wrong', 'guesses'],
  ['compared', 'countedFirst'],
  ['a try is counted, tries are forgiven, compared', 'countedFirst'],
  ['a try is counted, lockout, compared', 'lockoutServed'],
  ['a try is counted, lockout, less than half a minute, compared', 'lockoutServed'],
]

describe('the judge of the keypad', () => {
  for (const story of accepted) {
    test(`accepts: ${story}`, () => assert.deepEqual(judged(story), []))
  }
  for (const [story, claim] of found) {
    test(`finds: ${story}`, () => assert.deepEqual(judged(story), [claim]))
  }
})
