import { createMatterChannel } from '#lock/shell/matter.ts'
import type { MatterPort } from '#lock/shell/matter.ts'
import { currentState } from '@mortise/lock-core'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { State } from '@mortise/protocol/words'
import type { Link, RequestOutcome } from '#lock/ports/link.ts'
import { createEffects } from './effects.ts'
import { createFarewell } from './farewell.ts'
import { createKeys } from './keys.ts'
import { createLinkedLock } from './linked.ts'
import { createLoop } from './loop.ts'
import type { LockPorts } from './ports.ts'
import { REQUEST_LIMITS } from './rate.ts'
import type { RequestLimits } from './rate.ts'
import { createRequests } from './requests.ts'
import { followDoor, readSensors } from './senses.ts'
import { coreStored } from './stored.ts'

export interface OpenLockOptions {
  readonly ports: LockPorts
  readonly crypto: SealCrypto
  /** Version and build, as people see it. */
  readonly softwareVersion: string
  readonly requestLimits?: RequestLimits
  /**
   * A turn could not be made durable, or the lock's own code is wrong. The lock has stopped and
   * does nothing more; the process must end, so that the next start reads what is true.
   */
  readonly onFatal: (error: unknown) => void
  /**
   * A factory reset is done, and those who should hear of it have, as far as they could be reached.
   * Close this lock and open the store anew: it then is another lock, which nobody owns. Absent: this one
   * stays, and nobody can claim it.
   */
  readonly onLifeEnded?: () => void
  /** Instead of the core's own wait before a reset that was asked for inside; to try it out. */
  readonly factoryResetWaitMs?: number
}

export interface OpenLock {
  readonly lockId: Uint8Array
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  /** The state of this moment, unsigned. */
  readonly state: () => State
  /** A sealed request, as from a link. */
  readonly request: (sealed: Uint8Array) => Promise<RequestOutcome>
  /** The way in for a Matter adapter; closed until the owners open the channel. */
  readonly matter: MatterPort
  /** Starts a link and tells it of every change from here on; `close` closes it. */
  readonly attach: (link: Link) => void
  /** Stops in good order: links, timers, store. The bolt stays where it is. */
  readonly close: () => Promise<void>
}

/**
 * Starts a lock on its ports: reads the store and the sensors, takes the first turn, and follows
 * the door. When it returns, the keypad is answered. Moves nothing.
 * @throws what the store throws, and MortiseError `invariant` (bug)
 */
export function openLock(options: OpenLockOptions): OpenLock {
  const { ports, crypto, requestLimits = REQUEST_LIMITS } = options
  const { clock, store, random, log } = ports
  const keys = createKeys(crypto, ports.identity)
  const links: Link[] = []
  const requests = createRequests({
    keys,
    monotonicMs: clock.monotonicMs,
    limits: requestLimits,
    feed: (input) => loop.feed(input),
  })
  const matter = createMatterChannel(random, (input) => loop.feed(input))
  const effects = createEffects({
    ports,
    crypto,
    keys,
    requests,
    feed: (input) => loop.feed(input),
    state: () => loop.state(),
    stateChanged: () => tell(links, 'stateChanged'),
    policyChanged: () => tell(links, 'policyChanged'),
    lifeEnded: () => farewell.begin(links.length > 0),
    matter,
  })
  const loop = createLoop({
    context: contextOf(options),
    store,
    clock,
    perform: effects.perform,
    journalGrew: () => tell(links, 'journalGrew'),
    onFatal(error) {
      effects.stop()
      options.onFatal(error)
    },
  })
  const { state, now } = loop
  const farewell = createFarewell({
    timers: ports.timers,
    isHeard: () => store.acknowledgedSequence() >= state().chain.sequence,
    done: options.onLifeEnded ?? (() => {}),
  })
  const { feed } = loop
  const { heard: acknowledged } = farewell
  const parts = { crypto, keys, store, log, requests, state, now, feed, acknowledged }
  const linked = createLinkedLock(parts)

  loop.start(coreStored(crypto, keys.lockId, store.load()), readSensors(ports))
  const unfollow = followDoor(ports, random, loop.feed)
  return {
    lockId: keys.lockId,
    lockKey: keys.lockKey,
    sealingKey: keys.sealingKey,
    state: () => currentState(state(), now()),
    request: (sealed) => new Promise((resolve) => requests.receive(sealed, resolve)),
    matter,
    attach(link) {
      links.push(link)
      link.start(linked)
    },
    async close() {
      unfollow()
      loop.stop()
      effects.stop()
      farewell.stop()
      await Promise.all(links.map((link) => link.close()))
      store.close()
    },
  }
}

function contextOf({ ports, crypto, softwareVersion, factoryResetWaitMs }: OpenLockOptions) {
  return {
    crypto,
    softwareVersion,
    challengeSecret: ports.random.bytes(32),
    ...(factoryResetWaitMs !== undefined && { factoryResetWaitMs }),
  }
}

function tell(links: readonly Link[], notice: 'stateChanged' | 'policyChanged' | 'journalGrew') {
  for (const link of links) link[notice]()
}
