import { writeSync } from 'node:fs'
import { toHex } from '@mortise/protocol/wire'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import { openDisk } from '../index.ts'
import { COMMITS } from './scenario.ts'

/**
 * Arguments: the folder, the number of the write point to die at (0: never), and `openOnly` for a life
 * that ends with its opening. Says on stdout
 * what has happened durably, one line each, written before the next step begins.
 */
const [folder = '', crashAt = '0', deeds = 'live'] = process.argv.slice(2)
let reached = 0

const { secrets, store } = openDisk({
  folder,
  random: createSystemRandom(),
  onWritePoint() {
    reached += 1
    if (reached === Number(crashAt)) process.kill(process.pid, 'SIGKILL')
  },
})
writeSync(1, `opened ${toHex(secrets.identitySeed)}\n`)
for (const writes of deeds === 'openOnly' ? [] : COMMITS) {
  store.commit(writes)
  writeSync(1, 'committed\n')
}
writeSync(1, `reached ${reached}\n`)
