import type { DriveDirection, StoreWrite } from '@mortise/lock'
import type { VirtualDoor } from '@mortise/lock/testing'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import { policyHash } from '@mortise/protocol/verify'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { bytesEqual, policyMessage, toHex } from '@mortise/protocol/wire'
import type { Receipt } from '@mortise/protocol/wire'
import type { Credential, Entry, EventType, Policy, State } from '@mortise/protocol/words'
import { judgeChange, judgeMode, judgeModeAtRest } from './change-judge.ts'
import type { Claim, Finding } from './claims.ts'
import type { Court } from './court.ts'
import { createDeeds } from './deeds.ts'
import type { Deeds } from './deeds.ts'
import { createDoorJudge } from './door-judge.ts'
import type { DoorJudge } from './door-judge.ts'
import { createInvitationJudge } from './invitation-judge.ts'
import type { InvitationJudge } from './invitation-judge.ts'
import { createGuessJudge } from './guess-judge.ts'
import type { GuessJudge } from './guess-judge.ts'
import { createLockoutJudge } from './lockout-judge.ts'
import type { LockoutJudge } from './lockout-judge.ts'
import { createPeopleJudge } from './people-judge.ts'
import type { PeopleJudge } from './people-judge.ts'
import { holderIn } from './reading.ts'
import type { Witness } from './witness.ts'

const clockToleranceMs = 5_000

export interface AuditorOptions {
  /** True time since the beginning of the world. */
  readonly nowMs: () => number
  /** True time at the beginning of the world. */
  readonly startMs: number
  readonly crypto: VerifyCrypto
}

/**
 * A judge that sees what goes into a lock and what comes out of it, and knows nothing of its
 * inside. What it holds the lock to is `claims`.
 */
export class Auditor implements Witness {
  readonly findings: Finding[] = []
  /** How often the journal tells of what. */
  readonly tally = new Map<string, number>()
  readonly deeds: Deeds
  private readonly court: Court
  private readonly options: AuditorOptions
  private readonly guesses: Readonly<Record<'keypad' | 'voice', GuessJudge>>
  private readonly people: PeopleJudge
  private readonly lockouts: LockoutJudge
  private readonly invitations: InvitationJudge
  private readonly steel: DoorJudge
  private readonly policies = new Map<string, Policy>()
  private readonly entries: Entry[] = []
  /** Entries from before anybody knew whose lock this is. */
  private readonly early: Uint8Array[] = []
  private head: ChainHead | undefined
  private door: VirtualDoor | undefined
  private published: () => State | undefined = () => undefined
  private floors = { boots: 0, timeFloorMs: 0, policyVersionFloor: 0 }

  constructor(options: AuditorOptions) {
    const { nowMs } = options
    this.options = options
    this.deeds = createDeeds(nowMs)
    this.court = {
      nowMs,
      holds: (claim, kept, detail) => this.holds(claim, kept, detail),
      door: () => this.door?.snapshot(),
      published: () => this.published(),
      document: undefined,
      policy: undefined,
      mode: { name: 'normal', untilMs: undefined },
      clockRight: true,
      insideMs: undefined,
      relockSeconds: [],
    }
    const guessesAt = (source: 'keypad' | 'voice') =>
      createGuessJudge(source, nowMs, (claim, detail) => this.breaks(claim, detail))
    this.guesses = { keypad: guessesAt('keypad'), voice: guessesAt('voice') }
    this.people = createPeopleJudge(this.court, this.deeds)
    this.steel = createDoorJudge(this.court)
    this.lockouts = createLockoutJudge(this.court)
    this.invitations = createInvitationJudge(this.court)
  }

  /** Whose lock this is. */
  knows(lockId: Uint8Array): void {
    this.head = genesisHead(this.options.crypto, lockId)
    for (const bytes of this.early.splice(0)) this.reads(bytes)
  }

  /** Somebody has signed this, whether or not it ever comes into force. */
  signed(policy: Uint8Array): void {
    const hash = policyHash(this.options.crypto, policy)
    this.policies.set(toHex(hash), policyMessage.decode(policy))
  }

