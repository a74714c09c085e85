import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { Ran, TestLine } from './testing/test-line.ts'
import { createTestLine } from './testing/test-line.ts'

const previewShape = z.object({
  personRemoved: z.boolean(),
  isThisDevice: z.boolean(),
  signed: z.literal(false),
  waysLeft: z.array(z.object({ type: z.string() })),
})
const errorShape = z.object({ error: z.object({ code: z.string(), nextStep: z.string() }) })
const errorOf = ({ json }: Ran) => errorShape.parse(json).error

/** An owner at her door, and Ben with a tablet and a code. */
async function household(context: TestContext): Promise<TestLine> {
  const line = createTestLine(context)
  await line.begin()
  await addKey(line, 'Ben', 'tablet')
  await line.run(['code', 'add', 'Ben', '--existing'])
  return line
}

async function addKey(line: TestLine, person: string, device: string): Promise<void> {
  const key = await line.anotherDevice().run(['key', '--name', device])
  const known = line.lock.policy?.users.some(({ name }) => name === person) === true
  const args = ['people', 'add-key', person, key.stdout.split('\n')[0] ?? '']
  const added = await line.run(known ? [...args, '--existing'] : args)
  assert.equal(added.exitCode, 0, added.stderr)
}

const waysOf = ({ lock }: TestLine, person: string) =>
  lock.policy?.users.find(({ name }) => name === person)?.credentials.map(({ type }) => type)

/** Somebody who came by a link, with one phone. */
async function comeByLink(line: TestLine, name: string): Promise<void> {
  const link = (await line.run(['invite', name, '--role', 'guest', '--for', '2h'])).stdout.split(
    '\n',
  )[0]
  const accepted = await line.anotherDevice().run(['accept'], link)
  assert.equal(accepted.exitCode, 0, accepted.stderr)
}

suite('a lost device', () => {
  test('goes alone: the rest of its person stays, and is told', async (context) => {
    const line = await household(context)
    const removed = await line.run(['people', 'remove-device', 'ben', 'Tablet'])
    assert.equal(removed.exitCode, 0, removed.stderr)
    assert.deepEqual(removed.stdout.split('\n'), [
      'Opens nothing any more at Front door: Ben, deviceKey "tablet"',
      'Ben keeps code.',
      '',
    ])
    assert.deepEqual(waysOf(line, 'Ben'), ['pin'])
  })

  test('is looked at first, and nothing is signed by looking', async (context) => {
    const line = await household(context)
    const version = line.lock.policy?.version
    const args = ['people', 'remove-device', 'Ben', 'tablet', '--preview']
    const looked = await line.run(args)
    assert.deepEqual(looked.stdout.split('\n'), [
      'Would open nothing any more at Front door: Ben, deviceKey "tablet"',
      'Ben keeps code.',
      'Nothing is signed yet: the same without --preview does it.',
      '',
    ])
    const { waysLeft, personRemoved, isThisDevice } = previewShape.parse(
      (await line.run([...args, '--json'])).json,
    )
    assert.deepEqual(
      [waysLeft.map(({ type }) => type), personRemoved, isThisDevice],
      [['pin'], false, false],
    )
    assert.equal(line.lock.policy?.version, version)
    assert.deepEqual(waysOf(line, 'Ben'), ['deviceKey', 'pin'])
  })

  test('that came by a link takes the guest with it, whose link is used', async (context) => {
    const line = await household(context)
    await comeByLink(line, 'Ivy')
    const looked = await line.run(['people', 'remove-device', 'Ivy', 'laptop', '--preview'])
    assert.match(looked.stdout, /Ivy has no other way in and would leave the list\./)
    const removed = await line.run(['people', 'remove-device', 'Ivy', 'laptop'])
    assert.match(removed.stdout, /Ivy had no other way in and left the list\.\n$/)
    assert.equal(waysOf(line, 'Ivy'), undefined)
  })

  test('leaves a guest in the list who has another link to come by', async (context) => {
    const line = await household(context)
    await comeByLink(line, 'Ivy')
    const again = await line.run(['invite', 'Ivy', '--existing'])
    assert.equal(again.exitCode, 0, again.stderr)
    const removed = await line.run(['people', 'remove-device', 'Ivy', 'laptop'])
    assert.match(removed.stdout, /Ivy has no way in left, and stays in the list\.\n$/)
    assert.deepEqual(waysOf(line, 'Ivy'), [])
  })

  test('of a name that two have is named by its id', async (context) => {
    const line = await household(context)
    await addKey(line, 'Ben', 'tablet')
    const both = await line.run(['people', 'remove-device', 'Ben', 'tablet', '--json'])
    const { code, nextStep } = errorOf(both)
    assert.equal(code, 'deviceNotNamed')
    const [id = ''] = nextStep.match(/[0-9a-f]{8}/) ?? []
    const removed = await line.run(['people', 'remove-device', 'Ben', id])
    assert.equal(removed.exitCode, 0, removed.stderr)
    assert.deepEqual(waysOf(line, 'Ben'), ['pin', 'deviceKey'])
  })

  test('that is the one in hand goes only when that is said', async (context) => {
    const line = await household(context)
    await addKey(line, 'Ada', 'tablet')
    const own = ['people', 'remove-device', 'Ada', 'laptop']
    assert.match((await line.run([...own, '--preview'])).stdout, /the device that you are using/)
    const refused = await line.run([...own, '--json'])
    assert.deepEqual([refused.exitCode, errorOf(refused).code], [2, 'usage'])
    assert.equal((await line.run([...own, '--this-device'])).exitCode, 0)
    assert.equal((await line.run(['unlock'])).exitCode, 1)
  })

  const unknown: Readonly<Record<string, readonly [args: readonly string[], code: string]>> = {
    'of nobody': [['Eve', 'tablet'], 'personNotFound'],
    'that nobody has': [['Ben', 'phone'], 'deviceNotFound'],
    'that is a code': [['Ben', 'code'], 'deviceNotFound'],
  }
  for (const [what, [args, code]] of Object.entries(unknown)) {
    test(`${what} is not found`, async (context) => {
      const line = await household(context)
      const ran = await line.run(['people', 'remove-device', ...args, '--json'])
      assert.deepEqual([ran.exitCode, errorOf(ran).code], [2, code])
    })
  }
})
