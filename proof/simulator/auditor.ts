import type { DriveDirection, StoreWrite } from '@mortise/lock'
import type { DoorSnapshot, VirtualDoor } from '@mortise/lock/testing'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import { policyHash } from '@mortise/protocol/verify'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { policyMessage, toHex } from '@mortise/protocol/wire'
import type { Receipt } from '@mortise/protocol/wire'
import type { Entry, Policy, State, User, Verb } from '@mortise/protocol/words'
import { startMs } from '#proof/testing/test-lock.ts'
import type { Claim, Finding } from './claims.ts'
import { createDeeds } from './deeds.ts'
import type { Deeds } from './deeds.ts'
import { createKeypadJudge } from './keypad-judge.ts'
import type { KeypadJudge } from './keypad-judge.ts'
import { holderIn, objection } from './reading.ts'
import type { Witness } from './witness.ts'

const clockToleranceMs = 5_000
const secondMs = 1_000

/**
 * A judge that sees what goes into a lock and what comes out of it, and knows nothing of its
 * inside. What it holds the lock to is `claims`.
 */
export class Auditor implements Witness {
  readonly findings: Finding[] = []
  /** How often the journal tells of what. */
  readonly tally = new Map<string, number>()
  readonly deeds: Deeds
  private readonly nowMs: () => number
  private readonly crypto: VerifyCrypto
  private readonly keypad: KeypadJudge
  private readonly policies = new Map<string, Policy>()
  private readonly entries: Entry[] = []
  private readonly undriven = new Map<number, Entry>()
  private readonly driven = new Set<number>()
  private readonly concluded = new Set<number>()
  private readonly uses = new Map<string, number>()
  /** Entries from before anybody knew whose lock this is. */
  private readonly early: Uint8Array[] = []
  private head: ChainHead | undefined
  private door: VirtualDoor | undefined
  private inForce: Policy | undefined
  private vouchedMs = 0
  private clockRight = true
  private floors = { boots: 0, timeFloorMs: 0, policyVersionFloor: 0 }
  private seen = ''
  private quietSinceMs = 0

  /** @param nowMs true time since the beginning of the world */
  constructor(nowMs: () => number, crypto: VerifyCrypto) {
    this.nowMs = nowMs
    this.crypto = crypto
    this.deeds = createDeeds(nowMs)
    this.keypad = createKeypadJudge(nowMs, (claim, detail) => this.breaks(claim, detail))
  }

  /** Whose lock this is. */
  knows(lockId: Uint8Array): void {
    this.head = genesisHead(this.crypto, lockId)
    for (const bytes of this.early.splice(0)) this.reads(bytes)
  }

  /** An owner has signed this, whether or not it ever comes into force. */
  signed(policy: Uint8Array): void {
    this.policies.set(toHex(policyHash(this.crypto, policy)), policyMessage.decode(policy))
  }

  /** The hub has vouched, honestly, for the policy in force. */
  vouched(): void {
    this.vouchedMs = this.nowMs()
  }

  clockTouched(): void {
    this.clockRight = false
  }

  /** Nobody has ever meddled with it. */
  isClockRight(): boolean {
    return this.clockRight
  }

  newestSequence(): number {
    return this.entries.length
  }

  /** Hash of the newest entry, and with it of the whole journal. */
  headHash(): Uint8Array {
    return this.head?.hash ?? new Uint8Array(32)
  }

  opens(door: VirtualDoor): void {
    this.door = door
    // What was allowed before the power went must not move anything now.
    this.undriven.clear()
    this.watch()
    door.onChange(() => this.watch())
  }

  committed(writes: readonly StoreWrite[]): void {
    for (const write of writes) {
      if (write.type === 'entry') this.reads(write.bytes)
      if (write.type === 'registers') this.judgeRegisters(write.registers)
    }
  }

