import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testSeed } from '@mortise/protocol/testing'
import { goldenCases, textIn } from './corpus.ts'
import { fuzz } from './run.ts'
import { allTargets } from './targets/index.ts'

const seed = testSeed()
const targets = allTargets(seed)

/** A million in all; a dear input costs as much as ten cheap ones and gets a tenth of them. */
const inputsAtLeast = 1_000_000
const dearShare = 0.1
const weight = targets.reduce((sum, { cost }) => sum + (cost === 'cheap' ? 1 : dearShare), 0)
const cheapCount = Math.ceil(inputsAtLeast / weight)
const dearCount = Math.ceil(cheapCount * dearShare)

test('every message kind of the golden files is under fire', () => {
  const names = new Set(targets.map(({ name }) => name))
  const missing = goldenCases('messages')
    .map((each) => textIn(each, 'message'))
    .filter((name) => !names.has(name))
  assert.deepEqual(missing, [])
})

describe(`random and mutated inputs, MORTISE_SEED=${seed}`, () => {
  // Refusals are thrown by the million, and nobody reads their stacks.
  Error.stackTraceLimit = 0
  let fed = 0
  for (const target of targets) {
    const count = target.cost === 'cheap' ? cheapCount : dearCount
    test(`${target.name}: accepts what it would write, refuses the rest with a code`, () => {
      const { verdicts } = fuzz(target, { seed, count })
      assert.ok(verdicts.size > 1, 'the inputs meet more than one verdict')
      fed += count
    })
  }
  test('a million inputs were fed', (context) => {
    context.diagnostic(`${fed} inputs over ${targets.length} decoders`)
    assert.ok(fed >= inputsAtLeast)
  })
})
