import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { encodeHubText } from '@mortise/protocol/wire'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'mortise-lock-'))
const children = new Set<ChildProcess>()
after(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})
let count = 0

function newFolder(): string {
  count += 1
  return join(root, String(count))
}

function spawnLock(args: readonly string[]) {
  const child = spawn(process.execPath, [main, '--door-port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A code cache would be a second thing that these tests share.
    env: { PATH: process.env['PATH'] },
  })
  const { stdout, stderr } = child
  assert.ok(stdout !== null && stderr !== null)
  children.add(child)
  const exited = once(child, 'exit').then(([code]): unknown => {
    children.delete(child)
    return code
  })
  return { child, stdout, stderr, exited }
}

interface Ready {
  readonly doorUrl: string
  readonly lockId: string
  readonly hub: string
}

function isReady(value: unknown): value is Ready {
  return typeof value === 'object' && value !== null && 'doorUrl' in value && 'lockId' in value
}

/** A lock that has said that it is ready, and the log lines until its end. */
async function startLock(folder: string, more: readonly string[] = []) {
  const { child, stdout, stderr, exited } = spawnLock(['--data', folder, ...more])
  const log = text(stderr)
  for await (const line of createInterface({ input: stdout })) {
    if (!line.startsWith('ready ')) continue
    const ready: unknown = JSON.parse(line.slice('ready '.length))
    assert.ok(isReady(ready))
    return { child, exited, log, ready }
  }
  return assert.fail(`the lock ended: ${await log}`)
}

/** A lock that does not start: its exit code and what it said. */
async function failToStart(args: readonly string[]) {
  const { stderr, exited } = spawnLock(args)
  const [said, code] = await Promise.all([text(stderr), exited])
  return { said, code }
}

interface LogLine {
  readonly event: string
}

function isLogLine(value: unknown): value is LogLine {
  return typeof value === 'object' && value !== null && 'event' in value
}

function eventsOf(log: string): readonly string[] {
  return log
    .trim()
    .split('\n')
    .map((line) => {
      const parsed: unknown = JSON.parse(line)
      assert.ok(isLogLine(parsed))
      return parsed.event
    })
}

describe('the lock as a program', () => {
  test('starts, answers the keypad, ends when asked to, and is the same lock the next time', async () => {
    const folder = newFolder()
    const first = await startLock(folder)
    assert.equal(first.ready.hub, 'none')
    assert.equal(statSync(folder).mode & 0o777, 0o700)
    const response = await fetch(`${first.ready.doorUrl}/keypad`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ keys: '135799#' }),
    })
    assert.equal(response.status, 200)
    first.child.kill('SIGTERM')
    assert.equal(await first.exited, 0)
    const log = await first.log
    assert.deepEqual(eventsOf(log), ['keypadAnswers', 'ending'])
    assert.ok(!log.includes('135799'), 'no key is logged')

    const second = await startLock(folder)
    assert.equal(second.ready.lockId, first.ready.lockId)
    second.child.kill('SIGINT')
    assert.equal(await second.exited, 0)
  })

  test('ends in good order when whoever started it is gone', async () => {
    const { child, exited, log } = await startLock(newFolder())
    child.disconnect()
    assert.equal(await exited, 0)
    assert.deepEqual(eventsOf(await log), ['keypadAnswers', 'ending'])
  })

  test('makes nothing that others could read or write, whatever the umask', async (context) => {
    const folder = newFolder()
    mkdirSync(folder, { mode: 0o755 })
    const umask = process.umask(0)
    context.after(() => process.umask(umask))
    const { child, exited } = await startLock(folder)
    child.kill('SIGTERM')
    await exited
    const made = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    assert.ok(made.includes('code-cache'))
    const open = made.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
    assert.deepEqual(open, [])
  })

  test('is alone in its folder, also after kill -9', async () => {
    const folder = newFolder()
    const first = await startLock(folder)
    const { said, code } = await failToStart(['--data', folder])
    assert.equal(code, 74)
    assert.match(said, /another process has the store open/)
    first.child.kill('SIGKILL')
    await first.exited
    const second = await startLock(folder)
    assert.equal(second.ready.lockId, first.ready.lockId)
    second.child.kill('SIGTERM')
    await second.exited
  })

  test('refuses settings that it does not know', async () => {
    const { said, code } = await failToStart(['--bogus', 'secret'])
    assert.equal(code, 64)
    assert.match(said, /--help/)
    assert.ok(!said.includes('secret'))
  })

  test('refuses a damaged store with what to do', async () => {
    const folder = newFolder()
    const { child, exited } = await startLock(folder)
    child.kill('SIGTERM')
    await exited
    writeFileSync(join(folder, 'lock.db'), 'x'.repeat(8_192))
    const { said, code } = await failToStart(['--data', folder])
    assert.equal(code, 74)
    assert.match(said, /the store is damaged\.\nRestore the store/)
  })
})

function hubTextFor(url: string): string {
  return encodeHubText((...parts) => crypto.sha256(...parts), {
    url,
    hubKey: crypto.ed25519PublicKey(new Uint8Array(32)),
    enrolmentSecret: new Uint8Array(16),
  })
}

const HUB_TEXT = hubTextFor('ws://127.0.0.1:9/link')

const HUB_FILES = [
  { what: 'good', content: HUB_TEXT, mode: 0o600, hub: 'linked' },
  { what: 'readable by others', content: HUB_TEXT, mode: 0o644, hub: 'unusable' },
  { what: 'cut short', content: HUB_TEXT.slice(0, -1), mode: 0o600, hub: 'unusable' },
  {
    what: 'of an address that no socket takes',
    content: hubTextFor('ws://127.0.0.1:9/link#here'),
    mode: 0o600,
    hub: 'unusable',
  },
  { what: 'not there', content: undefined, mode: 0o600, hub: 'unusable' },
] as const

describe('a hub file', () => {
  test('that is a folder: unusable, and the door works', async () => {
    const folder = newFolder()
    const path = `${folder}.hub`
    mkdirSync(path, { mode: 0o700 })
    const { child, exited, ready } = await startLock(folder, ['--hub-file', path])
    assert.equal(ready.hub, 'unusable')
    child.kill('SIGTERM')
    assert.equal(await exited, 0)
  })

  for (const { what, content, mode, hub } of HUB_FILES) {
    test(`that is ${what}: ${hub}, and the door works`, async () => {
      const folder = newFolder()
      const path = `${folder}.hub`
      if (content !== undefined) writeFileSync(path, content, { mode })
      const { child, exited, log, ready } = await startLock(folder, ['--hub-file', path])
      assert.equal(ready.hub, hub)
      assert.equal((await fetch(`${ready.doorUrl}/door`)).status, 200)
      child.kill('SIGTERM')
      assert.equal(await exited, 0)
      const said = await log
      assert.equal(eventsOf(said).includes('hubUnusable'), hub === 'unusable')
      assert.ok(!said.includes(HUB_TEXT.slice(20, 60)), 'the secret is not logged')
    })
  }
})
