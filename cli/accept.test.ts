import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { Ran, TestLine } from './testing/test-line.ts'
import { createTestLine } from './testing/test-line.ts'

const errorShape = z.object({ error: z.object({ code: z.string(), nextStep: z.string() }) })

function errorCode({ json }: Ran): string | undefined {
  return errorShape.safeParse(json).data?.error.code
}

interface Invited {
  readonly ada: TestLine
  readonly ben: TestLine
  readonly link: string
}

async function invited(context: TestContext): Promise<Invited> {
  const ada = createTestLine(context)
  await ada.begin()
  const made = await ada.run(['invite', 'Ben', '--link-for', '1d'])
  assert.equal(made.exitCode, 0, made.stderr)
  return { ada, ben: ada.anotherDevice(), link: made.stdout.split('\n')[0] ?? '' }
}

suite('mortise accept', () => {
  test('attaches the key of this device, which is then at home at the door', async (context) => {
    const { ada, ben, link } = await invited(context)
    const accepted = await ben.run(['accept'], `${link}\n`)
    assert.equal(accepted.exitCode, 0, accepted.stderr)
    assert.match(accepted.stdout, /^Front door knows "laptop" now\.\nBen, resident, always$/m)
    const unlocked = await ben.run(['unlock'])
    assert.deepEqual([unlocked.exitCode, unlocked.stderr], [0, ''], 'met by the link: no first use')
    assert.equal(ada.lock.bolt, 'unlocked')
    const code = (await ada.run(['safety-code'])).stdout.split('\n')[0] ?? ''
    assert.ok(code.length > 30 && accepted.stdout.includes(code), 'the safety code is the same')
    assert.match((await ada.run(['people'])).stdout, /Ben {2}resident\n.*deviceKey "laptop"/)
  })

  test('finds the hub by the address in the link, and never sends the secret there', async (context) => {
    const { ada, ben, link } = await invited(context)
    assert.equal((await ben.runBare(['accept'], link)).exitCode, 0)
    const asked = ada.hub.asked.slice(ada.hub.asked.indexOf('GET /config.json'))
    assert.deepEqual(asked.slice(0, 2), ['GET /config.json', 'POST /invitations/begin'])
    assert.ok(!ada.hub.received.join().includes(new URL(link).hash.slice(1)))
    assert.equal((await ben.runBare(['unlock'])).exitCode, 0, 'and the hub is remembered')
  })

  test('waits until the hub has heard of the device, so that the next command finds it known', async (context) => {
    const { ada, ben, link } = await invited(context)
    ada.hub.unheard = 3
    const accepted = await ben.run(['accept'], link)
    assert.equal(accepted.exitCode, 0, accepted.stderr)
    assert.doesNotMatch(accepted.stdout, /once it has heard/)
    assert.equal((await ben.run(['unlock'])).exitCode, 0)
  })

  test('says so where the hub does not hear of it for long', async (context) => {
    const { ada, ben, link } = await invited(context)
    ada.hub.unheard = 1000
    const accepted = await ben.run(['accept'], link)
    assert.equal(accepted.exitCode, 0, 'the lock has taken it in')
    assert.match(accepted.stdout, /The hub lets this device in once it has heard of it/)
  })

  test('takes the text alone, and a file', async (context) => {
    const { ben, link } = await invited(context)
    const path = join(ben.home, 'link')
    writeFileSync(path, new URL(link).hash.slice(1))
    assert.equal((await ben.run(['accept', '--file', path])).exitCode, 0)
  })

  test('a device that opens the door already is told so, and the link stays good', async (context) => {
    const { ada, ben, link } = await invited(context)
    assert.equal((await ben.run(['accept'], link)).exitCode, 0)
    const again = await ben.run(['accept', '--json'], link)
    assert.deepEqual([again.exitCode, errorCode(again)], [2, 'deviceKnown'])
    assert.match((await ben.run(['accept'], link)).stderr, /opens Front door already as Ben/)
    const other = (await ada.run(['invite', 'Ivy'])).stdout.split('\n')[0] ?? ''
    assert.equal(errorCode(await ben.run(['accept', '--json'], other)), 'deviceKnown')
    assert.equal((await ada.anotherDevice().run(['accept'], other)).exitCode, 0)
  })

  test('a device that was taken out comes in again by a new link', async (context) => {
    const { ada, ben, link } = await invited(context)
    assert.equal((await ben.run(['accept'], link)).exitCode, 0)
    assert.equal((await ada.run(['people', 'remove', 'Ben'])).exitCode, 0)
    const next = (await ada.run(['invite', 'Ben'])).stdout.split('\n')[0] ?? ''
    const accepted = await ben.run(['accept'], next)
    assert.equal(accepted.exitCode, 0, accepted.stderr)
    assert.equal((await ben.run(['unlock'])).exitCode, 0)
  })
})

