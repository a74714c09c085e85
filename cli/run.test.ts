import assert from 'node:assert/strict'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { createFakeLock } from '@mortise/keyholder/testing'
import { decodeInvitationText, toHex } from '@mortise/protocol/wire'
import { z } from 'zod'
import { openKnownLocks } from './storage/known-locks.ts'
import type { Ran } from './testing/test-line.ts'
import { createTestLine } from './testing/test-line.ts'

const errorShape = z.object({ error: z.object({ code: z.string(), nextStep: z.string() }) })

function errorCode({ json }: Ran): string | undefined {
  return errorShape.safeParse(json).data?.error.code
}

suite('a day at the command line', () => {
  test('setup, claim, unlock, lock, a code, history: with the lock as witness', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    assert.equal(line.lock.policy?.users[0]?.name, 'Ada')
    assert.equal(line.lock.policy?.timeZone, 'Europe/Berlin')
    assert.deepEqual(line.lock.policy?.relyingParties, [
      { id: 'localhost', origins: ['http://localhost:8080'] },
    ])
    assert.equal((await line.run(['unlock'])).exitCode, 0)
    assert.equal(line.lock.bolt, 'unlocked')
    assert.equal((await line.run(['lock'])).stdout, 'Locked: Front door\n')
    assert.equal(line.lock.bolt, 'locked')

    const added = await line.run(['code', 'add', 'Plumber', '--for', '2h'])
    const [pin] = line.lock.pins
    assert.ok(pin)
    assert.ok(added.stdout.includes(pin.pin), 'the code is shown')
    const listed = await line.run(['code', 'list'])
    assert.match(listed.stdout, /Plumber/)
    assert.ok(!listed.stdout.includes(pin.pin), 'and never again')
    assert.equal((await line.run(['code', 'remove', 'plumber'])).exitCode, 0)
    assert.equal(line.lock.policy?.users.length, 1)

    const history = await line.run(['history', '--verify'])
    assert.equal(history.exitCode, 0)
    assert.match(history.stdout, /entries checked, down to the first/)
  })

  test('a mode is set until a time, shown, ended; and what is no mode goes nowhere', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const set = await line.run(['mode', 'no-remote', '--for', '2h'])
    assert.equal(set.exitCode, 0, set.stderr)
    const until = /2027-01-15 11:00:00 \+01:00/
    assert.match(set.stdout, until)
    const shown = await line.run(['status'])
    assert.match(shown.stdout, /Mode: no-remote until /)
    assert.match(shown.stdout, until)
    assert.equal((await line.run(['mode', 'normal'])).stdout, 'Mode of Front door: normal\n')
    assert.doesNotMatch((await line.run(['status'])).stdout, /Mode/)

    const relayed = line.hub.asked.length
    for (const args of [['mode'], ['mode', 'noRemoteLockUnlock'], ['mode', '']]) {
      assert.deepEqual(errorCode(await line.run([...args, '--json'])), 'usage', args.join(' '))
    }
    assert.equal(line.hub.asked.length, relayed)
    const past = ['mode', 'vacation', '--until', '2020-01-01T10:00', '--json']
    assert.equal(errorCode(await line.run(past)), 'badTime')
    const endless = ['mode', 'normal', '--for', '2h', '--json']
    assert.equal(errorCode(await line.run(endless)), 'usage')
  })

  test('a lock is set back by the whole name of its door; a reset that waits is stopped', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    for (const name of [[], ['front'], ['Back door']]) {
      assert.equal(errorCode(await line.run(['reset', ...name, '--json'])), 'usage')
    }
    assert.ok(line.lock.policy !== undefined)
    const nothing = await line.run(['reset', 'stop'])
    assert.notEqual(nothing.exitCode, 0)
    assert.match(nothing.stderr, /no reset is waiting/)
    const done = await line.run(['reset', 'Front door'])
    assert.equal(done.exitCode, 0, done.stderr)
    assert.equal(line.lock.policy, undefined)
    assert.match(done.stdout, /Set back: Front door/)
  })

  test('unlocked for a time: the lock says when it locks itself', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const unlocked = await line.run(['unlock', '--for', '90s'])
    assert.equal(
      unlocked.stdout,
      'Unlocked: Front door\nLocks itself at 2027-01-15 09:01:30 +01:00\n',
    )
    assert.equal((await line.run(['unlock', '--for', '24h'])).exitCode, 0)
    const tooLong = await line.run(['unlock', '--for', '1441m', '--json'])
    assert.equal(errorCode(tooLong), 'badTime')
  })

  test('who can open when, and why not', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    await line.run(['code', 'add', 'Cleo', '--weekly', 'mon-fri 09:00-17:00'])
    // The line begins on Friday 2027-01-15 at 09:00 in Berlin.
    const who = await line.run(['who', '--for', '5d'])
    assert.equal(who.exitCode, 0, who.stderr)
    assert.match(who.stdout, /^Ada\n {2}all the time$/m)
    assert.match(
      who.stdout,
      /2027-01-15 .* until 2027-01-15 17:00:00 \+01:00\n {2}2027-01-18 09:00:00/,
    )
    const only = await line.run(['who', 'cleo', '--from', '2027-01-16', '--until', '2027-01-17'])
    assert.match(only.stdout, /^Cleo\n {2}never$/m)
    assert.doesNotMatch(only.stdout, /Ada/)

    const now = await line.run(['explain', 'Cleo'])
    assert.match(now.stdout, /code: yes, until 2027-01-15 17:00:00 \+01:00/)
    const saturday = await line.run(['explain', 'Cleo', '--at', '2027-01-16T12:00'])
    assert.match(saturday.stdout, /code: no: not at this time; from 2027-01-18 09:00:00/)
    for (const args of [
      ['explain', 'Cleo', '--verb', 'burgle'],
      ['explain'],
      ['who', '--until', '2027-01-20', '--for', '2d'],
    ]) {
      assert.equal(errorCode(await line.run([...args, '--json'])), 'usage', args.join(' '))
    }
    assert.equal(errorCode(await line.run(['who', '--for', '10w', '--json'])), 'badTime')
    assert.equal(errorCode(await line.run(['explain', 'Zoe', '--json'])), 'personNotFound')
  })

  test('a second device is let in by its public key, and meets the lock on first use', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const other = line.anotherDevice()
    const text = (await other.run(['key', '--name', 'tablet'])).stdout.split('\n')[0] ?? ''
    const refused = await other.run(['status', '--json'])
    assert.deepEqual([refused.exitCode, errorCode(refused)], [1, 'deviceUnknown'])
    const added = await line.run(['people', 'add-key', 'Ben', text])
    assert.equal(added.exitCode, 0, added.stderr)
    const unlocked = await other.run(['unlock'])
    assert.equal(unlocked.exitCode, 0, unlocked.stderr)
    const code = (await line.run(['safety-code'])).stdout.split('\n')[0] ?? ''
    assert.ok(code.length > 30 && unlocked.stderr.includes(code), 'the safety code is shown')
    assert.equal((await other.run(['lock'])).stderr, '', 'and only once')

    assert.equal((await line.run(['people', 'remove', 'Ben'])).exitCode, 0)
    const after = await other.run(['unlock', '--json'])
    assert.equal(after.exitCode, 1)
    assert.equal(line.lock.bolt, 'locked')
  })

  test('an invitation is made, listed without its secret, and taken back', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const made = await line.run(['invite', 'Ivy', '--role', 'guest', '--for', '2h'])
    assert.equal(made.exitCode, 0, made.stderr)
    const [link = ''] = made.stdout.split('\n')
    const text = new URL(link).hash.slice(1)
    const sha256 = (...parts: readonly Uint8Array[]) => nodeSealCrypto.sha256(...parts)
    const { lockKey, inviterName, invitationId } = decodeInvitationText(sha256, text)
    assert.deepEqual(lockKey, line.lock.lockKey)
    assert.equal(inviterName, 'Ada')
    const [invitation] = line.lock.policy?.invitations ?? []
    assert.deepEqual(invitation?.id, invitationId)
    const ivy = line.lock.policy?.users.find(({ name }) => name === 'Ivy')
    assert.equal(ivy?.role, 'guest')
    assert.equal(invitation.notAfterMs, ivy.validity?.notAfterMs, 'no longer than her own time')

    const listed = await line.run(['people', 'invitations'])
    assert.match(listed.stdout, /Ivy {2}guest, link works until/)
    assert.ok(!listed.stdout.includes('mortise-invitation1'))
    assert.equal((await line.run(['people', 'withdraw', 'Ivy'])).exitCode, 0)
    assert.deepEqual(
      line.lock.policy?.users.map(({ name }) => name),
      ['Ada'],
    )

    const again = await line.run(['invite', 'Ada', '--existing', '--json'])
    assert.equal(again.exitCode, 0, again.stdout)
    assert.deepEqual(
      line.lock.policy?.users.map(({ name }) => name),
      ['Ada'],
    )
  })

  test('a session that has ended is renewed by itself', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    line.hub.endSessions()
    assert.equal((await line.run(['unlock'])).exitCode, 0)
  })

  test('setup-link hands on what the hub made, and its reasons', async (context) => {
    const line = createTestLine(context)
    line.hubProgramEnds({ exitCode: 0, output: 'Open it:\nhttp://localhost:8080/setup#AAAA\n' })
    const made = await line.run(['setup-link', '--data', '/d', '--json'])
    assert.deepEqual(made.json, { v: 1, ok: true, link: 'http://localhost:8080/setup#AAAA' })
    assert.deepEqual(line.hubProgramCalls, [['setup-link', '--data', '/d']])
    line.hubProgramEnds({ exitCode: 0, output: 'An account exists: sign in instead.\n' })
    assert.equal((await line.run(['setup-link'])).exitCode, 1)
    line.hubProgramEnds({ exitCode: 64, output: '' })
    assert.equal((await line.run(['setup-link'])).exitCode, 2)
  })
})

