import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { TestLine } from './testing/test-line.ts'
import { createTestLine } from './testing/test-line.ts'

const addedShape = z.object({ code: z.string().optional() })

/** An owner's device, and the one of an assistant that is in the list. */
async function household(context: TestContext): Promise<readonly [TestLine, TestLine]> {
  const ada = createTestLine(context)
  await ada.begin()
  const speaker = ada.anotherDevice()
  const link = (await ada.run(['invite', 'Speaker', '--role', 'agent'])).stdout.split('\n')[0]
  const accepted = await speaker.run(['accept'], link)
  assert.equal(accepted.exitCode, 0, accepted.stderr)
  return [ada, speaker]
}

suite('an assistant at the command line', () => {
  test('locks from the beginning, and opens nothing', async (context) => {
    const [ada, speaker] = await household(context)
    const [, user] = ada.lock.policy?.users ?? []
    assert.deepEqual([user?.role, user?.verbs], ['agent', ['lock']])
    assert.equal((await speaker.run(['lock'])).exitCode, 0)
    const refused = await speaker.run(['unlock'])
    assert.equal(refused.exitCode, 1)
    assert.match(refused.stderr, /voice PIN/)
  })

  test('opens with the PIN that it is told, which stands in no argument', async (context) => {
    const [ada, speaker] = await household(context)
    const added = await ada.run(['voice', 'add', 'Speaker', '--json'])
    assert.equal(added.exitCode, 0, added.stderr)
    const { code = '' } = addedShape.parse(added.json)
    const [, user] = ada.lock.policy?.users ?? []
    assert.deepEqual([user?.verbs, user?.credentialRule], [['lock', 'unlock'], 'dual'])
    const wrong = await speaker.run(['unlock', '--voice'], '000000\n')
    assert.match(wrong.stderr, /unknownCode|code/)
    assert.equal(wrong.exitCode, 1)
    assert.equal(ada.lock.bolt, 'locked')
    const unlocked = await speaker.run(['unlock', '--voice'], `${code}\n`)
    assert.equal(unlocked.exitCode, 0, unlocked.stderr)
    assert.equal(ada.lock.bolt, 'unlocked')
    assert.ok(!ada.hub.received.join().includes(code))
    assert.equal((await speaker.run(['unlock', '--voice', code], '')).exitCode, 2)
  })

  test('has a PIN that somebody chose, and one of duress', async (context) => {
    const [ada] = await household(context)
    const own = await ada.run(['voice', 'add', 'Speaker', '--own-code'], '739184\n')
    assert.equal(own.stdout, 'Speaker unlocks Front door for whoever tells it the PIN.\n')
    assert.equal((await ada.run(['voice', 'add', 'Speaker', '--duress'])).exitCode, 0)
    const [, user] = ada.lock.policy?.users ?? []
    assert.deepEqual(
      user?.credentials.map((one) => 'duress' in one && one.duress),
      [false, true],
    )
  })

  test('opens no more, and goes on locking', async (context) => {
    const [ada] = await household(context)
    await ada.run(['voice', 'add', 'Speaker'])
    const removed = await ada.run(['voice', 'remove', 'Speaker'])
    assert.equal(removed.stdout, 'Speaker unlocks Front door no more.\n')
    const [, user] = ada.lock.policy?.users ?? []
    assert.deepEqual([user?.verbs, user?.credentials], [['lock'], []])
  })

  const refused: Readonly<Record<string, readonly string[]>> = {
    'a PIN for a person': ['voice', 'add', 'Ada'],
    'taking one from a person': ['voice', 'remove', 'Ada'],
    'a PIN and a time at once': ['unlock', '--voice', '--for', '30s'],
  }
  for (const [what, args] of Object.entries(refused)) {
    test(`${what} is refused`, async (context) => {
      const [ada] = await household(context)
      const ran = await ada.run(args, '739184\n')
      assert.deepEqual([ran.exitCode, /\(usage\)/.test(ran.stderr)], [2, true], ran.stderr)
    })
  }
})
