import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { operate } from '@mortise/keyholder'
import { cheapPinHasher } from '#proof/testing/cheap-hash.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { enterCode, ownersContact, prepareHousehold, visitorCode } from './acts.ts'

/**
 * A lock whose store is on a small disk, which somebody else then fills to the last byte. Argument: a
 * folder in which `lock` is that disk. Says what people at the door got, as one line of JSON.
 */
const [folder = ''] = process.argv.slice(2)
const visits = 40
const junk = join(folder, 'lock', 'junk')
const options = { folder, pinHasher: cheapPinHasher, storeSize: { reserveBytes: 64 * 1024 } }

const disk = openDiskLock(options)
await prepareHousehold()(disk)
for (let step = 0; disk.store.room().reserve !== 'whole' && step < 50; step += 1) {
  disk.store.tendReserve()
}
fillToTheLastByte(junk)
const freeBytes = disk.store.room().freeBytes
const opened = await receiveVisitors(disk)
const { reserve } = disk.store.room()
await disk.close()

// A lock starts on a full disk as well.
const again = openDiskLock(options)
const openedAgain = await receiveVisitors(again)
const { journalFrom } = again.store.load()
await again.close()
const told = { asked: 2 * visits, freeBytes, opened, reserve, openedAgain, journalFrom }
process.stdout.write(`${JSON.stringify(told)}\n`)

/** @returns how many movements were done that people asked for */
async function receiveVisitors(lock: DiskLock): Promise<number> {
  const contact = await ownersContact(lock)
  let done = 0
  for (let visit = 0; visit < visits; visit += 1) {
    await enterCode(lock, visitorCode, (seen) => (done += seen.saw === 'green' ? 1 : 0))
    if ((await operate(contact, 'lock')).outcome === 'done') done += 1
  }
  return done
}

function fillToTheLastByte(path: string): void {
  const handle = openSync(path, 'a')
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    const block = new Uint8Array(size).fill(7)
    for (;;) {
      try {
        if (writeSync(handle, block) < size) break
      } catch {
        break
      }
    }
  }
  closeSync(handle)
}
