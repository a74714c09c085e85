import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertEnds, createCommandLine } from '#proof/processes/command-line.ts'
import { openHouse } from '#proof/processes/house.ts'

test('a reset is asked for inside and stopped; then its owner sets the lock back', async (t) => {
  const house = await openHouse(t, { withoutApp: true })
  const { step, door, hub, lock } = house
  const ada = createCommandLine(house, 'ada')
  let code = ''
  let movements = 0

  await step('Ada owns the lock, and Nora has a code', async () => {
    assertEnds(await ada(['setup', '--name', 'Ada'], hub.setupLink), 0)
    await lock.connected()
    await door.pressInsideButton()
    assertEnds(await ada(['claim', '--door', 'Front door'], await door.setupText()), 0)
    assertEnds(await ada(['lock']), 0)
    const added = await ada(['code', 'add', 'Nora', '--for', '1h', '--json'])
    assertEnds(added, 0)
    code = String(added.json().at('code'))
    movements = (await door.look()).boltMovements
  })

  await step('somebody inside holds the button and presses it once more', async () => {
    await door.act('inside-button', { held: true })
    await door.until('a reset on offer', ({ factoryReset }) => factoryReset?.stage === 'offered')
    await door.act('inside-button', { held: false })
    await door.pressInsideButton()
    const { factoryReset, alarms } = await door.until(
      'a reset that waits',
      (seen) => seen.factoryReset?.stage === 'waiting',
    )
    assert.ok((factoryReset?.remainingMs ?? 0) > 2 * 86_400_000)
    assert.ok(alarms.includes('lockFactoryReset'))
  })

  await step('Ada sees it and stops it', async () => {
    const status = await ada(['status', '--json'])
    assert.equal(status.json().at('locks', 0, 'state', 'alarms', 0), 'lockFactoryReset')
    assert.equal(typeof status.json().at('locks', 0, 'state', 'factoryResetAt'), 'string')
    assertEnds(await ada(['reset', 'stop']), 0)
    assert.equal((await door.look()).factoryReset, null)
    assertEnds(await ada(['reset', 'stop']), 1)
  })

  await step('she sells the lock, which forgets everybody and moves nothing', async () => {
    assertEnds(await ada(['reset', 'Back door']), 2)
    await door.pressInsideButton()
    const sold = await ada(['reset', 'Front door', '--json'])
    assertEnds(sold, 0)
    assert.equal(sold.json().at('state', 'claimed'), false)
    await lock.beganAnew()
    const signal = await door.type(code)
    assert.deepEqual(signal, { kind: 'refused', reason: 'notClaimed' })
    assert.equal((await door.look()).boltMovements, movements)
  })
})
