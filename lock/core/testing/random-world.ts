import { policyMessage } from '@mortise/protocol/wire'
import type { Operation, PinForCredential } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import type { Effect, Input, PowerReading, StepResult } from '#core/index.ts'
import { Auditor } from '#core/testing/auditor.ts'
import {
  deviceKey,
  idOf,
  lockId,
  nextPolicy,
  person,
  pick,
  pinCredential,
  policyOf,
  withUser,
} from '@mortise/access/testing'
import type { Person } from '@mortise/access/testing'
import { claimedLock, keyOf, startWallMs, tagOf } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const minuteMs = 60_000
export const autoRelockTime = 30

const owner = person(1, 'owner')
const resident = person(2, 'resident')
const guest = person(3, 'guest', {
  validity: { notBeforeMs: startWallMs, notAfterMs: startWallMs + 60 * minuteMs },
  credentials: [deviceKey(3).credential, pinCredential(30)],
})
const stranger = person(9, 'owner')
const codes = ['739184', '581903', '000000', '111111', '13', '40*739184', '40*581903'] as const
const firstPins: readonly PinForCredential[] = [
  { credentialId: idOf(30), pin: codes[0] },
  { credentialId: idOf(20), pin: codes[1] },
]
const ownerWithPin = {
  ...owner.user,
  credentials: [...owner.user.credentials, pinCredential(20)],
}

const actionNames = [
  ...([
    'command',
    'command',
    'replay',
    'ask',
    'code',
    'keys',
    'hash',
    'hash',
    'motor',
    'motor',
  ] as const),
  ...([
    'motor',
    'hand',
    'leaf',
    'leaf',
    'wait',
    'wait',
    'nextTimer',
    'nextTimer',
    'anyTimer',
  ] as const),
  ...(['clock', 'policy', 'button', 'trouble', 'power', 'supply'] as const),
] as const
type ActionName = (typeof actionNames)[number]

const timerNames = [
  'keypadIdle',
  'lockouts',
  'setupWindow',
  'insidePresence',
  'drive',
  'autoRelock',
  'passage',
  'alarms',
  'operatingMode',
  'messagesRefused',
  'timeFloor',
] as const

/** A lock, the people around it and everything that can happen to it, in an order that chance picks. */
export class RandomWorld {
  readonly lock: TestLock
  /** What happened, for the reader of a failure. */
  readonly story: string[] = []
  private readonly chance: () => number
  private readonly auditor: Auditor
  private policy: Policy
  private motor: 'extend' | 'retract' | undefined
  private hashes: Input[] = []
  private sent: { readonly command: Uint8Array; readonly who: Person }[] = []
  private requests = 1000

  constructor(chance: () => number) {
    this.chance = chance
    const settings = { autoRelockTime, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 }
    this.policy = policyOf([ownerWithPin, resident.user, guest.user], { settings })
    this.lock = claimedLock(owner, this.policy, firstPins)
    this.auditor = new Auditor(this.lock, autoRelockTime * 1000)
  }

  /** One thing happens. */
  act(): void {
    const name = pick(this.chance, actionNames)
    this.story.push(name)
    this.actions[name]()
  }

