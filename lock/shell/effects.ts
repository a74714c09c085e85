import { alarmsOf } from '@mortise/lock-core'
import type { CoreState, Effect, Input, JobId, Now, TimerName } from '@mortise/lock-core'
import { unreachable } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { encodeClaimText } from '@mortise/protocol/wire'
import type { CancelTimer, Indicator } from '#lock/ports/index.ts'
import type { MatterChannel } from '#lock/shell/matter.ts'
import type { LockKeys } from './keys.ts'
import type { LockPorts } from './ports.ts'
import type { Requests } from './requests.ts'
import { readStorage } from './storage.ts'
import { alarmsShown, batteryShown, indicatorSignal, modeShown } from './signals.ts'

export interface EffectsOptions {
  readonly ports: LockPorts
  readonly crypto: SealCrypto
  readonly keys: LockKeys
  readonly requests: Requests
  readonly feed: (input: Input) => void
  readonly state: () => CoreState
  readonly stateChanged: () => void
  readonly policyChanged: () => void
  readonly lifeEnded: () => void
  readonly matter: Pick<MatterChannel, 'answered' | 'userChanged'>
}

export interface Effects {
  readonly perform: (effect: Effect, now: Now) => void
  /** No timer fires after this. */
  readonly stop: () => void
}

/** Does what the core decided, once it is durable. */
export function createEffects(options: EffectsOptions): Effects {
  const { ports, crypto, requests, feed, state } = options
  const { actuator, indicator } = ports
  const timers = createNamedTimers(options)
  const perform = (effect: Effect, now: Now): void => {
    switch (effect.type) {
      case 'drive':
        return actuator.drive(effect.direction)
      case 'pullLatch':
        return ports.latch?.pull(effect.holdMs)
      case 'reply':
        return requests.reply(effect.requestId, effect.replyTo, effect.reply)
      case 'undeliverable':
        return requests.undeliverable(effect.requestId, effect.reason)
      case 'hashPin':
        return void runHash(options, [effect.pin], effect.job, ([tag]) => {
          if (tag !== undefined) feed({ type: 'pinHashed', job: effect.job, tag })
        })
      case 'hashPins':
        return void runHash(options, effect.pins, effect.job, (tags) =>
          feed({ type: 'pinsHashed', job: effect.job, tags }),
        )
      case 'readStorage':
        ports.store.tendReserve()
        return feed(readStorage(crypto, ports.store))
      case 'setTimer':
        return timers.set(effect.name, effect.atMonotonicMs)
      case 'cancelTimer':
        return timers.cancel(effect.name)
      case 'signal':
        return indicator.show(indicatorSignal(effect.signal))
      case 'enrol': {
        const { credentialType, credentialId } = effect
        return ports.biometric?.enrol({ credentialType, credentialId })
      }
      case 'keepTemplates':
        return ports.biometric?.keepOnly(effect.credentialIds)
      case 'showSetupCode':
        return showSetupCode(options, effect, now)
      case 'hideSetupCode':
        return indicator.hideSetupCode()
      case 'showInsidePresence':
      case 'hideInsidePresence':
        // The indicator has no light for it; the app shows it by the answer of the next change.
        return
      case 'showFactoryReset': {
        const { stage, untilMonotonicMs } = effect
        const remainingMs = untilMonotonicMs - now.monotonicMs
        return indicator.showFactoryReset({ stage, remainingMs })
      }
      case 'hideFactoryReset':
        return indicator.showFactoryReset(undefined)
      case 'startAnew':
        return options.lifeEnded()
      case 'publishState':
        showState(indicator, state())
        return options.stateChanged()
      case 'publishPolicy':
        return options.policyChanged()
      case 'matterResult':
        return options.matter.answered(effect.requestId, effect.answer)
      case 'matterUserChanged':
        return options.matter.userChanged(effect.change, effect.fabricIndex)
      default:
        return unreachable(effect)
    }
  }
  return { perform, stop: () => timers.stop() }
}

function showState(indicator: Indicator, state: CoreState): void {
  indicator.showAlarms(alarmsShown(alarmsOf(state)))
  indicator.showMode(modeShown(state))
  indicator.showBattery(batteryShown(state))
}

function showSetupCode(
  { ports, crypto, keys: { lockKey, sealingKey } }: EffectsOptions,
  { setupCode, untilMonotonicMs }: Extract<Effect, { type: 'showSetupCode' }>,
  now: Now,
): void {
  const text = encodeClaimText(crypto.sha256, { lockKey, sealingKey, setupCode })
  ports.indicator.showSetupCode({ text, remainingMs: untilMonotonicMs - now.monotonicMs })
}

/** One after another, so that the codes of a large change never keep the keypad's hash waiting. */
async function hashAll(ports: LockPorts, pins: readonly string[]): Promise<readonly Uint8Array[]> {
  const tags: Uint8Array[] = []
  for (const pin of pins) tags.push(await ports.pinHasher.hash(pin))
  return tags
}

async function runHash(
  { ports, feed }: EffectsOptions,
  pins: readonly string[],
  job: JobId,
  done: (tags: readonly Uint8Array[]) => void,
): Promise<void> {
  const tags = await hashAll(ports, pins).catch(() => undefined)
  if (tags !== undefined) return done(tags)
  ports.log.error('pinHashFailed', { job })
  feed({ type: 'hashFailed', job })
}

/** The core's timers: one per name, at an instant of the monotonic clock. */
function createNamedTimers({ ports, feed }: EffectsOptions) {
  const { clock, timers } = ports
  const cancels = new Map<TimerName, CancelTimer>()
  const cancel = (name: TimerName): void => {
    cancels.get(name)?.()
    cancels.delete(name)
  }
  return {
    cancel,
    set(name: TimerName, atMonotonicMs: number): void {
      cancel(name)
      const delayMs = Math.max(0, atMonotonicMs - clock.monotonicMs())
      const fire = (): void => {
        cancels.delete(name)
        feed({ type: 'timer', name })
      }
      cancels.set(name, timers.set(delayMs, fire))
    },
    stop(): void {
      for (const name of Array.from(cancels.keys())) cancel(name)
    },
  }
}