  /** The hub has said that this version is the newest; that counts where it is the one in force. */
  vouched(version: number): void {
    if (this.court.policy?.version === version) this.people.vouched()
  }

  /** Nobody can tell how long ago the lock last heard that its policy is the newest. */
  leaseInDoubt(): void {
    this.people.leaseInDoubt()
  }

  clockTouched(): void {
    this.court.clockRight = false
    this.people.leaseInDoubt()
    // Whether hours hold the door open cannot be told from here on, and could be until now.
    this.steel.touched()
  }

  /** The wall clock is right again; whether lock time is, is looked at. */
  clockMended(): void {
    const state = this.published()
    if (state?.timeCertain !== true) return
    const { startMs, nowMs } = this.options
    const isRight = Math.abs(state.timeMs - startMs - nowMs()) <= clockToleranceMs / 2
    this.court.clockRight ||= isRight
  }

  isClockRight(): boolean {
    return this.court.clockRight
  }

  /** The readers for fingers and faces have locked themselves. */
  isReaderLocked(): boolean {
    return this.lockouts.isLocked('biometric')
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
    this.published = () => undefined
    this.steel.opens(door)
  }

  runs(published: () => State): void {
    this.published = published
  }

  readonly committed = (writes: readonly StoreWrite[]): void => {
    for (const write of writes) {
      if (write.type === 'entry') this.reads(write.bytes)
      if (write.type === 'registers') this.judgeRegisters(write.registers)
    }
    this.people.committed()
    this.lockouts.committed()
  }

  lost(detail: string): void {
    this.breaks('durable', detail)
  }

  drives(direction: DriveDirection): void {
    this.steel.drives(direction)
  }

  hashes(source: 'keypad' | 'voice'): void {
    this.guesses[source].compares()
  }

  crashed(error: unknown): void {
    this.breaks('staysUp', String(error))
  }

  /** Somebody shows the ticket of an invitation, with a key of their own. */
  showsTicket(invitationId: Uint8Array, credential: Credential): void {
    this.invitations.shown(invitationId, credential)
  }

  /** The lock told a phone. */
  received({ sequence, outcome }: Receipt): void {
    const isKnown = this.entries[sequence - 1] !== undefined
    this.holds('receipts', outcome !== 'done' || isKnown, () => `entry ${sequence}`)
  }

  /** At rest between two happenings, with the lock's program running. */
  looks(): void {
    const state = this.published()
    if (state === undefined) return
    this.steel.looks(state)
    this.lockouts.looks(state)
    judgeModeAtRest(this.court)
  }

  /** A right code was shown to a sound lock; what does the journal say since then? */
  judgeVisit(credentialId: Uint8Array, sinceSequence: number): void {
    const holder = this.court.policy && holderIn(this.court.policy, credentialId)
    const entry = this.entries
      .slice(sinceSequence)
      .find((one) =>
        holder === undefined
          ? one.type === 'refused'
          : one.credentialId && bytesEqual(one.credentialId, credentialId),
      )
    this.holds('attemptsKept', entry !== undefined, () => 'a code was typed, nothing was written')
    if (entry?.type !== 'refused' || holder === undefined) return
    const why = this.people.mayBeRefused(holder, entry)
    const mayOpen = why.length === 0
    this.holds('nobodyLockedOut', !mayOpen, () => `${holder.user.name}: ${entry.reason}`)
  }

  private breaks(claim: Claim, detail: string): void {
    this.findings.push({ claim, detail, atMs: this.options.nowMs() })
  }

  private holds(claim: Claim, kept: boolean, detail: () => string): void {
    if (!kept) this.breaks(claim, detail())
  }

  private reads(bytes: Uint8Array): void {
    if (this.head === undefined) {
      this.early.push(bytes)
      return
    }
    const { entries, head, fault } = verifyForward(this.options.crypto, this.head, [bytes])
    this.holds('chain', fault === undefined, () => JSON.stringify(fault))
    this.head = head
    for (const entry of entries) this.judgeEntry(entry)
  }