  private readonly actions: Readonly<Record<ActionName, () => void>> = {
    command: () => {
      const who = pick(this.chance, [owner, resident, guest, stranger])
      this.send(who, { type: pick(this.chance, ['lock', 'unlock']) })
    },
    replay: () => {
      const old = this.sent[Math.floor(this.chance() * this.sent.length)]
      if (old !== undefined) this.signed(old.command, old.who)
    },
    ask: () => {
      this.input(this.askInput(pick(this.chance, [owner, resident, guest, stranger])))
    },
    code: () => {
      for (const key of pick(this.chance, codes)) this.press(key)
      this.press('#')
    },
    keys: () => {
      for (let count = Math.floor(this.chance() * 80); count > 0; count -= 1) {
        this.press(pick(this.chance, ['1', '2', '3', '4', '5', '*', '9']))
      }
    },
    hash: () => {
      const ready = this.chance() < 0.9 ? this.hashes.shift() : this.hashes[0]
      if (ready !== undefined) this.input(ready)
    },
    motor: () => this.moveMotor(),
    hand: () => this.moveBolt(pick(this.chance, ['extended', 'retracted', 'between', 'unknown'])),
    leaf: () => {
      const position = pick(this.chance, ['open', 'closed', 'closed', 'unknown'])
      this.lock.sensors = { ...this.lock.sensors, leaf: position }
      this.input({ type: 'leafMoved', position })
    },
    wait: () => this.wait(Math.floor(this.chance() ** 3 * 20 * minuteMs)),
    nextTimer: () => {
      const name = this.lock.nextTimer()
      if (name === undefined) return
      this.wait(Math.max(0, (this.lock.timerAt(name) ?? 0) - this.lock.monotonicMs))
      this.input({ type: 'timer', name })
    },
    anyTimer: () => this.input({ type: 'timer', name: pick(this.chance, timerNames) }),
    clock: () => {
      const jumpMs = Math.floor((this.chance() - 0.5) * 48 * 60 * minuteMs)
      const wallMs = Math.max(0, (this.lock.wallMs ?? startWallMs) + jumpMs)
      this.lock.wallMs = this.chance() < 0.1 ? undefined : wallMs
      this.input({ type: 'timer', name: 'timeFloor' })
    },
    policy: () => this.changePolicy(),
    button: () => {
      this.input({ type: 'insideButton', random: this.lock.random(16) })
      this.input({ type: 'insideButtonReleased' })
    },
    trouble: () => this.input(this.troubleInput()),
    power: () => this.restart(),
    supply: () => this.changeSupply(),
  }

  /** Most inputs arrive; some meet a power cut, before or after their writes are durable. */
  private input(input: Input): StepResult {
    const luck = this.chance()
    if (luck > 0.03) {
      const result = this.lock.input(input)
      this.auditor.judge(input, result)
      this.perform(result.effects)
      return result
    }
    const when = luck > 0.015 ? 'afterWrites' : 'beforeWrites'
    this.story.push(`power cut ${when} of ${input.type}`)
    const lost = this.lock.lose(input, when)
    if (when === 'afterWrites') this.auditor.judge(input, lost)
    return this.restart()
  }

  private restart(): StepResult {
    if (this.motor !== undefined) {
      this.lock.sensors = {
        ...this.lock.sensors,
        bolt: pick(this.chance, ['extended', 'retracted', 'between']),
      }
    }
    this.motor = undefined
    this.hashes = []
    const result = this.lock.boot()
    this.auditor.judge(undefined, result)
    this.perform(result.effects)
    return result
  }