interface Row {
  readonly args: readonly string[]
  readonly exitCode: number
  readonly code: string
  readonly stdin?: string
  readonly given?: (line: ReturnType<typeof createTestLine>) => void
}
const rows: Record<string, Row> = {
  'an unknown command': { args: ['open'], exitCode: 2, code: 'usage' },
  'a missing word': { args: ['code', 'add'], exitCode: 2, code: 'usage' },
  'two ends': {
    args: ['code', 'add', 'X', '--for', '1h', '--until', '2030-01-01'],
    exitCode: 2,
    code: 'usage',
  },
  'an end in the past': {
    args: ['code', 'add', 'X', '--until', '2020-01-01'],
    exitCode: 2,
    code: 'badTime',
  },
  'a name that is taken': {
    args: ['code', 'add', 'ada'],
    exitCode: 2,
    code: 'nameTaken',
  },
  'a code that can be guessed': {
    args: ['code', 'add', 'X', '--own-code'],
    stdin: '123456\n',
    exitCode: 2,
    code: 'pinUnfit',
  },
  'nothing on standard input': {
    args: ['code', 'add', 'X', '--own-code'],
    stdin: '\n',
    exitCode: 2,
    code: 'noInput',
  },
  'a person who is not there': {
    args: ['people', 'remove', 'Nobody'],
    exitCode: 2,
    code: 'personNotFound',
  },
  'a person without an invitation': {
    args: ['people', 'withdraw', 'ada'],
    exitCode: 2,
    code: 'invitationNotFound',
  },
  'a new role for somebody in the list': {
    args: ['invite', 'ada', '--existing', '--role', 'guest'],
    exitCode: 2,
    code: 'usage',
  },
  'an invitation in a name that is taken': {
    args: ['invite', 'ada'],
    exitCode: 2,
    code: 'nameTaken',
  },
  'a person without a code': {
    args: ['code', 'remove', 'Ada'],
    exitCode: 2,
    code: 'codeNotFound',
  },
  'a person without a finger': {
    args: ['finger', 'remove', 'Ada'],
    exitCode: 2,
    code: 'fingerNotFound',
  },
  'a person without a face': {
    args: ['face', 'remove', 'Ada'],
    exitCode: 2,
    code: 'faceNotFound',
  },
  'a finger of nobody': {
    args: ['finger', 'add', 'Nobody'],
    exitCode: 2,
    code: 'personNotFound',
  },
  'a key that is none': {
    args: ['people', 'add-key', 'X', 'mortise-key1.AAAA'],
    exitCode: 2,
    code: 'keyTextWrong',
  },
  'another role': {
    args: ['people', 'add-key', 'X', 'mortise-key1.AAAA', '--role', 'king'],
    exitCode: 2,
    code: 'keyTextWrong',
  },
  'a lock that is not there': {
    args: ['unlock', '--lock', 'Garage'],
    exitCode: 2,
    code: 'lockNotFound',
  },
  'no lock at all': {
    args: ['forget', 'abcd'],
    exitCode: 2,
    code: 'lockNotFound',
  },
  'a lock that has an owner': {
    args: ['claim'],
    exitCode: 1,
    code: 'refused',
    stdin: '@claimText',
  },
  'a text that is no claim text': {
    args: ['claim'],
    exitCode: 2,
    code: 'claimTextWrong',
    stdin: 'mortise1.AAAA',
  },
  'a time zone that is none': {
    args: ['claim', '--time-zone', 'Mars/Olympus'],
    exitCode: 2,
    code: 'usage',
  },
  'a setup link after setup': {
    args: ['setup'],
    exitCode: 1,
    code: 'setupRefused',
    stdin: `http://localhost/setup#${'A'.repeat(43)}`,
  },
  'a setup link that is none': {
    args: ['setup'],
    exitCode: 2,
    code: 'setupTextWrong',
    stdin: 'http://localhost/setup#AAAA',
  },
  'a jammed bolt': {
    args: ['unlock'],
    exitCode: 1,
    code: 'failed',
    given: ({ lock }) => lock.failNext('jammed'),
  },
  'a lock that is away': {
    args: ['unlock'],
    exitCode: 3,
    code: 'lockOffline',
    given: ({ hub }) => {
      hub.online = false
    },
  },
  'a hub that is away': {
    args: ['unlock'],
    exitCode: 3,
    code: 'hubUnreachable',
    given: ({ hub }) => {
      hub.up = false
    },
  },
  'a sealing key that is not the lock’s': {
    args: ['unlock'],
    exitCode: 4,
    code: 'lockKeyChanged',
    given: ({ hub }) => {
      hub.sealingKey = createFakeLock(nodeSealCrypto, () => 0).sealingKey
    },
  },
  'the name of another door': {
    args: ['unlock', '--lock', 'Garage'],
    exitCode: 4,
    code: 'policyForged',
    given: ({ hub }) => {
      hub.doorName = 'Garage'
    },
  },
  'a loose key file': {
    args: ['unlock'],
    exitCode: 2,
    code: 'looseFileMode',
    given: ({ home }) => chmodSync(join(home, 'device-key.json'), 0o644),
  },
  'a lock that the hub hides': {
    args: ['unlock'],
    exitCode: 2,
    code: 'lockNotFound',
    given: ({ hub }) => {
      hub.listed = false
    },
  },
  'a session file that is damaged': {
    args: ['unlock'],
    exitCode: 2,
    code: 'unreadableFile',
    given: ({ home }) => writeFileSync(join(home, 'session.json'), '{'),
  },
}

