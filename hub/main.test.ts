import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { decodeHubText } from '@mortise/protocol/wire'
import * as z from 'zod'
import { codeOf, openBrowser, setUpWith } from '#hub/testing/browser.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import { temporaryFolder } from '#hub/testing/test-hub.ts'

const readySchema = z.object({
  origin: z.string(),
  port: z.number(),
  hubTextFile: z.string(),
  setupLink: z.string().optional(),
})

interface Program {
  readonly ready: Promise<z.infer<typeof readySchema>>
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
  /** Closes the channel as the kernel does when whoever started the program is killed. */
  readonly leave: () => Promise<number | null>
  readonly ended: Promise<number | null>
  readonly lines: readonly string[]
  readonly logs: () => string
}

function run(context: TestContext, args: readonly string[]): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  context.after(() => child.kill('SIGKILL'))
  const { stdout, stderr } = child
  assert.ok(stdout !== null && stderr !== null)
  const lines: string[] = []
  let logs = ''
  stderr.on('data', (chunk: Buffer) => {
    logs += chunk.toString()
  })
  const ended = once(child, 'close').then(() => child.exitCode)
  const ready = new Promise<z.infer<typeof readySchema>>((resolve, reject) => {
    createInterface(stdout).on('line', (line) => {
      lines.push(line)
      if (!line.startsWith('ready ')) return
      resolve(readySchema.parse(JSON.parse(line.slice('ready '.length))))
    })
    child.on('close', () => {
      reject(new TypeError(`the program ended: ${logs}`))
    })
  })
  ready.catch(() => {})
  return {
    ready,
    ended,
    lines,
    logs: () => logs,
    leave: async () => {
      // A child that we have disconnected from never says `close`.
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
      return child.exitCode
    },
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}

test('starts, tells a parent what it needs, is set up, stops in order and comes back', async (context) => {
  const data = temporaryFolder(context)
  const flags = ['--data', data, '--port', '0', '--app-dir', 'none', '--log-level', 'debug']
  const first = run(context, flags)
  const { origin, port, hubTextFile, setupLink = '' } = await first.ready
  assert.equal(origin, `http://localhost:${port}`)
  assert.ok(first.lines.includes(setupLink))
  assert.equal(statSync(hubTextFile).mode & 0o777, 0o600)
  const hubText = decodeHubText(
    (...parts) => nodeVerifyCrypto.sha256(...parts),
    readFileSync(hubTextFile, 'utf8'),
  )
  assert.equal(hubText.url, `ws://localhost:${port}/link`)

  const fresh = run(context, ['setup-link', '--data', data, '--port', String(port)])
  assert.equal(await fresh.ended, 0)
  const freshLink = fresh.lines.at(-1) ?? ''
  const browser = openBrowser({ origin, port })
  const passkey = createFakePasskey(origin, 'localhost')
  assert.equal(await codeOf(setUpWith(browser, passkey, setupLink)), 'setupTokenUnusable')
  assert.equal(await codeOf(setUpWith(browser, passkey, freshLink)), '')

  // Every line of the log is JSON, and none holds what was secret.
  const cookie = browser.cookies.get('__Host-session') ?? 'no cookie'
  const secrets = [
    cookie,
    ...[setupLink, freshLink].map((link) => link.split('#')[1] ?? 'no token'),
  ]
  assert.equal(await first.stop(), 0)
  for (const line of first.logs().trimEnd().split('\n')) assert.ok(JSON.parse(line))
  for (const secret of secrets) assert.ok(!first.logs().includes(secret))

  const second = run(context, [...flags.slice(0, 3), String(port), ...flags.slice(4)])
  assert.equal((await second.ready).setupLink, undefined)
  assert.equal(await codeOf(browser.client.getSession()), '')
  const closed = run(context, ['setup-link', '--data', data])
  assert.equal(await closed.ended, 0)
  assert.deepEqual(closed.lines, ['An account exists: sign in instead.'])
  assert.equal(await second.stop('SIGINT'), 0)
})

test('refuses what it does not know, with a next step and the code for wrong usage', async (context) => {
  const program = run(context, ['--prot', '1'])
  assert.equal(await program.ended, 64)
  assert.match(program.logs(), /--help/)
})

test('says which port is taken', async (context) => {
  const first = run(context, ['--data', temporaryFolder(context), '--port', '0'])
  const { port } = await first.ready
  const second = run(context, ['--data', temporaryFolder(context), '--port', String(port)])
  assert.equal(await second.ended, 69)
  assert.match(second.logs(), new RegExp(`cannot listen on 127.0.0.1 port ${port}`))
  assert.equal(await first.stop(), 0)
})

test('ends in good order when whoever started it is gone', async (context) => {
  const program = run(context, ['--data', temporaryFolder(context), '--port', '0'])
  await program.ready
  assert.equal(await program.leave(), 0)
})