  private perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'drive') this.motor = effect.direction
      if (effect.type === 'hashPin') {
        this.hashes.push({ type: 'pinHashed', job: effect.job, tag: tagOf(effect.pin) })
      }
      if (effect.type === 'hashPins') {
        this.hashes.push({ type: 'pinsHashed', job: effect.job, tags: effect.pins.map(tagOf) })
      }
    }
    const { policy } = this.lock.store
    if (policy !== undefined && effects.some(({ type }) => type === 'publishPolicy')) {
      this.policy = policyMessage.decode(policy)
    }
  }

  private askInput({ user }: Person): Extract<Input, { type: 'ask' }> {
    const credentialId = user.credentials[0]?.id ?? user.id
    this.requests += 1
    const { requests: requestId } = this
    const [nonce, replyTo] = [this.lock.random(32), this.lock.random(32)]
    return { type: 'ask', requestId, nonce, replyTo, credentialId }
  }

  private send(who: Person, operation: Operation): void {
    const { effects } = this.input(this.askInput(who))
    const answer = effects.find(({ type }) => type === 'reply')
    const reply = answer?.type === 'reply' ? answer.reply : undefined
    const given = reply?.type === 'answer' ? reply.challenge : undefined
    const challenge = (this.chance() < 0.9 ? given : undefined) ?? this.lock.random(32)
    const command = this.lock.command(
      operation,
      challenge,
      this.chance() < 0.97 ? lockId : this.lock.random(32),
    )
    this.sent.push({ command, who })
    this.signed(command, this.chance() < 0.95 ? who : stranger)
  }

  private signed(command: Uint8Array, who: Person): void {
    this.requests += 1
    const { requests: requestId } = this
    this.input({
      type: 'signed',
      requestId,
      command,
      proof: who.sign(command),
    })
  }

  private press(key: string): void {
    this.input({ type: 'key', key: keyOf(key) })
  }

  private wait(ms: number): void {
    this.lock.monotonicMs += ms
    if (this.lock.wallMs !== undefined) this.lock.wallMs += ms
  }

  /** The motor that was told to turn arrives, stops, or says nothing for a while. */
  private moveMotor(): void {
    const direction = this.motor
    if (direction === undefined) return
    const luck = this.chance()
    if (luck < 0.2) {
      this.moveBolt('between')
      return
    }
    this.motor = undefined
    if (luck < 0.85) this.moveBolt(direction === 'extend' ? 'extended' : 'retracted')
    else if (luck < 0.95) {
      const reason = pick(this.chance, ['blocked', 'noConfirmation', 'noPower'])
      this.input({ type: 'driveStalled', reason })
    }
  }

  private moveBolt(position: 'extended' | 'retracted' | 'between' | 'unknown'): void {
    this.lock.sensors = { ...this.lock.sensors, bolt: position }
    this.input({ type: 'boltMoved', position })
  }

  /** Cells of any age, plugged in or not; a cold night, and a gauge or none. */
  private changeSupply(): void {
    const { bolt, leaf, tamperRemoved } = this.lock.sensors
    const loadMillivolts = pick(this.chance, [undefined, 5000, 4500, 3466, 3400, 3300, 3200])
    const batteryPercent = Math.floor(this.chance() * 101)
    const reading: PowerReading = {
      ...(this.chance() < 0.3 ? {} : { mainsPresent: this.chance() < 0.5 }),
      ...(this.chance() < 0.5 ? {} : { batteryPercent }),
      ...(loadMillivolts === undefined ? {} : { loadMillivolts }),
      batteryMillivolts: 4000 + Math.floor(this.chance() * 2500),
      temperatureCelsius: Math.floor(this.chance() * 60) - 25,
      battery: { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 },
    }
    this.lock.sensors = { bolt, leaf, tamperRemoved, ...reading }
    this.input({ type: 'power', ...reading })
  }

  private changePolicy(): void {
    const who = pick(this.chance, [owner, owner, resident, guest])
    // Each change follows a request, so no two people of a policy get the same number.
    const number = 100 + this.requests
    const [fields, pins] = this.anyChange(number)
    const policy = policyMessage.encode(nextPolicy(this.policy, fields))
    this.send(who, { type: 'changePolicy', policy, pins })
  }

  private anyChange(number: number): readonly [Partial<Policy>, readonly PinForCredential[]] {
    const { users } = this.policy
    const userStatus = pick(this.chance, ['occupiedEnabled', 'occupiedDisabled'])
    const credentials = [pinCredential(number)]
    const pin = { credentialId: idOf(number), pin: `6${number}92${number}`.slice(0, 8) }
    switch (pick(this.chance, ['name', 'status', 'owner', 'nobody', 'code'])) {
      case 'name':
        return [{ doorName: `door ${number}` }, []]
      case 'status':
        return [{ users: withUser(users, users[1]?.id ?? idOf(0), { userStatus }) }, []]
      case 'owner':
        return [{ users: [...users, person(number, 'owner').user] }, []]
      case 'nobody':
        return [{ users: [] }, []]
      case 'code':
        return [{ users: [...users, person(number, 'guest', { credentials }).user] }, [pin]]
    }
  }

  private troubleInput(): Input {
    const requestId = 1
    return pick<Input>(this.chance, [
      { type: 'unreadable', reason: 'unsealable' },
      { type: 'linkRefused', reason: 'badNewestPolicy' },
      { type: 'tamper', removed: this.chance() < 0.5 },
      { type: 'pinHashed', job: Math.floor(this.chance() * 5), tag: tagOf(codes[0]) },
      { type: 'hashFailed', job: Math.floor(this.chance() * 5) },
      {
        type: 'signed',
        requestId,
        command: this.lock.random(20),
        proof: owner.sign(lockId),
      },
    ])
  }
}
