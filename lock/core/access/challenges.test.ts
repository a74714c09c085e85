import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  challengeLifeMs,
  challengesMax,
  challengesPerHolderMax,
  credentialHolder,
  invitationHolder,
  issueChallenge,
  keepChallenges,
  noChallenges,
  presentChallenge,
} from '#core/access/challenges.ts'
import type { ChallengeHolder, Challenges } from '#core/access/challenges.ts'
import { idOf } from '@mortise/access/testing'

const anna = credentialHolder(idOf(1))
const ben = credentialHolder(idOf(2))

/**
 * A small language: `+a1` gives challenge 1 to Anna, `?b1 unknown` lets Ben present it, `@30000`
 * sets the clock.
 */
const stories: readonly (readonly [what: string, story: string])[] = [
  ['good once', '+a1 ?a1=good ?a1=challengeUnknown'],
  ['not before it was given', '?a1=challengeUnknown'],
  ['another’s is unknown, and left to its holder', '+a1 ?b1=challengeUnknown ?a1=good'],
  ['good until its end', `+a1 @${challengeLifeMs - 1} ?a1=good`],
  ['expired at its end', `+a1 @${challengeLifeMs} ?a1=challengeExpired`],
  ['expired is burnt as well', `+a1 @${challengeLifeMs} ?a1=challengeExpired ?a1=challengeUnknown`],
  ['several at once', '+a1 +a2 +a3 +a4 ?a4=good ?a1=good ?a3=good ?a2=good'],
  ['a fifth drives out the oldest', '+a1 +a2 +a3 +a4 +a5 ?a1=challengeUnknown ?a2=good ?a5=good'],
  ['a flood of one costs no other', '+b9 +a1 +a2 +a3 +a4 +a5 +a6 +a7 ?b9=good'],
  ['a used one makes room', '+a1 +a2 +a3 +a4 ?a4=good +a5 ?a1=good'],
]

function play(story: string): void {
  let challenges: Challenges = noChallenges
  let nowMs = 0
  for (const word of story.split(' ')) {
    const [, sign, who, number, verdict] = /^([+?@])([ab]?)(\d+)(?:=(\w+))?$/.exec(word) ?? []
    const holder = who === 'a' ? anna : ben
    const bytes = new Uint8Array(32).fill(Number(number))
    if (sign === '@') nowMs = Number(number)
    else if (sign === '+') challenges = issueChallenge(challenges, holder, bytes, nowMs)
    else {
      const presented = presentChallenge(challenges, holder, bytes, nowMs)
      assert.equal(presented.fault ?? 'good', verdict, word)
      challenges = presented.challenges
    }
  }
}

describe('a challenge', () => {
  for (const [what, story] of stories) test(what, () => play(story))

  test('an invitation and a credential of the same id are two holders', () => {
    assert.notEqual(invitationHolder(idOf(1)), anna)
  })

  test('the table is bounded, whoever asks, and forgets the oldest first', () => {
    let challenges: Challenges = noChallenges
    const bytes = (number: number): Uint8Array => {
      const challenge = new Uint8Array(32)
      new DataView(challenge.buffer).setUint32(0, number)
      return challenge
    }
    for (let number = 0; number < challengesMax + 10; number += 1) {
      const holder: ChallengeHolder = credentialHolder(idOf(1000 + number))
      challenges = issueChallenge(challenges, holder, bytes(number), 0)
    }
    assert.equal(challenges.size, challengesMax)
    const first = presentChallenge(challenges, credentialHolder(idOf(1000)), bytes(0), 0)
    assert.equal(first.fault, 'challengeUnknown')
    const last = challengesMax + 9
    const newest = presentChallenge(challenges, credentialHolder(idOf(1000 + last)), bytes(last), 0)
    assert.equal(newest.fault, undefined)
  })

  test('the expired make room when the next is given', () => {
    const old = issueChallenge(noChallenges, anna, new Uint8Array(32), 0)
    const next = issueChallenge(old, ben, new Uint8Array(32).fill(1), challengeLifeMs)
    assert.equal(next.size, 1)
  })

  test('those who lost their place lose theirs', () => {
    let challenges = issueChallenge(noChallenges, anna, new Uint8Array(32), 0)
    challenges = issueChallenge(challenges, ben, new Uint8Array(32).fill(1), 0)
    const kept = keepChallenges(challenges, (holder) => holder === ben)
    assert.deepEqual(
      [...kept.values()].map(({ holder }) => holder),
      [ben],
    )
  })

  test('one holder never has more than a few', () => {
    let challenges: Challenges = noChallenges
    for (let number = 0; number < 50; number += 1) {
      challenges = issueChallenge(challenges, anna, new Uint8Array(32).fill(number), number)
      assert.ok(challenges.size <= challengesPerHolderMax)
    }
  })
})
