import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countDown, opens, price, remember } from '#tools/mutate/planted/door.ts'

describe('a planted door', () => {
  test('opens for friends who knock often enough', () => {
    assert.equal(opens('friend', 3), true)
    assert.equal(opens('friend', 2), false)
    assert.equal(opens('stranger', 3), false)
  })

  test('counts down', () => assert.equal(countDown(5), 5))

  test('remembers nothing but the nameless', () => assert.deepEqual(remember('somebody'), []))

  test('costs a friend nothing', async () => {
    const cost = await Promise.resolve(price('friend'))
    assert.equal(cost, 0)
  })
})
