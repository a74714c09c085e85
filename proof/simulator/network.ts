import { KeyholderError } from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import type { RequestOutcome } from '@mortise/lock'
import { sealRequest } from '@mortise/protocol/seal'
import type { Site } from './site.ts'

/** The hub and the way to it. Both may be hostile: no promise of the lock rests on them. */
export interface Network {
  readonly hub: HubPort
  /** How much of what is sent is lost, doubled or late; 0 to 1. */
  setTrouble: (trouble: number) => void
  setAway: (away: boolean) => void
  readonly isAway: () => boolean
  /** How much of what is sent is changed on the way; 0 to 1. */
  setTampering: (tampering: number) => void
  /** Sends what nobody has made for this lock, or not like this. */
  readonly forge: (chance: () => number) => void
  /** Sends again what was sent before; the sender's question has long been answered. */
  readonly replay: (chance: () => number) => void
}

const keptMax = 50
const latestMs = 4_000

export function createNetwork(site: Site, chance: () => number): Network {
  const kept: Uint8Array[] = []
  let trouble = 0
  let away = false
  let tampering = 0
  const onTheWay = (bytes: Uint8Array): Uint8Array =>
    chance() < tampering ? changed(bytes, chance) : bytes
  const happens = (): boolean => chance() < trouble
  return {
    hub: {
      async relay(_lockId, sealed) {
        if (away || happens()) throw new KeyholderError('hubUnreachable')
        keep(kept, sealed, chance)
        if (happens()) await wait(site, chance() * latestMs)
        if (happens()) void deliver(site, sealed).catch(() => undefined)
        const outcome = await deliver(site, onTheWay(sealed))
        if (happens()) throw new KeyholderError('noAnswer')
        if (outcome.type === 'reply') return onTheWay(outcome.sealed)
        throw new KeyholderError(outcome.reason === 'busy' ? 'lockBusy' : 'requestUndeliverable')
      },
      policyReport() {
        const signed = site.linked().signedPolicyReport()
        if (away || signed === undefined) throw new KeyholderError('hubUnreachable')
        return Promise.resolve(signed)
      },
      historyPage() {
        throw new KeyholderError('hubUnreachable')
      },
    },
    setTrouble(next) {
      trouble = next
    },
    setAway(next) {
      away = next
    },
    isAway: () => away,
    setTampering(next) {
      tampering = next
    },
    forge(luck) {
      const old = kept[Math.floor(luck() * kept.length)] ?? new Uint8Array(40)
      const bytes = forgery(site, old, luck)
      void deliver(site, bytes).catch(() => undefined)
    },
    replay(luck) {
      const old = kept[Math.floor(luck() * kept.length)]
      if (old !== undefined) void deliver(site, old).catch(() => undefined)
    },
  }
}

/** One bit is different, or the end is missing. */
function changed(bytes: Uint8Array, chance: () => number): Uint8Array {
  const at = Math.floor(chance() * bytes.length)
  if (chance() < 0.3) return bytes.slice(0, at)
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << Math.floor(chance() * 8)))
}

/** Anybody can seal to a lock; what is inside is theirs to invent. */
function forgery({ lock, crypto }: Site, old: Uint8Array, chance: () => number): Uint8Array {
  if (chance() < 0.5) return changed(old, chance)
  const { lockId, sealingKey } = lock()
  const inside = crypto.randomBytes(Math.floor(chance() * 200))
  return sealRequest(crypto, lockId, sealingKey, inside)
}

function keep(kept: Uint8Array[], sealed: Uint8Array, chance: () => number): void {
  if (kept.length < keptMax) kept.push(sealed)
  else kept[Math.floor(chance() * keptMax)] = sealed
}

function wait({ time }: Site, durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    time.timers.set(durationMs, resolve)
  })
}

/** A lock that dies takes its connections along. */
function deliver(site: Site, sealed: Uint8Array): Promise<RequestOutcome> {
  return new Promise((resolve, reject) => {
    const forget = site.onDeath(() => reject(new KeyholderError('noAnswer')))
    site.lock().request(sealed).then(resolve, reject).finally(forget)
  })
}

const stepMs = 100
const stepsMax = 150
/** A question that needs another round trip has far fewer. */
const turnsMax = 60

/** Lets simulated time pass until a deed has its end. Whatever it throws is part of the world. */
export async function settled<Value>(
  site: Site,
  deed: Promise<Value>,
): Promise<{ readonly value?: Value; readonly error?: unknown }> {
  let end: { readonly value?: Value; readonly error?: unknown } | undefined
  deed.then(
    (value) => (end = { value }),
    (error: unknown) => (end = { error }),
  )
  for (let step = 0; step < stepsMax; step += 1) {
    // Nobody in a world does real input or output: what is under way is microtasks alone.
    for (let turn = 0; turn < turnsMax; turn += 1) await Promise.resolve()
    if (end !== undefined) return end
    site.time.advance(stepMs)
  }
  return {}
}
