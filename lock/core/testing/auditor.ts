import assert from 'node:assert/strict'
import { commandMessage, entryMessage, policyMessage, toHex } from '@mortise/protocol/wire'
import type { Entry, LockState } from '@mortise/protocol/words'
import { plainSituation, temporalWallClock } from '@mortise/access'
import { specifiedReason } from '@mortise/access/spec'
import type { Input, Registers, StepResult, WrongTries } from '#core/index.ts'
import { assertBounded } from '#core/testing/bounds.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

/**
 * A second, obvious judge of the motion-and-truth contract. It sees inputs, writes, effects and
 * the door itself, never the core's memory.
 */
export class Auditor {
  private readonly driven = new Set<number>()
  private readonly concluded = new Set<number>()
  /** Intents that no other one may repeat. */
  private readonly tried = new Set<number>()
  private registers: Registers
  private entries = 0
  /** What the newest entry that says so says of the bolt. */
  private toldState: LockState | undefined
  private timeMs = 0
  /** Monotonic time since when bolt, door and boot left the lock alone. */
  private quietSinceMs = 0
  private seen = ''
  private lockoutSinceMs: number | undefined
  /** Monotonic time since when no code was looked at and no lockout ran. */
  private keypadQuietSinceMs = 0

  private readonly lock: TestLock
  private readonly autoRelockMs: number

  constructor(lock: TestLock, autoRelockMs: number) {
    this.lock = lock
    this.autoRelockMs = autoRelockMs
    this.registers = lock.store.registers
    this.entries = lock.store.encodedEntries.length
    this.toldState = lock.published().lockState
  }

  /** After a step whose writes are durable. `input` is absent for a boot. */
  judge(input: Input | undefined, { writes, effects, state }: StepResult): void {
    const fresh = this.newEntries()
    if (input === undefined) this.restarted()
    this.judgeRegisters(input)
    this.judgeJournal(fresh)
    for (const effect of effects) {
      if (effect.type === 'drive') this.judgeDrive(input, effect.intent, effect.direction, fresh)
      if (effect.type === 'hashPin') this.judgeHash(writes)
      if (effect.type !== 'reply' || effect.reply.type !== 'receipt') continue
      assert.notEqual(effect.reply.reason, 'keypadLockedOut', 'a lockout stops no phone')
    }
    this.judgeTruth()
    this.judgeOpening(fresh)
    assertBounded(state)
    this.watchQuiet(effects.some(({ type }) => type === 'drive'))
  }

  private newEntries(): readonly Entry[] {
    const fresh = this.lock.store.encodedEntries.slice(this.entries).map(entryMessage.decode)
    this.entries = this.lock.store.encodedEntries.length
    return fresh
  }

  private restarted(): void {
    this.quietSinceMs = 0
    this.keypadQuietSinceMs = 0
    this.lockoutSinceMs = keypadOf(this.lock.store.registers).lockedUntilMs > 0 ? 0 : undefined
  }

  /** Floors never go back; wrong codes go down only when a code was checked or a lockout begins. */
  private judgeRegisters(input: Input | undefined): void {
    const [old, next] = [this.registers, this.lock.store.registers]
    assert.ok(next.boots >= old.boots)
    assert.ok(next.timeFloorMs >= old.timeFloorMs)
    assert.ok(next.policyVersionFloor >= old.policyVersionFloor, 'version floors never go back')
    this.judgeTries(input, keypadOf(old), keypadOf(next))
    this.registers = next
  }

  private judgeTries(input: Input | undefined, old: WrongTries, next: WrongTries): void {
    if (next.wrongCodes < old.wrongCodes) {
      const checked = input?.type === 'pinHashed' || next.lockouts > old.lockouts
      assert.ok(checked || this.isQuietHour(), 'failure counters never go back')
    }
    if (next.lockouts < old.lockouts) {
      const isAllowed = input?.type === 'pinHashed' || this.isQuietHour()
      assert.ok(isAllowed, 'failure counters never go back')
    }
    if (old.lockedUntilMs === 0 && next.lockedUntilMs > 0) {
      this.lockoutSinceMs = this.lock.monotonicMs
    }
    if (old.lockedUntilMs > 0 && next.lockedUntilMs === 0) this.judgeLockoutEnd(next)
  }

  private isQuietHour(): boolean {
    return this.lock.monotonicMs - this.keypadQuietSinceMs >= 3_600_000
  }

  private judgeLockoutEnd({ lockouts }: WrongTries): void {
    const seconds = Math.min(3600, 30 * 2 ** (lockouts - 1))
    assert.ok(this.lockoutSinceMs !== undefined)
    assert.ok(
      this.lock.monotonicMs - this.lockoutSinceMs >= seconds * 1000,
      'a lockout is served in full',
    )
    this.lockoutSinceMs = undefined
    this.keypadQuietSinceMs = this.lock.monotonicMs
  }

  private judgeJournal(fresh: readonly Entry[]): void {
    for (const { timeMs, type, outcome, verb, intent, sequence } of fresh) {
      assert.ok(timeMs >= this.timeMs, 'lock time never goes back')
      this.timeMs = timeMs
      if (type !== 'operationResult') continue
      if (outcome === 'done') {
        const target = verb === 'lock' ? 'extended' : 'retracted'
        assert.equal(this.lock.sensors.bolt, target, 'nothing is done before the sensor says so')
      }
      if (intent !== undefined) {
        assert.ok(intent < sequence && !this.concluded.has(intent), 'one result per intent')
        this.concluded.add(intent)
      }
    }
  }

