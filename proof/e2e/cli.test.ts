import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertEnds, createCommandLine } from '#proof/processes/command-line.ts'
import { eventually } from '#proof/processes/eventually.ts'
import { openHouse } from '#proof/processes/house.ts'

/** As `cli/exit-codes.ts` promises them to scripts. */
const exits = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const

test('the command line, from a new hub to a verified history', async (t) => {
  const house = await openHouse(t, { withoutApp: true })
  const { step, door, hub, lock } = house
  const mortise = createCommandLine(house, 'ada')
  let code = ''

  await step('without an account every command says what to do', async () => {
    const answer = await mortise(['status'])
    assertEnds(answer, exits.refused)
    assert.match(answer.stderr, /mortise setup/)
  })

  await step('a setup link that nobody printed is refused', async () => {
    const forged = `${hub.origin}/setup#${Buffer.alloc(32, 7).toString('base64url')}`
    assertEnds(await mortise(['setup', '--name', 'Ada'], forged), exits.refused)
    assertEnds(await mortise(['setup', '--name', 'Ada'], 'nonsense'), exits.usage)
  })

  await step('the printed setup link makes the first account with a device key', async () => {
    const answer = await mortise(['setup', '--name', 'Ada', '--json'], hub.setupLink)
    assertEnds(answer, exits.done)
    assert.equal(answer.json().at('account', 'name'), 'Ada')
    const key = statSync(join(house.folder, 'home-ada', 'device-key.json'))
    assert.equal(key.mode & 0o777, 0o600)
  })

  await step('the same link a second time is refused', async () => {
    const bob = createCommandLine(house, 'bob')
    assertEnds(await bob(['setup', '--name', 'Bob'], hub.setupLink), exits.refused)
  })

  await step('a broken setup text is refused before anything is sent', async () => {
    const answer = await mortise(['claim'], 'mortise1.AAAA')
    assertEnds(answer, exits.usage)
  })

  await step('the lock is claimed with the text beside the inside button', async () => {
    await lock.connected()
    await door.pressInsideButton()
    const text = await door.setupText()
    const claimed = await mortise(['claim', '--door', 'Front door', '--json'], text)
    assertEnds(claimed, exits.done)
    assert.equal(claimed.json().at('timeZone'), 'Europe/Berlin')
    const again = await createCommandLine(house, 'bob')(['claim', '--json'], text)
    assert.notEqual(again.code, exits.done)
  })

  await step('it is locked and unlocked, and the bolt follows', async () => {
    const before = (await door.look()).boltMovements
    for (const verb of ['lock', 'unlock', 'lock']) {
      const answer = await mortise([verb, '--json'])
      assertEnds(answer, exits.done)
      assert.equal(answer.json().at('outcome'), 'done')
      const end = verb === 'unlock' ? 'retracted' : 'extended'
      assert.equal((await door.look()).bolt, end)
    }
    assert.equal((await door.look()).boltMovements, before + 3)
  })

  await step('it is unlocked for seconds, and locks itself', async () => {
    const answer = await mortise(['unlock', '--for', '2s', '--json'])
    assertEnds(answer, exits.done)
    assert.equal(typeof answer.json().at('state', 'autoRelockAt'), 'string')
    await door.until('the bolt thrown by itself', ({ bolt }) => bolt === 'extended')
  })

  await step("a mode is set and ended by the lock's word", async () => {
    const set = await mortise(['mode', 'no-remote', '--for', '1h', '--json'])
    assertEnds(set, exits.done)
    assert.equal(set.json().at('state', 'operatingMode'), 'noRemoteLockUnlock')
    const refused = await mortise(['unlock', '--json'])
    assertEnds(refused, exits.refused)
    assert.equal(refused.json().at('error', 'reason'), 'remoteDisabled')
    assert.equal((await door.look()).bolt, 'extended')
    assertEnds(await mortise(['mode', 'normal']), exits.done)
  })

  await step('the status is what the lock signs now', async () => {
    const answer = await mortise(['status', '--json'])
    assertEnds(answer, exits.done)
    assert.equal(answer.json().at('locks', 0, 'state', 'lockState'), 'locked')
    assert.equal(answer.json().at('locks', 0, 'name'), 'Front door')
  })

  await step('a visitor gets a code that opens the door', async () => {
    const answer = await mortise(['code', 'add', 'Nora', '--for', '1h', '--json'])
    assertEnds(answer, exits.done)
    code = String(answer.json().at('code'))
    assert.match(code, /^\d{6,}$/)
    const signal = await door.type(`4711*${code}`)
    assert.deepEqual(signal, { kind: 'accepted', verb: 'unlock' })
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
  })

  await step('codes are listed without their digits', async () => {
    const answer = await mortise(['code', 'list', '--json'])
    assertEnds(answer, exits.done)
    assert.equal(answer.json().at('codes', 0, 'person', 'name'), 'Nora')
    assert.ok(!answer.stdout.includes(code))
  })

  await step(
    'somebody else with this name, a code that is too easy, an end before the start',
    async () => {
      assertEnds(await mortise(['code', 'add', 'Nora']), exits.usage)
      assertEnds(await mortise(['code', 'add', 'Max', '--own-code'], '123456'), exits.usage)
      const past = ['--from', '2020-01-01T10:00', '--until', '2020-01-01T11:00']
      assertEnds(await mortise(['code', 'add', 'Max', ...past]), exits.usage)
    },
  )

  await step('the code is taken away and opens nothing any more', async () => {
    assertEnds(await mortise(['code', 'remove', 'Nora']), exits.done)
    assert.deepEqual(await door.type(code), { kind: 'refused', reason: 'wrongCode' })
  })

  await step('Ben is invited, comes in by the link with a home of his own, and opens', async () => {
    const made = await mortise(['invite', 'Ben', '--json'])
    assertEnds(made, exits.done)
    const link = String(made.json().at('link'))
    const ben = createCommandLine(house, 'ben')
    assertEnds(await ben(['accept'], link.slice(0, -5)), exits.usage)
    const accepted = await ben(['accept', '--json'], link)
    assertEnds(accepted, exits.done)
    assert.equal(accepted.json().at('person', 'name'), 'Ben')
    assert.equal(accepted.json().at('door'), 'Front door')
    // The hub lets him in as soon as it has the list that the lock signed with his key in it.
    await eventually('Ben at home at the hub', async () => {
      const status = await ben(['status'])
      return status.code === exits.done ? status : undefined
    })
    for (const verb of ['unlock', 'lock']) assertEnds(await ben([verb]), exits.done)
    assertEnds(await createCommandLine(house, 'thief')(['accept'], link), exits.refused)
  })

  await step('Ben has lost his device: one step, and it opens nothing', async () => {
    assertEnds(await mortise(['people', 'remove', 'Ben']), exits.done)
    const before = (await door.look()).boltMovements
    assert.notEqual((await createCommandLine(house, 'ben')(['unlock'])).code, exits.done)
    assert.equal((await door.look()).boltMovements, before)
  })

  await step('the history is verified down to the first entry', async () => {
    const answer = await eventually('the newest entries at the hub', async () => {
      const read = await mortise(['history', '--verify', '--json', '--limit', '50'])
      assertEnds(read, exits.done)
      return read.json().at('check', 'missingAtEnd') === 0 ? read : undefined
    })
    const json = answer.json()
    assert.equal(json.at('check', 'complete'), true)
    assert.deepEqual(json.at('check', 'gaps'), [])
    assert.equal(json.at('check', 'verified'), json.at('check', 'newest'))
    assert.match(answer.stdout, /"userName":\s*"Nora"/)
    assert.ok(!answer.stdout.includes(code))
  })

  await step('the doctor finds nothing wrong', async () => {
    assertEnds(await mortise(['doctor', '--json']), exits.done)
  })

  await step('with the lock away nothing is promised', async () => {
    await lock.kill()
    const status = await mortise(['status'])
    assertEnds(status, exits.unreachable)
    assert.match(status.stdout, /unknown/)
    assertEnds(await mortise(['unlock']), exits.unreachable)
  })

  await step('with the hub away neither', async () => {
    await hub.kill()
    const answer = await mortise(['unlock'])
    assertEnds(answer, exits.unreachable)
    assert.match(answer.stderr, /hub/i)
  })

  await step('what is no command is told apart from what failed', async () => {
    assertEnds(await mortise(['open-sesame']), exits.usage)
    assertEnds(await mortise(['unlock', '--quickly']), exits.usage)
  })
})
