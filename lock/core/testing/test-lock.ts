import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { setupChallenge } from '@mortise/protocol/verify'
import { commandMessage, policyMessage, utf8 } from '@mortise/protocol/wire'
import type { Operation, PinForCredential, Receipt, Reply } from '@mortise/protocol/wire'
import type { Entry, LockoutSource, Policy, Reason } from '@mortise/protocol/words'
import { boot, currentState, step } from '#core/index.ts'
import type { Context, CoreState, Effect, Input, Now, Sensors, StepResult } from '#core/index.ts'
import type { KeypadKey, TimerName } from '#core/index.ts'
import type { Person, Signer } from '@mortise/access/testing'
import { lockId } from '@mortise/access/testing'
import { holdMs } from '#core/reset/times.ts'
import { TestStore } from '#core/testing/test-store.ts'

export const startWallMs = Date.UTC(2026, 5, 1, 12)
const noSecret = new Uint8Array(32)
const replyTo = new Uint8Array(32).fill(9)

/** What the shell's slow hash does, without the slowness. */
export function tagOf(pin: string): Uint8Array {
  return crypto.sha256(utf8(`pin ${pin}`))
}

/** Plays the shell: clocks, store, timers, hashes and a bolt that obeys when told to. */
export class TestLock {
  readonly store = new TestStore(lockId)
  readonly effects: Effect[] = []
  state: CoreState
  sensors: Sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: false }
  monotonicMs = 0
  wallMs: number | undefined = startWallMs
  /** What the phones of these tests take the time to be; absent: what the wall clock says. */
  phoneMs: number | undefined
  context: Context = { crypto, softwareVersion: 'test', challengeSecret: noSecret }
  private readonly timers = new Map<TimerName, number>()
  private draws = 0
  private requests = 0

  constructor(sensors: Partial<Sensors> = {}) {
    this.sensors = { ...this.sensors, ...sensors }
    this.state = this.boot().state
  }

  now(): Now {
    const { monotonicMs, wallMs } = this
    return wallMs === undefined ? { monotonicMs } : { monotonicMs, wallMs }
  }

  /** Starts again from the store alone, as after a power cut. */
  boot(): StepResult {
    this.monotonicMs = 0
    this.timers.clear()
    this.context = { ...this.context, challengeSecret: this.random(32) }
    return this.keep(boot(this.context, this.store.load(), this.sensors, this.now()))
  }

  /** One input, with its writes made durable. Returns what this step led to. */
  input(input: Input): StepResult {
    return this.keep(step(this.context, this.state, this.now(), input))
  }

  /**
   * One input whose effects never happen, because the power goes: before its writes are durable,
   * or after. To be followed by `boot`.
   */
  lose(input: Input, when: 'beforeWrites' | 'afterWrites'): StepResult {
    const result = step(this.context, this.state, this.now(), input)
    if (when === 'afterWrites') {
      this.store.apply(result.writes)
      this.state = result.state
    }
    return { ...result, effects: [] }
  }

  private keep(result: StepResult): StepResult {
    this.store.apply(result.writes)
    this.state = result.state
    this.effects.push(...result.effects)
    for (const effect of result.effects) {
      if (effect.type === 'setTimer') this.timers.set(effect.name, effect.atMonotonicMs)
      if (effect.type === 'cancelTimer') this.timers.delete(effect.name)
    }
    return result
  }

  /** Lets time pass on both clocks and fires what becomes due, in order. */
  advance(byMs: number): void {
    const end = this.monotonicMs + byMs
    for (;;) {
      const [due] = [...this.timers].toSorted(([, left], [, right]) => left - right)
      if (due === undefined || due[1] > end) break
      this.timers.delete(due[0])
      this.pass(Math.max(0, due[1] - this.monotonicMs))
      this.input({ type: 'timer', name: due[0] })
    }
    this.pass(end - this.monotonicMs)
  }

  private pass(ms: number): void {
    this.monotonicMs += ms
    if (this.wallMs !== undefined) this.wallMs += ms
    if (this.phoneMs !== undefined) this.phoneMs += ms
  }

  /** The timer that is due next. */
  nextTimer(): TimerName | undefined {
    return [...this.timers].toSorted(([, left], [, right]) => left - right)[0]?.[0]
  }

  timerAt(name: TimerName): number | undefined {
    return this.timers.get(name)
  }

  random(length: number): Uint8Array {
    this.draws += 1
    return crypto.sha256(utf8(`draw ${this.draws}`)).subarray(0, length)
  }

  /** The bolt follows the drive that is under way, as its sensor tells. */
  settle(): StepResult {
    const verb = this.state.bolt.drive?.verb
    assert.ok(verb !== undefined, 'no drive is under way')
    return this.moveBolt(verb === 'lock' ? 'extended' : 'retracted')
  }

  /** The motor gives up as often as the lock tries. */
  giveUp(reason: 'blocked' | 'noConfirmation' | 'noPower'): void {
    assert.ok(this.state.bolt.drive !== undefined, 'no drive is under way')
    while (this.state.bolt.drive !== undefined) this.input({ type: 'driveStalled', reason })
  }

  moveBolt(position: Sensors['bolt']): StepResult {
    this.sensors = { ...this.sensors, bolt: position }
    return this.input({ type: 'boltMoved', position })
  }

  moveLeaf(position: Sensors['leaf']): StepResult {
    this.sensors = { ...this.sensors, leaf: position }
    return this.input({ type: 'leafMoved', position })
  }

  press(keys: string): void {
    for (const key of keys) this.input({ type: 'key', key: keyOf(key) })
  }

  /** Types an entry and lets its hash come. Returns what the hash led to. */
  enterCode(pin: string): StepResult {
    this.press(`${pin}#`)
    return this.finishHash()
  }

  /** Answers the latest hash that was asked for. */
  finishHash(): StepResult {
    const job = this.effects.findLast(({ type }) => type === 'hashPin')
    assert.ok(job?.type === 'hashPin', 'nothing is being hashed')
    return this.input({ type: 'pinHashed', job: job.job, tag: tagOf(job.pin) })
  }

  pressInside(): Uint8Array {
    const code = this.holdInside()
    this.letGoInside()
    return code
  }

  /** Presses the button and keeps it down for that long. */
  holdInside(forMs = 0): Uint8Array {
    const code = this.random(16)
    this.input({ type: 'insideButton', random: code })
    this.advance(forMs)
    return code
  }

  letGoInside(): void {
    this.input({ type: 'insideButtonReleased' })
  }

  /** Asks for a reset by the gesture at the inside. */
  askForReset(): void {
    this.holdInside(holdMs)
    this.letGoInside()
    this.pressInside()
  }

  /** Asks for a challenge of a credential or of an invitation. */
  ask(holder: { credentialId?: Uint8Array; invitationId?: Uint8Array } = {}): Reply {
    this.requests += 1
    this.input({
      type: 'ask',
      requestId: this.requests,
      nonce: this.random(32),
      replyTo,
      ...holder,
    })
    return this.lastReply()
  }

  /** A challenge for a person's first credential. */
  challengeFor({ user }: Person): Uint8Array {
    const [credential] = user.credentials
    const reply = this.ask(credential === undefined ? {} : { credentialId: credential.id })
    assert.ok(reply.type === 'answer' && reply.challenge !== undefined)
    return reply.challenge
  }

  command(operation: Operation, challenge: Uint8Array, id: Uint8Array = lockId): Uint8Array {
    const timeMs = this.phoneMs ?? this.wallMs
    return commandMessage.encode({
      v: 1,
      lockId: id,
      operation,
      challenge,
      replyTo,
      ...(timeMs === undefined ? {} : { timeMs }),
    })
  }

  /** Sends command bytes with their proof. */
  sendBytes(command: Uint8Array, sign: Signer): StepResult {
    this.requests += 1
    const requestId = this.requests
    return this.input({ type: 'signed', requestId, command, proof: sign(command) })
  }

  /** Asks for a challenge, signs and sends. */
  send(who: Person, operation: Operation): StepResult {
    return this.sendBytes(this.command(operation, this.challengeFor(who)), who.sign)
  }

  changePolicy(who: Person, policy: Policy, pins: readonly PinForCredential[] = []): Reason {
    this.send(who, { type: 'changePolicy', policy: policyMessage.encode(policy), pins })
    return this.finishPins()
  }

  /** Claims with a fresh setup code and lets the codes be hashed. */
  claim(owner: Person, policy: Policy, pins: readonly PinForCredential[] = []): Reason {
    const challenge = setupChallenge(crypto, this.pressInside())
    const operation = { type: 'claim', policy: policyMessage.encode(policy), pins } as const
    this.sendBytes(this.command(operation, challenge), owner.sign)
    return this.finishPins()
  }

  private finishPins(): Reason {
    const { pendingChange } = this.state
    const job = this.effects.findLast(({ type }) => type === 'hashPins')
    if (pendingChange !== undefined && job?.type === 'hashPins') {
      this.input({ type: 'pinsHashed', job: job.job, tags: job.pins.map(tagOf) })
    }
    return this.receipt().reason
  }

  lastReply(): Reply {
    const effect = this.effects.findLast(({ type }) => type === 'reply')
    assert.ok(effect?.type === 'reply', 'no reply')
    return effect.reply
  }

  receipt(): Receipt {
    const reply = this.lastReply()
    assert.ok(reply.type === 'receipt', 'the last reply is no receipt')
    return reply
  }

  /** Wrong tries and lockouts in a row at a way in, as the store has them. */
  triesAt(source: LockoutSource): readonly number[] {
    const { wrongCodes = 0, lockouts = 0 } = this.store.registers.tries[source] ?? {}
    return [wrongCodes, lockouts]
  }

  published() {
    return currentState(this.state, this.now())
  }

  drives(): readonly Extract<Effect, { type: 'drive' }>[] {
    return this.effects.filter((effect) => effect.type === 'drive')
  }

  lastSignal() {
    const effect = this.effects.findLast(({ type }) => type === 'signal')
    return effect?.type === 'signal' ? effect.signal : undefined
  }

  lastEntry(): Entry {
    const entry = this.store.journal().at(-1)
    assert.ok(entry !== undefined)
    return entry
  }

  entriesOf(type: Entry['type']): readonly Entry[] {
    return this.store.journal().filter((entry) => entry.type === type)
  }
}

const keys: readonly KeypadKey[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']

export function keyOf(text: string): KeypadKey {
  const key = keys.find((candidate) => candidate === text)
  assert.ok(key !== undefined, `${text} is no key`)
  return key
}

/** A claimed lock at rest with these people and this policy. */
export function claimedLock(
  owner: Person,
  policy: Policy,
  pins: readonly PinForCredential[] = [],
  sensors: Partial<Sensors> = {},
): TestLock {
  const lock = new TestLock(sensors)
  assert.equal(lock.claim(owner, policy, pins), 'granted')
  return lock
}
