import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { createDoorClient } from '#proof/processes/door-client.ts'
import { runProgram, startProgram } from '#proof/processes/program.ts'
import type { Program } from '#proof/processes/program.ts'
import { tellStory } from '#proof/processes/story.ts'

/** BSD sysexits: a usage error. */
const usageExit = 64

test('npm start, from nothing to a house and back', async (t) => {
  const folder = temporaryFolder(t)
  const [hubPort, doorPort] = await Promise.all([freePort(), freePort()])
  const args = ['--hub-port', `${hubPort}`, '--door-port', `${doorPort}`]
  const programs: Program[] = []
  t.after(() => Promise.all(programs.map((program) => program.signal('SIGKILL'))))
  const start = (...more: readonly string[]): Program => {
    const program = startProgram({
      name: 'npm start',
      module: 'start/main.ts',
      args: [...args, ...more],
      folder,
    })
    programs.push(program)
    return program
  }
  const step = tellStory(t, async () => {
    for (const program of programs) t.diagnostic(program.log())
    await Promise.resolve()
  })
  let first: Program | undefined

  await step('it comes up and prints what to open', async () => {
    first = start()
    await first.line((line) => line.includes('Ctrl+C'))
    assert.match(first.log(), new RegExp(`http://localhost:${hubPort}/setup#`))
    assert.match(first.log(), new RegExp(`http://127\\.0\\.0\\.1:${doorPort}`))
  })

  await step('app and door answer where it said', async () => {
    const page = await fetch(`http://localhost:${hubPort}/`)
    assert.match(await page.text(), /<script/)
    const door = await createDoorClient(`http://127.0.0.1:${doorPort}`).look()
    assert.equal(door.boltMovements, 0)
  })

  await step('everything is below ./data', () => {
    assert.ok(existsSync(join(folder, 'data', 'hub')))
    assert.ok(existsSync(join(folder, 'data', 'lock')))
    return Promise.resolve()
  })

  await step('a second one says that the first is running', async () => {
    const { code, stderr } = await start().ended
    assert.equal(code, usageExit)
    assert.match(stderr, /alreadyRunning/)
  })

  await step('--fresh does not delete below a hub that is running', async () => {
    const { code } = await start('--fresh').ended
    assert.equal(code, usageExit)
    assert.ok(existsSync(join(folder, 'data', 'hub', 'hub.sqlite')))
  })

  await step('Ctrl+C ends all of it in good order', async () => {
    assert.ok(first)
    const { code, signal, stderr } = await first.signal('SIGINT')
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, stderr)
    await assert.rejects(fetch(`http://localhost:${hubPort}/`))
    await assert.rejects(fetch(`http://127.0.0.1:${doorPort}/door`))
  })

  await step('the next start finds the same door, and --fresh a new one', async () => {
    const second = start()
    await second.line((line) => line.includes('Ctrl+C'))
    const door = createDoorClient(`http://127.0.0.1:${doorPort}`)
    await door.turnThumb('extended')
    await second.signal('SIGINT')
    writeFileSync(join(folder, 'data', 'mine.txt'), 'not yours')
    const third = start()
    await third.line((line) => line.includes('Ctrl+C'))
    assert.equal((await door.look()).bolt, 'extended')
    await third.signal('SIGINT')
    const fresh = start('--fresh')
    await fresh.line((line) => line.includes('Ctrl+C'))
    assert.equal((await door.look()).boltMovements, 0)
    assert.ok(existsSync(join(folder, 'data', 'mine.txt')), 'only its own folders are forgotten')
    await fresh.signal('SIGTERM')
  })
})

for (const [what, args] of [
  ['an unknown flag', ['--hub-prot', '9000']],
  ['a port that is none', ['--hub-port', '99999']],
  ['an origin that is none', ['--origin', 'my hub']],
  ['a configuration file that is missing', ['--config', 'nowhere.json']],
] as const) {
  test(`npm start with ${what} says so and ends with ${usageExit}`, async (t) => {
    const folder = temporaryFolder(t)
    const ended = await runProgram({ name: 'npm start', module: 'start/main.ts', args, folder })
    assert.equal(ended.code, usageExit)
    assert.match(ended.stderr, /--help/)
    assert.equal(ended.stdout, '')
  })
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-start-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** `npm start` takes no port 0, because people need to know where to look. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  await new Promise((resolve) => server.close(resolve))
  return address.port
}
