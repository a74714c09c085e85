import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { createManualTime } from './manual-time.ts'
import { openVirtualDoor } from './open.ts'

let folder = ''
let statePath = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mortise-door-'))
  statePath = join(folder, 'door.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (port = 0) => {
  const time = createManualTime()
  return { ...openVirtualDoor({ ...time, statePath, port }), time }
}

test('the page acts on the ports, and what it did is there after a restart', async () => {
  const first = open()
  const url = await first.servePage()
  assert.equal(await first.servePage(), url)
  const heard: string[] = []
  first.keypad.onKey((key) => heard.push(key))
  const body = JSON.stringify({ keys: '135790' })
  const headers = { 'content-type': 'application/json' }
  assert.equal((await fetch(`${url}/keypad`, { method: 'POST', headers, body })).status, 200)
  assert.equal(heard.join(''), '135790#')
  await fetch(`${url}/thumbturn`, { method: 'POST' })
  await first.close()
  const second = open()
  assert.equal(second.actuator.position(), 'extended')
  assert.equal(second.snapshot().boltMovements, 1)
  await second.close()
})

test('the page is gone after closing', async () => {
  const door = open()
  const url = await door.servePage()
  await door.close()
  await assert.rejects(fetch(`${url}/door`))
})

test('closing while the page comes up leaves nothing behind', async () => {
  const door = open()
  const serving = door.servePage()
  await door.close()
  await assert.rejects(fetch(`${await serving}/door`))
})

test('a port that is taken is the world letting us down, and the door itself works', async () => {
  const first = open()
  const { port } = new URL(await first.servePage())
  const second = open(Number(port))
  await assert.rejects(
    second.servePage(),
    (error) => error instanceof MortiseError && error.blame === 'world',
  )
  second.actuator.drive('extend')
  second.time.settle()
  assert.equal(second.actuator.position(), 'extended')
  await second.close()
  await first.close()
})
