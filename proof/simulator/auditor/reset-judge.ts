import { toHex } from '@mortise/protocol/wire'
import type { Entry, Policy, State } from '@mortise/protocol/words'
import type { Court } from './court.ts'
import type { Deeds } from './deeds.ts'
import { holderIn } from './reading.ts'

/** Follows the button inside, and who asks for, stops and orders the end of everybody's access. */
export interface ResetJudge {
  readonly booted: () => void
  /** The button inside goes down, or up. */
  readonly button: (isDown: boolean) => void
  /** Of every entry, before anything else is judged by it. */
  readonly reads: (entry: Entry) => void
  /** The end of one durable write. `isOver`: this or an earlier one has ended this life of the lock. */
  readonly committed: (isOver: boolean) => void
  readonly looks: (state: Pick<State, 'alarms' | 'factoryResetAtMs' | 'claimed'>) => void
  /** Somebody wanted it stopped, and the lock would not. */
  readonly notStopped: (credentialId: Uint8Array, reason: string) => void
  readonly isWaiting: () => boolean
  /** What anybody could have shown to the lock until now. */
  readonly keys: () => ReadonlySet<string>
}

const secondMs = 1_000
const holdMs = 10 * secondMs
const offerMs = 30 * secondMs
const waitMs = 3 * 86_400_000
const insideMs = 600_000
/** A bolt that is on its way arrives before. */
const arrivalMs = 30 * secondMs

/** @param former whose everything was good for nothing when this lock's life began */
export function createResetJudge(
  court: Court,
  deeds: Deeds,
  former: ReadonlySet<string>,
): ResetJudge {
  let downMs: number | undefined
  /** Until when one more press asks for it. */
  let offeredUntilMs = -Infinity
  let sinceMs: number | undefined
  /** In a commit that has not come to its end: what waited before it. */
  let waitedMs: number | undefined
  let isOver = false
  let ended: ReadonlySet<string> = new Set()
  const { nowMs } = court
  const holds = (kept: boolean, detail: () => string): void => court.holds('reset', kept, detail)

  /** What holding the button until now has come to. */
  const settleHold = (): void => {
    if (downMs === undefined || nowMs() - downMs < holdMs) return
    if (sinceMs === undefined) offeredUntilMs = downMs + holdMs + offerMs
    else sinceMs = undefined
    downMs = undefined
  }
  const isOwner = (credentialId: Uint8Array | undefined): boolean => {
    const user = court.policy && credentialId && holderIn(court.policy, credentialId)?.user
    return user !== undefined && user.role === 'owner' && user.userStatus === 'occupiedEnabled'
  }
  const judgeEnd = (entry: Entry): void => {
    const { credentialId } = entry
    if (credentialId === undefined) {
      const ms = waitedMs === undefined ? undefined : nowMs() - waitedMs
      holds(ms !== undefined && ms >= waitMs, () => `after ${ms} ms`)
      return
    }
    const isFresh = deeds.spend(credentialId, 'reset') !== undefined
    holds(isFresh && isOwner(credentialId), () => `ordered by ${entry.userName}`)
    const { insideMs: pressedMs } = court
    const isInside = pressedMs !== undefined && nowMs() - pressedMs < insideMs
    holds(isInside, () => 'ordered, and nobody stood inside')
  }
  /** Nobody of before, and after its end nobody at all. */
  const judgeDoer = ({ type, verb, credentialId, userName }: Entry): void => {
    if (!deedsOf.has(type)) return
    const told = (): string => `${type} ${verb ?? ''} by ${userName}`
    holds(!isOver, told)
    holds(credentialId === undefined || !former.has(toHex(credentialId)), told)
  }

  return {
    booted() {
      downMs = undefined
      offeredUntilMs = -Infinity
      sinceMs = undefined
      waitedMs = undefined
    },
    button(isDown) {
      settleHold()
      if (!isDown) downMs = undefined
      else if (court.document === undefined) return
      else if (sinceMs === undefined && nowMs() < offeredUntilMs) {
        sinceMs = nowMs()
        offeredUntilMs = -Infinity
      } else downMs = nowMs()
    },
    reads(entry) {
      settleHold()
      waitedMs ??= sinceMs
      judgeDoer(entry)
      const isStop = entry.type === 'alarmEnded' && entry.alarmCode === 'lockFactoryReset'
      if (isStop) sinceMs = undefined
      if (isStop && entry.credentialId !== undefined) {
        holds(isOwner(entry.credentialId), () => `stopped by ${entry.userName}`)
      }
      if (entry.type !== 'factoryReset') return
      judgeEnd(entry)
      isOver = true
      ended = keysIn(court.policy)
      court.document = undefined
      court.policy = undefined
      court.mode = { name: 'normal', untilMs: undefined }
      court.relockSeconds = []
    },
    committed(isDurable) {
      waitedMs = undefined
      holds(isDurable === isOver, () => (isOver ? 'told, and not done' : 'done in silence'))
    },
    looks(state) {
      settleHold()
      const { alarms, factoryResetAtMs, claimed } = state
      const isTold = factoryResetAtMs !== undefined && alarms.includes('lockFactoryReset')
      const isQuiet = factoryResetAtMs === undefined && !alarms.includes('lockFactoryReset')
      const told = (): string => `waits since ${sinceMs}, says ${factoryResetAtMs}`
      holds(sinceMs === undefined ? isQuiet : isTold, told)
      holds(!isOver || !claimed, () => 'claimed after its end')
      const lateMs = sinceMs === undefined ? 0 : nowMs() - sinceMs - waitMs
      const isMoving = (court.door()?.moving ?? null) !== null
      holds(isMoving || lateMs < arrivalMs, () => `${lateMs} ms late`)
    },
    notStopped(credentialId, reason) {
      settleHold()
      const mayStop = sinceMs !== undefined && isOwner(credentialId)
      holds(!mayStop, () => `an owner could not stop it: ${reason}`)
    },
    isWaiting() {
      settleHold()
      return sinceMs !== undefined
    },
    keys: () => new Set([...former, ...keysIn(court.policy), ...ended]),
  }
}

/** What nobody brings about by a key, code or finger of before. */
const deedsOf: ReadonlySet<Entry['type']> = new Set<Entry['type']>([
  'operationIntent',
  'operationResult',
  'credentialPresented',
  'policyChanged',
  'operatingModeChanged',
  'invitationAccepted',
  'claimed',
])

/** Whatever anybody could have shown to a lock under this policy. */
export function keysIn(policy: Policy | undefined): ReadonlySet<string> {
  const credentials = policy?.users.flatMap((user) => user.credentials) ?? []
  return new Set(credentials.map(({ id }) => toHex(id)))
}