  drives(direction: DriveDirection): void {
    const wanted = Array.from(this.undriven.values()).findLast(
      ({ verb }) => (verb === 'lock') === (direction === 'extend'),
    )
    if (wanted === undefined) {
      this.breaks('intentFirst', `${direction} without an intent`)
      return
    }
    const { sequence } = wanted
    this.holds('oneDrive', !this.driven.has(sequence), () => `intent ${sequence} again`)
    this.driven.add(sequence)
    if (wanted.source === 'auto') this.judgeAutoRelock(wanted)
    else this.judgePerson(wanted)
  }

  hashes(): void {
    this.keypad.compares()
  }

  crashed(error: unknown): void {
    this.breaks('staysUp', String(error))
  }

  /** The lock told a phone. */
  received({ sequence, outcome }: Receipt): void {
    const isKnown = this.entries[sequence - 1] !== undefined
    this.holds('receipts', outcome !== 'done' || isKnown, () => `entry ${sequence}`)
  }

  /** At rest between two happenings, with the lock's program running. */
  looks({ lockState, alarms }: State): void {
    const snapshot = this.look()
    if (snapshot === undefined || snapshot.moving !== null) return
    const { boltSensor, doorSensor, escutcheon, forced } = snapshot
    const isTrue =
      (lockState !== 'locked' || (boltSensor === 'extended' && doorSensor !== 'open')) &&
      (lockState !== 'unlocked' || boltSensor === 'retracted')
    this.holds('trueState', isTrue, () => `${lockState}, but ${boltSensor} and ${doorSensor}`)
    const isAlarmed = alarms.includes('frontEscutcheonRemoved') === (escutcheon === 'removed')
    this.holds('alarm', isAlarmed, () => `cover ${escutcheon}, alarms ${alarms.join(' ')}`)
    if (doorSensor !== 'open' || boltSensor !== 'extended' || !forced) return
    this.holds('alarm', alarms.includes('doorForcedOpen'), () => 'forced open in silence')
  }

  /** A right code was typed at a sound lock; what does the journal say since then? */
  judgeVisit(credentialId: Uint8Array, sinceSequence: number): void {
    const own = toHex(credentialId)
    const entry = this.entries
      .slice(sinceSequence)
      .find((one) => one.credentialId !== undefined && toHex(one.credentialId) === own)
    this.holds('attemptsKept', entry !== undefined, () => 'a code was typed, nothing was written')
    const user = this.inForce && holderIn(this.inForce, credentialId)
    if (entry?.type !== 'refused' || user === undefined) return
    // Whether a use that opened nothing has used up a one-time code is the lock's to say.
    if (user.userType === 'disposableUser') return
    const why = this.objectionTo(user, 'unlock', entry.timeMs)
    this.holds('nobodyLockedOut', why !== undefined, () => `${user.name}: ${entry.reason}`)
  }

  private breaks(claim: Claim, detail: string): void {
    this.findings.push({ claim, detail, atMs: this.nowMs() })
  }

  private holds(claim: Claim, kept: boolean, detail: () => string): void {
    if (!kept) this.breaks(claim, detail())
  }

  private look(): DoorSnapshot | undefined {
    return this.door?.snapshot()
  }

  private watch(): void {
    const snapshot = this.look()
    const next = `${snapshot?.boltSensor} ${snapshot?.doorSensor}`
    if (next !== this.seen) this.quietSinceMs = this.nowMs()
    this.seen = next
  }

  private reads(bytes: Uint8Array): void {
    if (this.head === undefined) {
      this.early.push(bytes)
      return
    }
    const { entries, head, fault } = verifyForward(this.crypto, this.head, [bytes])
    this.holds('chain', fault === undefined, () => JSON.stringify(fault))
    this.head = head
    for (const entry of entries) this.judgeEntry(entry)
  }