interface Row {
  readonly exitCode: number
  readonly code: string
  readonly stdin?: (link: string) => string
  readonly given?: (invited: Invited) => unknown
  readonly args?: readonly string[]
}

const rows: Record<string, Row> = {
  'nothing at all': { exitCode: 2, code: 'noInput', stdin: () => '\n' },
  'a shortened link': { exitCode: 2, code: 'invitationWrong', stdin: (link) => link.slice(0, -4) },
  'a setup text': { exitCode: 2, code: 'invitationWrong', stdin: () => 'mortise1.AAAA' },
  'a link that somebody has used': {
    exitCode: 1,
    code: 'invitationUsed',
    given: ({ ada, link }) => ada.anotherDevice().run(['accept'], link),
  },
  'a link whose time is over': {
    exitCode: 1,
    code: 'invitationOver',
    given: ({ ada }) => ada.pass(25 * 3_600_000),
  },
  'a link that was withdrawn': {
    exitCode: 1,
    code: 'invitationUnknown',
    given: ({ ada }) => ada.run(['people', 'withdraw', 'Ben']),
  },
  'a link for a door of another hub': {
    exitCode: 1,
    code: 'invitationUnknown',
    given: ({ ada }) => {
      ada.hub.knowsTickets = false
    },
  },
  'a lock that is away': {
    exitCode: 3,
    code: 'lockOffline',
    given: ({ ada }) => {
      ada.hub.online = false
    },
  },
  'a hub that is away': {
    exitCode: 3,
    code: 'hubUnreachable',
    given: ({ ada }) => {
      ada.hub.up = false
    },
  },
}

suite('what cannot be accepted', () => {
  for (const [name, row] of Object.entries(rows)) {
    test(`${name} ends with ${row.exitCode} ${row.code}`, async (context) => {
      const all = await invited(context)
      await row.given?.(all)
      const stdin = row.stdin?.(all.link) ?? all.link
      const secret = stdin.slice(stdin.indexOf('#') + 1).trim()
      const ran = await all.ben.run(['accept', '--json', ...(row.args ?? [])], stdin)
      assert.deepEqual([ran.exitCode, errorCode(ran)], [row.exitCode, row.code], ran.stdout)
      const human = await all.ben.run(['accept', ...(row.args ?? [])], stdin)
      assert.match(human.stderr, new RegExp(`\\(${row.code}\\)\n$`))
      assert.ok(secret === '' || !human.stderr.includes(secret), 'the secret is not said back')
      assert.equal(all.ada.lock.bindings.length, row.code === 'invitationUsed' ? 1 : 0)
    })
  }

  test('a link as an argument is refused and not said back', async (context) => {
    const { ben, link } = await invited(context)
    const ran = await ben.run(['accept', link])
    assert.equal(ran.exitCode, 2)
    assert.ok(!`${ran.stdout}${ran.stderr}`.includes('mortise-invitation1'), ran.stderr)
  })

  test('an address that is no app of a hub, and http to another machine', async (context) => {
    const { ada, ben, link } = await invited(context)
    const far = link.replace('http://localhost:8080', 'http://hub.example')
    assert.equal(errorCode(await ben.runBare(['accept', '--json'], far)), 'badHubAddress')
    ada.hub.config = 'no app lives here'
    assert.equal(errorCode(await ben.runBare(['accept', '--json'], link)), 'badHubAddress')
  })
})