  private judgeDrive(
    input: Input | undefined,
    intent: number,
    direction: 'extend' | 'retract',
    fresh: readonly Entry[],
  ): void {
    assert.ok(!this.driven.has(intent), 'one drive per intent, also across a crash')
    this.driven.add(intent)
    const entry = fresh.find(({ sequence }) => sequence === intent)
    assert.equal(entry?.type, 'operationIntent', 'a drive has its intent in the journal')
    assert.equal(entry?.verb, direction === 'extend' ? 'lock' : 'unlock')
    const least = direction === 'extend' ? 3300 : 3465
    assert.ok(
      this.volts() >= least,
      'nothing begins to move that could not end, or be locked again',
    )
    if (entry?.intent !== undefined) this.judgeSecondTry(input, entry.intent)
    else if (entry?.source === 'auto') this.judgeAutoRelock(input, direction)
    else this.judgePerson(input, entry)
  }

  /** What was allowed a moment ago is tried once more, after the motor gave up and not by itself. */
  private judgeSecondTry(input: Input | undefined, failed: number): void {
    assert.ok(input?.type === 'driveStalled' && input.reason !== 'noPower')
    assert.ok(this.driven.has(failed) && this.concluded.has(failed), 'the first try has ended')
    assert.ok(!this.tried.has(failed), 'no third try')
    this.tried.add(failed)
    this.tried.add(Math.max(...this.driven))
  }

  /** Under load, in thousandths; endless on mains, and where nobody measures. */
  private volts(): number {
    const { mainsPresent, loadMillivolts } = this.lock.sensors
    return mainsPresent === true ? Infinity : (loadMillivolts ?? Infinity)
  }

  /** Whoever opened may, by the slow specification, and brought what they had to bring. */
  private judgePerson(input: Input | undefined, entry: Entry | undefined): void {
    assert.ok(
      entry?.credentialId !== undefined && entry.verb !== undefined,
      'nothing else moves it',
    )
    const { policy, bindings } = this.lock.store
    assert.ok(policy !== undefined)
    const request = {
      credentialId: entry.credentialId,
      action: entry.verb,
      channel: 'remote',
    } as const
    const time = { ms: entry.timeMs, certain: this.lock.published().timeCertain }
    const reason = specifiedReason(
      policyMessage.decode(policy),
      bindings,
      request,
      plainSituation(time, temporalWallClock('Europe/Berlin')),
    )
    assert.equal(reason, 'granted', 'nobody opens who may not')
    if (entry.source === 'remote') {
      assert.ok(
        input?.type === 'signed' && input.proof.type === 'deviceKey',
        'nothing else moves it',
      )
      const { type } = commandMessage.decode(input.command).operation
      assert.equal(type, entry.verb, 'nothing but a command to move it moves it')
      assert.deepEqual(input.proof.credentialId, entry.credentialId)
    } else {
      assert.ok(input?.type === 'pinHashed' && entry.verb === 'unlock', 'nothing else moves it')
      const own = this.lock.store.pinTags().find(({ tag }) => toHex(tag) === toHex(input.tag))
      assert.deepEqual(own?.credentialId, entry.credentialId)
    }
  }

  private judgeAutoRelock(input: Input | undefined, direction: string): void {
    assert.deepEqual(input, { type: 'timer', name: 'autoRelock' }, 'nothing else moves it')
    assert.equal(direction, 'extend', 'nothing opens by itself')
    assert.notEqual(this.lock.sensors.leaf, 'open', 'auto-relock waits for a closed door')
    const quietMs = this.lock.monotonicMs - this.quietSinceMs
    assert.ok(quietMs >= this.autoRelockMs, 'auto-relock counts its full time')
  }

  /** The failure is durable before the comparison can begin, and not during a lockout. */
  private judgeHash(writes: StepResult['writes']): void {
    const write = writes.find(({ type }) => type === 'registers')
    const isCounted = write?.type === 'registers' && keypadOf(write.registers).wrongCodes > 0
    assert.ok(isCounted, 'a code is counted before it is compared')
    assert.equal(this.lockoutSinceMs, undefined, 'no code is looked at during a lockout')
    this.keypadQuietSinceMs = this.lock.monotonicMs
  }

  /** Whoever reads the journal knows of every opening, by whomever. */
  private judgeOpening(fresh: readonly Entry[]): void {
    // A sensor that falls silent takes nothing back; it speaks again where the journal left the bolt.
    const told = fresh.findLast(
      ({ lockState }) => lockState !== undefined && lockState !== 'unknown',
    )
    this.toldState = told?.lockState ?? this.toldState
    const { lockState, moving } = this.lock.published()
    if (moving || (lockState !== 'unlocked' && lockState !== 'unlatched')) return
    const isTold = this.toldState === 'unlocked' || this.toldState === 'unlatched'
    assert.ok(isTold, 'an unlock without a journal entry does not exist')
  }

  private judgeTruth(): void {
    const { lockState, timeMs, policyHash, alarms, batteryDaysLeft } = this.lock.published()
    const { bolt, leaf } = this.lock.sensors
    if (lockState === 'locked') assert.ok(bolt === 'extended' && leaf !== 'open', 'locked is true')
    if (this.volts() < 3465) assert.ok(alarms.includes('batteryCritical'), 'weakness is told')
    if (this.lock.sensors.mainsPresent === true) assert.equal(batteryDaysLeft, undefined)
    assert.ok(timeMs >= this.timeMs)
    assert.equal(toHex(policyHash).length, 64)
  }

  /** A repeated report of the same position is no movement. */
  private watchQuiet(drove: boolean): void {
    const { bolt, leaf } = this.lock.sensors
    const seen = `${bolt} ${leaf}`
    if (drove || seen !== this.seen) this.quietSinceMs = this.lock.monotonicMs
    this.seen = seen
  }
}

function keypadOf({ tries }: Registers): WrongTries {
  return tries.keypad ?? { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 }
}