  private judgeEntry(entry: Entry): void {
    this.judgeTime(entry)
    this.entries.push(entry)
    const { type, source, verb, reason, alarmCode } = entry
    const words = [type, source, verb, reason, alarmCode, entry.operatingMode]
    const what = words.filter((word) => word !== undefined).join(' ')
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1)
    this.judges[type]?.(entry)
    this.guesses.keypad.reads(entry, this.court.policy)
    this.guesses.voice.reads(entry, this.court.policy)
    this.steel.touched()
  }

  /** What each kind of entry is judged by; the others only have to be in the chain. */
  private readonly judges: Partial<Readonly<Record<EventType, (entry: Entry) => void>>> = {
    started: () => {
      this.people.booted()
      this.lockouts.booted()
    },
    keypadLockedOut: (entry) => this.lockouts.lockedOut(entry),
    operationIntent: (entry) => {
      const isSecondTry = entry.intent !== undefined
      if (entry.source !== 'auto' && !isSecondTry) this.people.operated(entry)
      this.steel.intended(entry)
    },
    operationResult: (entry) => {
      const isOpening = entry.intent === undefined && entry.reason === 'alreadyThere'
      if (isOpening && entry.source !== 'auto') this.people.operated(entry)
      this.steel.concluded(entry)
    },
    refused: (entry) => {
      this.people.refused(entry)
      this.lockouts.refused(entry)
    },
    credentialPresented: (entry) => this.people.presented(entry),
    alarmBegan: (entry) => {
      if (entry.alarmCode === 'forcedUser') this.people.duressTold(entry)
    },
    invitationAccepted: (entry) => this.invitations.accepted(entry),
    claimed: (entry) => this.judgePolicy(entry),
    policyChanged: (entry) => this.judgePolicy(entry),
    operatingModeChanged: (entry) => {
      judgeMode(this.court, entry)
      this.judgeFresh(entry)
      const { operatingMode: name = 'normal', untilMs } = entry
      this.court.mode = { name, untilMs: name === 'normal' ? undefined : untilMs }
    },
  }

  private judgeFresh({ source, credentialId }: Entry): void {
    if (source === 'auto') return
    const isFresh = credentialId && this.deeds.spend(credentialId, 'mode') !== undefined
    this.holds('freshDeed', isFresh === true, () => 'a mode that nobody asked for')
  }

  private judgeTime({ type, timeMs }: Entry): void {
    const beforeMs = this.entries.at(-1)?.timeMs ?? 0
    this.holds('timeForward', beforeMs <= timeMs, () => `${type}: ${timeMs - beforeMs} ms`)
    const offMs = Math.abs(timeMs - this.options.startMs - this.options.nowMs())
    const isRight = !this.court.clockRight || offMs <= clockToleranceMs
    this.holds('timeRight', isRight, () => `${offMs} ms off`)
  }

  private judgePolicy(entry: Entry): void {
    const policy = entry.policyHash && this.policies.get(toHex(entry.policyHash))
    this.holds('mayOpen', policy !== undefined, () => 'in force, and nobody signed it')
    if (policy === undefined) return
    judgeChange(this.court, entry, policy)
    this.invitations.installed(policy)
    this.people.vouched()
  }

  private judgeRegisters(registers: StoredRegisters): void {
    const { boots, timeFloorMs, policyVersionFloor, tries } = registers
    const { floors } = this
    const isForward =
      boots >= floors.boots &&
      timeFloorMs >= floors.timeFloorMs &&
      policyVersionFloor >= floors.policyVersionFloor
    this.holds('floors', isForward, () => JSON.stringify({ floors, registers }))
    this.floors = { boots, timeFloorMs, policyVersionFloor }
    this.guesses.keypad.counts(tries.keypad?.wrongCodes ?? 0)
    this.guesses.voice.counts(tries.voice?.wrongCodes ?? 0)
  }
}

type StoredRegisters = Extract<StoreWrite, { type: 'registers' }>['registers']
