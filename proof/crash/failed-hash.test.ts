import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { changePolicy, draftVisitorCode, LockRefusal, operate } from '@mortise/keyholder'
import { cheapPinHasher } from '#proof/testing/cheap-hash.ts'
import { directHub } from '#proof/testing/direct-hub.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { claimAs, createPerson } from '#proof/testing/person.ts'

test('a hasher that fails is told at once, and the next code opens', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-proof-hash-'))
  let fails = false
  const pinHasher = {
    hash: (pin: string) => (fails ? Promise.reject(new RangeError()) : cheapPinHasher.hash(pin)),
  }
  const disk = openDiskLock({ folder, pinHasher })
  context.after(async () => {
    await disk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const owner = createPerson({ name: 'Ada', hub: directHub(() => disk), nowMs: Date.now })
  disk.door.hands.pressInsideButton()
  const contact = await claimAs(owner, disk.door.snapshot().setupCode?.text ?? '')
  await operate(contact, 'lock')
  const addCode = () =>
    changePolicy(contact, draftVisitorCode(contact.device, { name: 'Vera' }, { pin: '739146' }))
  const type = (): void => {
    for (const key of ['7', '3', '9', '1', '4', '6', '#'] as const) disk.door.hands.pressKey(key)
  }

  fails = true
  await assert.rejects(
    addCode(),
    (error) => error instanceof LockRefusal && error.reason === 'busy',
  )
  fails = false
  await addCode()
  const before = disk.door.snapshot().boltMovements
  fails = true
  type()
  await setImmediate()
  const last = readJournal(disk.store, disk.lock.lockId).at(-1)
  assert.deepEqual([last?.type, last?.reason], ['refused', 'interrupted'])
  assert.equal(disk.door.snapshot().boltMovements, before)

  fails = false
  const opened = new Promise<void>((resolve) => {
    disk.door.onChange(() => {
      const { bolt, moving } = disk.door.snapshot()
      if (bolt === 'retracted' && moving === null) resolve()
    })
  })
  type()
  await opened
  assert.equal(disk.door.snapshot().boltMovements, before + 1)
})
