import type { StoreWrite } from '@mortise/lock'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { toHex } from '@mortise/protocol/wire'
import type { Entry, EventType, Policy } from '@mortise/protocol/words'
import type { Bench } from './bench.ts'
import { judgeChange, judgeMode } from './change-judge.ts'
import type { Deeds } from './deeds.ts'
import { secondsPossible } from './door-judge.ts'

/** A lockdown locks a door that was open or being opened so long after it stands closed. */
const soonSeconds = 1

/** Reads the journal of one life of a lock as it becomes durable, and lets the others judge by it. */
export interface JournalJudge {
  /** Whose journal it is; what was written before is read then. */
  readonly knows: (lockId: Uint8Array) => void
  readonly isOf: (lockId: Uint8Array) => boolean
  readonly committed: (writes: readonly StoreWrite[]) => void
  /** Somebody has signed another policy. */
  readonly signed: () => void
  readonly looks: () => void
  /** In order; sequences begin with one. */
  readonly entries: readonly Entry[]
  /** Hash of the newest entry, and with it of the whole journal. */
  readonly headHash: () => Uint8Array | undefined
  /** A factory reset is durable: the next start is that of another lock. */
  readonly isOver: () => boolean
}

export interface JournalParts {
  readonly bench: Bench
  readonly deeds: Deeds
  readonly crypto: VerifyCrypto
  /** True time at the beginning of the world. */
  readonly startMs: number
  /** Every policy that anybody has signed, by its hash. */
  readonly policies: ReadonlyMap<string, Policy>
  readonly tally: Map<string, number>
}

export const clockToleranceMs = 5_000

export function createJournalJudge(parts: JournalParts): JournalJudge {
  const { bench, crypto, startMs, policies, tally } = parts
  const { court } = bench
  const entries: Entry[] = []
  /** Entries from before anybody knew whose lock this is. */
  const early: Uint8Array[] = []
  let lockId: Uint8Array | undefined
  let head: ChainHead | undefined
  let isOver = false
  /** Somebody has claimed it; before, nothing depends on its time (docs/decisions/0048). */
  let isOwned = false
  /** Whoever claims a lock has its first policy only with the lock's answer. */
  let claimed: Entry | undefined
  const judgeRegisters = createFloors(bench)
  const judges = judgesOf(parts, {
    judgePolicy(entry) {
      const policy = entry.policyHash && policies.get(toHex(entry.policyHash))
      if (policy === undefined && entry.type === 'claimed' && claimed === undefined) {
        claimed = entry
        return
      }
      court.holds('mayOpen', policy !== undefined, () => 'in force, and nobody signed it')
      if (policy === undefined) return
      judgeChange(court, entry, policy)
      bench.invitations.installed(policy)
      bench.people.vouched()
    },
  })
  const judgeTime = ({ type, timeMs }: Entry): void => {
    const beforeMs = entries.at(-1)?.timeMs ?? 0
    const isForward = !isOwned || beforeMs <= timeMs
    court.holds('timeForward', isForward, () => `${type}: ${timeMs - beforeMs} ms`)
    const offMs = Math.abs(timeMs - startMs - court.nowMs())
    const isRight = !court.clockRight || offMs <= clockToleranceMs
    court.holds('timeRight', isRight, () => `${offMs} ms off`)
  }
  const judgeEntry = (entry: Entry): void => {
    judgeTime(entry)
    isOwned ||= entry.type === 'claimed'
    entries.push(entry)
    const { type, source, verb, reason, alarmCode } = entry
    const words = [type, source, verb, reason, alarmCode, entry.operatingMode]
    const what = words.filter((word) => word !== undefined).join(' ')
    tally.set(what, (tally.get(what) ?? 0) + 1)
    bench.resets.reads(entry)
    judges[type]?.(entry)
    bench.guesses.keypad.reads(entry, court.policy)
    bench.guesses.voice.reads(entry, court.policy)
    bench.steel.touched()
  }
  const reads = (bytes: Uint8Array): void => {
    if (head === undefined) {
      early.push(bytes)
      return
    }
    const found = verifyForward(crypto, head, [bytes])
    court.holds('chain', found.fault === undefined, () => JSON.stringify(found.fault))
    head = found.head
    for (const entry of found.entries) judgeEntry(entry)
  }
  const judgeClaim = (): void => {
    const waiting = claimed
    if (waiting === undefined) return
    judges.claimed?.(waiting)
    claimed = undefined
  }

  return {
    knows(id) {
      if (lockId !== undefined) return
      lockId = id
      head = genesisHead(crypto, id)
      for (const bytes of early.splice(0)) reads(bytes)
    },
    isOf: (id) => lockId !== undefined && toHex(lockId) === toHex(id),
    committed(writes) {
      for (const write of writes) {
        if (write.type === 'entry') reads(write.bytes)
        if (write.type === 'registers') judgeRegisters(write.registers)
        if (write.type === 'factoryReset') isOver = true
      }
      bench.people.committed()
      bench.lockouts.committed()
      bench.resets.committed(isOver)
    },
    signed: judgeClaim,
    looks: judgeClaim,
    entries,
    headHash: () => head?.hash,
    isOver: () => isOver,
  }
}