  private judgeEntry(entry: Entry): void {
    const { type, source, verb, reason, timeMs, sequence } = entry
    const beforeMs = this.entries.at(-1)?.timeMs ?? 0
    this.holds('timeForward', beforeMs <= timeMs, () => `${type}: ${timeMs - beforeMs} ms`)
    const offMs = Math.abs(timeMs - startMs - this.nowMs())
    const isRight = !this.clockRight || offMs <= clockToleranceMs
    this.holds('timeRight', isRight, () => `${offMs} ms off`)
    this.entries.push(entry)
    const what = [type, source, verb, reason].filter((word) => word !== undefined).join(' ')
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1)
    if (type === 'operationIntent') this.undriven.set(sequence, entry)
    if (type === 'operationResult') this.judgeResult(entry)
    if (type === 'claimed' || type === 'policyChanged') this.judgePolicy(entry)
    this.keypad.reads(entry, this.inForce)
  }

  private judgePolicy({ policyHash: hash }: Entry): void {
    const policy = hash && this.policies.get(toHex(hash))
    this.holds('mayOpen', policy !== undefined, () => 'in force, and no owner signed it')
    this.inForce = policy ?? this.inForce
    this.vouched()
  }

  private judgeResult({ outcome, verb, intent, sequence }: Entry): void {
    const target = verb === 'lock' ? 'extended' : 'retracted'
    const sensor = this.look()?.boltSensor
    this.holds('trueResult', outcome !== 'done' || sensor === target, () => `${verb}: ${sensor}`)
    if (intent === undefined) return
    const isFirst = intent < sequence && !this.concluded.has(intent)
    this.holds('oneResult', isFirst, () => `intent ${intent}`)
    this.concluded.add(intent)
    this.undriven.delete(intent)
  }

  private judgeRegisters(registers: StoredRegisters): void {
    const { boots, timeFloorMs, policyVersionFloor, wrongCodes } = registers
    const { floors } = this
    const isForward =
      boots >= floors.boots &&
      timeFloorMs >= floors.timeFloorMs &&
      policyVersionFloor >= floors.policyVersionFloor
    this.holds('floors', isForward, () => JSON.stringify({ floors, registers }))
    this.floors = { boots, timeFloorMs, policyVersionFloor }
    this.keypad.counts(wrongCodes)
  }

  private judgeAutoRelock({ verb }: Entry): void {
    const snapshot = this.look()
    const quietMs = this.nowMs() - this.quietSinceMs
    const fullMs = (this.inForce?.settings.autoRelockTime ?? 0) * secondMs
    // Behind a contact that lies the lock cannot know better.
    const isShut = snapshot?.leaf !== 'open' || snapshot.faults.doorSensor !== 'honest'
    const isDue = fullMs > 0 && quietMs >= fullMs && verb === 'lock'
    this.holds('autoRelock', isShut && isDue, () => `${snapshot?.leaf}, after ${quietMs} ms`)
  }

  private judgePerson({ credentialId, verb, timeMs, source }: Entry): void {
    const isFresh = credentialId !== undefined && this.deeds.spend(credentialId, source ?? '')
    this.holds('freshDeed', isFresh, () => `${verb} by ${source}`)
    if (credentialId === undefined || verb === undefined || this.inForce === undefined) return
    const user = holderIn(this.inForce, credentialId)
    if (user === undefined) {
      this.breaks('mayOpen', `${verb} by somebody who is not in the policy`)
      return
    }
    const why = this.objectionTo(user, verb, timeMs)
    this.holds('mayOpen', why === undefined, () => `${user.name}: ${why}`)
    const key = toHex(user.id)
    if (verb !== 'lock') this.uses.set(key, (this.uses.get(key) ?? 0) + 1)
  }

  private objectionTo(user: User, verb: Verb, timeMs: number): string | undefined {
    if (this.inForce === undefined) return 'nobody owns the lock'
    const uses = this.uses.get(toHex(user.id)) ?? 0
    const offlineMs = this.nowMs() - this.vouchedMs
    return objection(this.inForce, user, verb, { timeMs, uses, offlineMs })
  }
}

type StoredRegisters = Extract<StoreWrite, { type: 'registers' }>['registers']