suite('exit codes', () => {
  for (const [name, { args, exitCode, code, stdin = '', given }] of Object.entries(rows)) {
    test(`${name} ends with ${exitCode} ${code}`, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      given?.(line)
      const drives = line.lock.drives
      const input = stdin === '@claimText' ? line.lock.claimText : stdin
      const ran = await line.run([...args, '--json'], input)
      assert.deepEqual([ran.exitCode, errorCode(ran)], [exitCode, code], ran.stdout)
      assert.equal(line.lock.drives, drives, 'the bolt did not move')
      assert.equal(ran.stderr, '')
      given?.(line)
      const human = await line.run(args, input)
      assert.equal(human.exitCode, exitCode)
      assert.equal(human.stdout, '')
      assert.match(human.stderr, new RegExp(`\\(${code}\\)\n$`))
    })
  }
})

suite('what a hub could try', () => {
  test('a history that was cut is told loudly, by history and by doctor', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    for (let count = 0; count < 5; count += 1) line.lock.journal.append({ type: 'doorMoved' })
    const old = line.lock.signedHead()
    line.lock.journal.append({ type: 'doorMoved' })
    assert.equal((await line.run(['history'])).exitCode, 0)
    const fetch = line.hub.fetch
    const shorter = { signedHead: Buffer.from(old).toString('base64url'), entries: [] }
    Object.assign(line.hub, {
      fetch: async (url: string, init: Parameters<typeof fetch>[1]) => {
        if (!url.includes('/events')) return fetch(url, init)
        return { status: 200, text: () => Promise.resolve(JSON.stringify(shorter)) }
      },
    })
    const history = await line.run(['history'])
    assert.equal(history.exitCode, 4)
    assert.match(history.stdout, /Do not trust this history/)
    const doctor = await line.run(['doctor'])
    assert.equal(doctor.exitCode, 4)
    assert.match(doctor.stdout, /FAIL {2}history \(Front door\)/)
  })

  test('a history with a gap is shown with it, and is no failure', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    for (let count = 0; count < 9; count += 1) line.lock.journal.append({ type: 'doorMoved' })
    line.hub.keepEntry = (sequence) => sequence > 4
    const history = await line.run(['history', '--verify'])
    assert.equal(history.exitCode, 0)
    assert.match(history.stdout, /The hub does not have entries 1 to 4\./)
    const doctor = await line.run(['doctor'])
    assert.equal(doctor.exitCode, 0)
    assert.match(doctor.stdout, /warn {2}history/)
  })

  test('the token of one hub is not sent to another', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const token = z.object({ token: z.string() })
    const kept = token.parse(
      JSON.parse(readFileSync(join(line.home, 'session.json'), 'utf8')),
    ).token
    const fetch = line.hub.fetch
    const seen: string[] = []
    Object.assign(line.hub, {
      fetch: (url: string, init: Parameters<typeof fetch>[1]) => {
        seen.push(JSON.stringify(init))
        return fetch(url, init)
      },
    })
    await line.run(['status', '--hub', 'https://other.example'])
    assert.ok(seen.length > 0)
    assert.ok(!seen.join('').includes(kept))
  })
})

suite('a hub that hides a door', () => {
  test('does not make a command slip to another door', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const memory = openKnownLocks({ configFolder: line.home, dataFolder: line.home })
    const [known] = await memory.list()
    assert.ok(known)
    const lockId = new Uint8Array(32).fill(7)
    await memory.update(lockId, () => ({ ...known, lockId }))
    memory.close()
    const ran = await line.run(['unlock', '--json'])
    assert.deepEqual([ran.exitCode, errorCode(ran)], [2, 'lockNotNamed'])
    assert.equal(line.lock.drives, 0)
    assert.equal((await line.run(['unlock', '--lock', 'front door'])).exitCode, 0)
    assert.equal((await line.run(['forget', '07070707'])).exitCode, 0)
    assert.equal((await line.run(['lock'])).exitCode, 0)
  })
})

suite('forget', () => {
  test('makes room for the lock that is there', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const id = toHex(line.lock.lockId)
    assert.equal((await line.run(['forget', id.slice(0, 8)])).exitCode, 0)
    const met = await line.run(['safety-code', '--json'])
    assert.match(met.stdout, /"metBy":"firstUse"/)
  })
})