type Judges = Partial<Readonly<Record<EventType, (entry: Entry) => void>>>

interface Others {
  readonly judgePolicy: (entry: Entry) => void
}

/** What each kind of entry is judged by; the others only have to be in the chain. */
function judgesOf({ bench, deeds }: JournalParts, { judgePolicy }: Others): Judges {
  const { court, people, lockouts, steel, invitations } = bench
  const judgeFresh = ({ source, credentialId }: Entry): void => {
    if (source === 'auto') return
    const isFresh = credentialId && deeds.spend(credentialId, 'mode') !== undefined
    court.holds('freshDeed', isFresh === true, () => 'a mode that nobody asked for')
  }
  return {
    started() {
      people.booted()
      lockouts.booted()
    },
    keypadLockedOut: (entry) => lockouts.lockedOut(entry),
    operationIntent(entry) {
      const isSecondTry = entry.intent !== undefined
      if (entry.source !== 'auto' && !isSecondTry) people.operated(entry)
      steel.intended(entry)
    },
    operationResult(entry) {
      const isOpening = entry.intent === undefined && entry.reason === 'alreadyThere'
      if (isOpening && entry.source !== 'auto') people.operated(entry)
      steel.concluded(entry)
    },
    refused(entry) {
      people.refused(entry)
      lockouts.refused(entry)
    },
    credentialPresented: (entry) => people.presented(entry),
    alarmBegan(entry) {
      if (entry.alarmCode === 'forcedUser') people.duressTold(entry)
    },
    invitationAccepted: (entry) => invitations.accepted(entry),
    claimed: judgePolicy,
    policyChanged: judgePolicy,
    operatingModeChanged(entry) {
      judgeMode(court, entry)
      judgeFresh(entry)
      const { operatingMode: name = 'normal', untilMs } = entry
      court.mode = { name, untilMs: name === 'normal' ? undefined : untilMs }
      // A door that is open or being opened is locked as soon as it can be.
      if (name === 'lockdown') court.relockSeconds = [...secondsPossible(court), soonSeconds]
    },
  }
}

type StoredRegisters = Extract<StoreWrite, { type: 'registers' }>['registers']

/** What only rises in one life of a lock, and how often somebody guessed. */
function createFloors({ court, guesses }: Bench): (registers: StoredRegisters) => void {
  let floors = { boots: 0, timeFloorMs: 0, policyVersionFloor: 0 }
  return (registers) => {
    const { boots, timeFloorMs, policyVersionFloor, tries } = registers
    const isForward =
      boots >= floors.boots &&
      timeFloorMs >= floors.timeFloorMs &&
      policyVersionFloor >= floors.policyVersionFloor
    court.holds('floors', isForward, () => JSON.stringify({ floors, registers }))
    floors = { boots, timeFloorMs, policyVersionFloor }
    guesses.keypad.counts(tries.keypad?.wrongCodes ?? 0)
    guesses.voice.counts(tries.voice?.wrongCodes ?? 0)
  }
}
