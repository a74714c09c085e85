import { writeSync } from 'node:fs'
import { MortiseError } from '@mortise/protocol/errors'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import { openDisk } from '../index.ts'

/** Writes entries until the disk fails; says the codes of the two commits that failed and what was kept. */
const { store } = openDisk({ folder: process.argv[2] ?? '', random: createSystemRandom() })
let newest = store.load().newestEntry?.sequence ?? 0

function fill(): string {
  try {
    for (;;) {
      const sequence = newest + 1
      store.commit([{ type: 'entry', sequence, bytes: new Uint8Array(2_000).fill(1) }])
      newest = sequence
    }
  } catch (error) {
    return error instanceof MortiseError ? error.code : String(error)
  }
}

writeSync(1, [fill(), fill(), store.load().newestEntry?.sequence, newest].join(' '))
