import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { openLock } from '@mortise/lock'
import type { Log } from '@mortise/lock'
import {
  createHubLink,
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  openDisk,
  openVirtualDoor,
  readPrivateFile,
} from '@mortise/lock/testing'
import { decodeHubText } from '@mortise/protocol/wire'
import { createMovableTime } from './movable-time.ts'

/**
 * The lock as `lock/main.ts` plugs it together, but for its clock: a code that is good for an hour
 * must be seen to end, no test may wait for an hour, and no real lock may have a door for changing
 * its time. So this program, which only tests start, gives the same lock a clock with a lead, and
 * its parent moves the lead over the IPC channel, which nobody else can reach. Wall clock and
 * monotonic clock move together, as in a real hour: a wall clock that jumps alone would rightly
 * make the lock doubt the time. The link keeps the real timers, because the hub does not live
 * through that hour and would be given up as silent.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    'hub-file': { type: 'string', default: '' },
    'door-port': { type: 'string', default: '0' },
    'lead-ms': { type: 'string', default: '0' },
  },
})

const write = (level: string) => (event: string, fields?: object) => {
  process.stderr.write(`${JSON.stringify({ level, event, ...fields })}\n`)
}
const log: Log = { info: write('info'), warn: write('warn'), error: write('error') }
const systemTimers = createSystemTimers()
const time = createMovableTime({ clock: createSystemClock(), timers: systemTimers })
// A restart is no journey back in time.
time.advance(Number(values['lead-ms']))
const random = createSystemRandom()
const { secrets, store } = openDisk({ folder: values.data, random })
const door = openVirtualDoor({
  statePath: join(values.data, 'door.json'),
  port: Number(values['door-port']),
  ...time,
})
const lock = openLock({
  ports: {
    ...door,
    ...time,
    random,
    store,
    identity: secrets,
    pinHasher: createPinHasher(secrets),
    log,
  },
  crypto: nodeSealCrypto,
  softwareVersion: 'movable clock',
  onFatal(error) {
    throw error
  },
})
const { sha256 } = nodeSealCrypto
const hubText = new TextDecoder().decode(readPrivateFile(values['hub-file']))
lock.attach(
  createHubLink({
    hub: decodeHubText((...parts) => sha256(...parts), hubText.trim()),
    identity: secrets,
    crypto: nodeSealCrypto,
    random,
    timers: systemTimers,
    log,
  }),
)

process.on('message', (message) => {
  const durationMs = Number(Reflect.get(Object(message), 'advanceMs'))
  time.advance(durationMs)
  process.send?.({ advancedMs: durationMs })
})
process.once('SIGTERM', () => {
  void lock
    .close()
    .then(() => door.close())
    .then(() => process.disconnect?.())
})

process.stdout.write(`ready ${JSON.stringify({ doorUrl: await door.servePage() })}\n`)
