import type { DriveDirection, StoreWrite } from '@mortise/lock'
import type { VirtualDoor } from '@mortise/lock/testing'
import { policyHash } from '@mortise/protocol/verify'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { bytesEqual, policyMessage, toHex } from '@mortise/protocol/wire'
import type { Receipt } from '@mortise/protocol/wire'
import type { Credential, Policy, State } from '@mortise/protocol/words'
import { createBench } from './bench.ts'
import type { Bench, Facts } from './bench.ts'
import { judgeModeAtRest } from './change-judge.ts'
import type { Claim, Finding } from './claims.ts'
import { createDeeds } from './deeds.ts'
import type { Deeds } from './deeds.ts'
import { clockToleranceMs, createJournalJudge } from './journal-judge.ts'
import type { JournalJudge } from './journal-judge.ts'
import { holderIn } from './reading.ts'
import type { Witness } from './witness.ts'

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
  /** How often the journals tell of what. */
  readonly tally = new Map<string, number>()
  readonly deeds: Deeds
  private readonly options: AuditorOptions
  private readonly facts: Facts
  private readonly policies = new Map<string, Policy>()
  /** Of the life that the lock has now; a factory reset makes it another lock. */
  private bench: Bench
  private journal: JournalJudge
  private door: VirtualDoor | undefined
  private published: () => State | undefined = () => undefined
  /** Entries of the lives before. */
  private former = 0

  constructor(options: AuditorOptions) {
    const { nowMs } = options
    this.options = options
    this.deeds = createDeeds(nowMs)
    this.facts = {
      nowMs,
      holds: (claim, kept, detail) => this.holds(claim, kept, detail),
      door: () => this.door?.snapshot(),
      published: () => this.published(),
    }
    this.bench = createBench(this.facts, this.deeds)
    this.journal = this.journalOf(this.bench)
  }

  /** Somebody has signed this, whether or not it ever comes into force. */
  signed(policy: Uint8Array): void {
    const hash = policyHash(this.options.crypto, policy)
    this.policies.set(toHex(hash), policyMessage.decode(policy))
    this.journal.signed()
  }

  /** The hub has said that this version is the newest; that counts where it is the one in force. */
  vouched(version: number): void {
    const { court, people } = this.bench
    if (court.policy?.version === version) people.vouched()
  }

  /** Nobody can tell how long ago the lock last heard that its policy is the newest. */
  leaseInDoubt(): void {
    this.bench.people.leaseInDoubt()
  }

  clockTouched(): void {
    this.bench.court.clockRight = false
    this.bench.people.leaseInDoubt()
    // Whether hours hold the door open cannot be told from here on, and could be until now.
    this.bench.steel.touched()
  }

  /** The wall clock is right again; whether lock time is, is looked at. */
  clockMended(): void {
    const state = this.published()
    if (state?.timeCertain !== true) return
    const { startMs, nowMs } = this.options
    const isRight = Math.abs(state.timeMs - startMs - nowMs()) <= clockToleranceMs / 2
    this.bench.court.clockRight ||= isRight
  }

  isClockRight(): boolean {
    return this.bench.court.clockRight
  }

  /** The readers for fingers and faces have locked themselves. */
  isReaderLocked(): boolean {
    return this.bench.lockouts.isLocked('biometric')
  }

  /** Somebody inside has asked for a factory reset, and nobody has stopped it. */
  isResetWaiting(): boolean {
    return this.bench.resets.isWaiting()
  }

  /** Somebody wanted a reset stopped, and the lock would not. */
  resetNotStopped(credentialId: Uint8Array, reason: string): void {
    this.bench.resets.notStopped(credentialId, reason)
  }

  /** How many entries there have been, in all lives. */
  newestSequence(): number {
    return this.former + this.journal.entries.length
  }

  /** Hash of the newest entry, and with it of the whole journal of this life. */
  headHash(): Uint8Array {
    return this.journal.headHash() ?? new Uint8Array(32)
  }

  opens(door: VirtualDoor): void {
    if (this.journal.isOver()) {
      this.former += this.journal.entries.length
      this.bench = createBench(this.facts, this.deeds, this.bench)
      this.journal = this.journalOf(this.bench)
    }
    this.door = door
    this.published = () => undefined
    this.bench.steel.opens(door)
    this.bench.resets.booted()
  }

  runs(lockId: Uint8Array, published: () => State): void {
    this.published = published
    this.journal.knows(lockId)
  }

  insideButton(isDown: boolean): void {
    this.bench.resets.button(isDown)
  }

  readonly committed = (writes: readonly StoreWrite[]): void => this.journal.committed(writes)

  lost(detail: string): void {
    this.breaks('durable', detail)
  }

  drives(direction: DriveDirection): void {
    this.bench.steel.drives(direction)
  }

  hashes(source: 'keypad' | 'voice'): void {
    this.bench.guesses[source].compares()
  }

  crashed(error: unknown): void {
    this.breaks('staysUp', String(error))
  }

  /** Somebody shows the ticket of an invitation, with a key of their own. */
  showsTicket(invitationId: Uint8Array, credential: Credential): void {
    this.bench.invitations.shown(invitationId, credential)
  }

  /** The lock told a phone. Of what a lock said in a life before, the journal is gone. */
  received({ lockId, sequence, outcome }: Receipt): void {
    if (!this.journal.isOf(lockId)) return
    const isKnown = this.journal.entries[sequence - 1] !== undefined
    this.holds('receipts', outcome !== 'done' || isKnown, () => `entry ${sequence}`)
  }

  /** At rest between two happenings, with the lock's program running. */
  looks(): void {
    const state = this.published()
    if (state === undefined) return
    const { steel, lockouts, resets, court } = this.bench
    this.journal.looks()
    steel.looks(state)
    lockouts.looks(state)
    resets.looks(state)
    judgeModeAtRest(court)
  }

  /** A right code was shown to a sound lock; what does the journal say since then? */
  judgeVisit(credentialId: Uint8Array, sinceSequence: number): void {
    const { court, people } = this.bench
    // Of what was shown to a lock that is no more, this one has no entry.
    if (sinceSequence < this.former || court.policy === undefined) return
    const holder = holderIn(court.policy, credentialId)
    const entry = this.journal.entries
      .slice(sinceSequence - this.former)
      .find((one) =>
        holder === undefined
          ? one.type === 'refused'
          : one.credentialId && bytesEqual(one.credentialId, credentialId),
      )
    this.holds('attemptsKept', entry !== undefined, () => 'a code was typed, nothing was written')
    if (entry?.type !== 'refused' || holder === undefined) return
    const why = people.mayBeRefused(holder, entry)
    const mayOpen = why.length === 0
    this.holds('nobodyLockedOut', !mayOpen, () => `${holder.user.name}: ${entry.reason}`)
  }

  private journalOf(bench: Bench): JournalJudge {
    const { crypto, startMs } = this.options
    const { policies, tally, deeds } = this
    return createJournalJudge({ bench, deeds, crypto, startMs, policies, tally })
  }

  private breaks(claim: Claim, detail: string): void {
    this.findings.push({ claim, detail, atMs: this.options.nowMs() })
  }

  private holds(claim: Claim, kept: boolean, detail: () => string): void {
    if (!kept) this.breaks(claim, detail())
  }
}
