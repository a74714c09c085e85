import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { storeContract } from '#lock/ports/store.contract.ts'
import { openDiskStore } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'mortise-store-'))
after(() => rmSync(folder, { recursive: true }))
let count = 0

storeContract('the disk store', () => {
  count += 1
  const path = join(folder, `${count}.db`)
  return {
    store: openDiskStore({ path, mayBeNew: true }),
    openAgain: () => openDiskStore({ path, mayBeNew: false }),
  }
})
