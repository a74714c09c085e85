import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import {
  createHubLink,
  createMemoryStore,
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  createVirtualDoor,
  openDisk,
  readPrivateFile,
} from '@mortise/lock/testing'
import { decodeHubText } from '@mortise/protocol/wire'
import { immediateTimers } from '#proof/bench/immediate-timers.ts'

/**
 * The lock as `lock/main.ts` plugs it together, but its bolt needs no time, because the time of a
 * motor is not ours to measure, and it takes more requests a second than strangers may send.
 * Arguments: the data folder, the hub text's file.
 */
const [folder = '', hubFile = ''] = process.argv.slice(2)
const random = createSystemRandom()
const clock = createSystemClock()
const timers = createSystemTimers()
const { secrets, store } = openDisk({ folder: join(folder, 'lock'), random })
const door = createVirtualDoor({
  clock,
  timers: immediateTimers(timers),
  travelMs: 0,
  store: createMemoryStore(),
})
const lock = openLock({
  ports: {
    ...door.ports,
    clock,
    timers,
    random,
    store,
    identity: secrets,
    pinHasher: createPinHasher(secrets),
    log: silentLog,
  },
  crypto: nodeSealCrypto,
  requestLimits: { perSecondMax: 1_000_000, inFlightMax: 32 },
  softwareVersion: 'bench',
  onFatal(error) {
    throw error
  },
})
const hubText = new TextDecoder().decode(readPrivateFile(hubFile)).trim()
const hub = decodeHubText(nodeSealCrypto.sha256, hubText)
const { promise: connected, resolve: isConnected } = Promise.withResolvers<void>()
const log = {
  ...silentLog,
  info(event: string) {
    if (event === 'hubConnected') isConnected()
  },
}
lock.attach(createHubLink({ hub, identity: secrets, crypto: nodeSealCrypto, random, timers, log }))
await connected
door.hands.pressInsideButton()
process.once('SIGTERM', () => {
  void lock.close().then(() => process.exit(0))
})
const claimText = door.snapshot().setupCode?.text
process.stdout.write(`ready ${JSON.stringify({ claimText })}\n`)
