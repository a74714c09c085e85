import { limits } from '@mortise/protocol/limits'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import fc from 'fast-check'
import {
  challengeFault,
  credentialHolder,
  giveChallenge,
  invitationHolder,
  noChallenges,
  spentMax,
  voidAllChallenges,
  voidChallenges,
} from '#core/access/challenges.ts'
import type { ChallengeHolder, Challenges } from '#core/access/challenges.ts'
import { idOf, seedOf } from '@mortise/access/testing'

const { challengeLifeMs } = limits

const key = { crypto, challengeSecret: new Uint8Array(32).fill(1) }
const anna = credentialHolder(idOf(1))
const ben = credentialHolder(idOf(2))
const holders: Readonly<Record<string, ChallengeHolder>> = { a: anna, b: ben }

/**
 * A small language: `+a1` gives challenge 1 to Anna, `?b1=challengeUnknown` lets Ben present it,
 * `!a` voids Anna's, `!!` everybody's, `@30000` sets the clock.
 */
const stories: readonly (readonly [what: string, story: string])[] = [
  ['good until it is voided', '+a1 ?a1=good ?a1=good !a ?a1=challengeUnknown'],
  ['another’s is unknown, and left to its holder', '+a1 ?b1=challengeUnknown ?a1=good'],
  ['good until its end', `+a1 @${challengeLifeMs - 1} ?a1=good`],
  ['expired at its end', `+a1 @${challengeLifeMs} ?a1=challengeExpired`],
  [
    'voiding takes all that were given before',
    '+a1 +a2 !a ?a1=challengeUnknown ?a2=challengeUnknown',
  ],
  ['and none that is given after', '+a1 !a +a2 ?a1=challengeUnknown ?a2=good'],
  ['and nobody else’s', '+a1 +b2 !a ?b2=good'],
  [
    'voiding is remembered for as long as it matters',
    `+a1 @${challengeLifeMs - 1} !a ?a1=challengeUnknown @${challengeLifeMs} ?a1=challengeUnknown`,
  ],
  [
    'and then forgotten, when the challenge has expired',
    `+a1 !a @${challengeLifeMs} !b ?a1=challengeExpired`,
  ],
  ['all can be voided', '+a1 +b2 !! ?a1=challengeUnknown ?b2=challengeUnknown +a3 ?a3=good'],
  ['a clock beyond 32 bits', `@${2 ** 33} +a1 @${2 ** 33 + challengeLifeMs - 1} ?a1=good`],
]

function play(story: string): void {
  const given = new Map<string, Uint8Array>()
  let challenges: Challenges = noChallenges
  let nowMs = 0
  for (const word of story.split(' ')) {
    const [, sign, who = '', number = '', verdict] =
      /^([+?@!])([ab!]?)(\d*)(?:=(\w+))?$/.exec(word) ?? []
    const holder = holders[who] ?? ben
    if (sign === '@') nowMs = Number(number)
    else if (word === '!!') challenges = voidAllChallenges(challenges)
    else if (sign === '!') challenges = voidChallenges(challenges, [holder], nowMs)
    else if (sign === '+') {
      const next = giveChallenge(key, challenges, holder, nowMs)
      given.set(number, next.challenge)
      challenges = next.challenges
    } else {
      const challenge = given.get(number)
      assert.ok(challenge)
      const fault = challengeFault(key, challenges, holder, challenge, nowMs)
      assert.equal(fault ?? 'good', verdict, `${word} of ${story}`)
    }
  }
}

describe('a challenge', () => {
  for (const [what, story] of stories) test(what, () => play(story))

  test('an invitation and a credential of the same id are two holders', () => {
    assert.notEqual(invitationHolder(idOf(1)), anna)
  })

  test('of another boot is unknown', () => {
    const { challenge, challenges } = giveChallenge(key, noChallenges, anna, 0)
    const next = { crypto, challengeSecret: new Uint8Array(32).fill(2) }
    assert.equal(challengeFault(next, challenges, anna, challenge, 0), 'challengeUnknown')
  })

  test('with any bit changed is unknown', () => {
    const { challenge, challenges } = giveChallenge(key, noChallenges, anna, 0)
    for (let bit = 0; bit < 256; bit += 1) {
      const altered = Uint8Array.from(challenge)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.equal(challengeFault(key, challenges, anna, altered, 0), 'challengeUnknown')
    }
  })

  test('of another length is unknown', () => {
    for (const length of [0, 9, 10, 31, 33]) {
      const fault = challengeFault(key, noChallenges, anna, new Uint8Array(length), 0)
      assert.equal(fault, 'challengeUnknown')
    }
  })

  test('asking remembers nothing, however many ask', () => {
    const first = giveChallenge(key, noChallenges, anna, 0)
    let { challenges } = first
    for (let number = 0; number < 5000; number += 1) {
      challenges = giveChallenge(key, challenges, credentialHolder(idOf(number)), 0).challenges
      challenges = giveChallenge(key, challenges, anna, 0).challenges
    }
    assert.equal(challenges.spent.size, 0)
    assert.equal(challengeFault(key, challenges, anna, first.challenge, 0), undefined)
  })

  test('what is remembered is bounded, and beyond the bound everybody asks again', () => {
    let challenges = giveChallenge(key, noChallenges, ben, 0).challenges
    for (let number = 0; number < spentMax; number += 1) {
      challenges = voidChallenges(challenges, [`credential:${number}`], 0)
    }
    assert.deepEqual([challenges.spent.size, challenges.voidThrough], [spentMax, 0])
    challenges = voidChallenges(challenges, [anna], 0)
    assert.deepEqual([challenges.spent.size, challenges.voidThrough], [0, 1])
  })
})

test('no challenge is good after its holder was heard, and all others are', (t) => {
  const seed = seedOf(t)
  const happening = fc.record({
    what: fc.constantFrom('give', 'give', 'void'),
    who: fc.integer({ min: 0, max: 3 }),
    afterMs: fc.integer({ min: 0, max: challengeLifeMs / 4 }),
  })
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      let challenges: Challenges = noChallenges
      let nowMs = 0
      let alive: { holder: ChallengeHolder; challenge: Uint8Array; atMs: number }[] = []
      let dead: typeof alive = []
      for (const { what, who, afterMs } of happenings) {
        nowMs += afterMs
        const holder = credentialHolder(idOf(who))
        if (what === 'give') {
          const next = giveChallenge(key, challenges, holder, nowMs)
          challenges = next.challenges
          alive.push({ holder, challenge: next.challenge, atMs: nowMs })
        } else {
          challenges = voidChallenges(challenges, [holder], nowMs)
          dead = [...dead, ...alive.filter((other) => other.holder === holder)]
          alive = alive.filter((other) => other.holder !== holder)
        }
        for (const { holder: own, challenge, atMs } of alive) {
          const fault = challengeFault(key, challenges, own, challenge, nowMs)
          assert.equal(fault, nowMs - atMs < challengeLifeMs ? undefined : 'challengeExpired')
        }
        for (const { holder: own, challenge } of dead) {
          assert.notEqual(challengeFault(key, challenges, own, challenge, nowMs), undefined)
        }
      }
    }),
    { seed },
  )
})
