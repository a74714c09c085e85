import type { Credential, Role, User, Verb } from '@mortise/protocol/words'
import { turningPoints } from '#access/calendar.ts'
import { decide, isOpening } from '#access/decide.ts'
import { at } from '#access/explain.ts'
import type { Channel } from '#access/modes.ts'
import type { PolicyView } from '#access/policy-view.ts'
import type { Situation } from '#access/situation.ts'

/** A span of time in which somebody may do the same things. */
export interface AccessSpan {
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
  /** What may be done, by at least one of the person's ways in. */
  readonly verbs: readonly Verb[]
  /** Verbs for which another credential of the same person is needed each time. */
  readonly withAnother: readonly Verb[]
}

export interface PersonTimetable {
  readonly user: User
  /** Rising, without overlap; spans in which nothing may be done are left out. */
  readonly spans: readonly AccessSpan[]
}

/**
 * Who could do what at the door between two instants, as far as the clock decides it: what the lock
 * remembers is taken to stay as the situation has it.
 * @param users of the policy; everybody when left out
 */
export function whoCanOpen(
  view: PolicyView,
  situation: Situation,
  span: { readonly fromMs: number; readonly toMs: number },
  users: readonly User[] = [...view.users.values()],
): readonly PersonTimetable[] {
  const credentials = credentialsByUser(view)
  return users.map((user) => {
    const own = credentials.get(user) ?? []
    return { user, spans: spansOf(view, { user, credentials: own }, situation, span) }
  })
}

/** A span of time in which somebody can open the door. */
export interface Opening {
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
  /** Only together with another credential of the same person. */
  readonly withAnother: boolean
}

/** What of a timetable is about opening; to lock is a right of its own, and no way in. */
export function openingsOf({ spans }: PersonTimetable): readonly Opening[] {
  const openings: Opening[] = []
  for (const { fromMs, toMs, verbs: alone, withAnother } of spans) {
    const opensAlone = alone.some(isOpening)
    if (!opensAlone && !withAnother.some(isOpening)) continue
    const last = openings.at(-1)
    if (last?.toMs === fromMs && last.withAnother !== opensAlone) {
      openings[openings.length - 1] = { ...last, toMs }
    } else {
      openings.push({ fromMs, toMs, withAnother: !opensAlone })
    }
  }
  return openings
}

const verbs: readonly Verb[] = ['lock', 'unlock', 'unlatch']

function spansOf(
  view: PolicyView,
  { user, credentials }: { readonly user: User; readonly credentials: readonly Credential[] },
  situation: Situation,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly AccessSpan[] {
  const points = turningPoints(view.policy, user, situation, fromMs, toMs)
  const spans: AccessSpan[] = []
  for (const [index, start] of points.entries()) {
    const rights = rightsAt(view, { user, credentials }, at(situation, start))
    const end = points[index + 1] ?? toMs
    const last = spans.at(-1)
    if (last?.toMs === start && sameRights(last, rights)) {
      spans[spans.length - 1] = { ...last, toMs: end }
    } else if (rights.verbs.length + rights.withAnother.length > 0) {
      spans.push({ fromMs: start, toMs: end, ...rights })
    }
  }
  return spans
}

type Rights = Pick<AccessSpan, 'verbs' | 'withAnother'>

function sameRights(left: Rights, right: Rights): boolean {
  return (
    left.verbs.join() === right.verbs.join() && left.withAnother.join() === right.withAnother.join()
  )
}

/** The best that any way in of the person gives. */
function rightsAt(
  view: PolicyView,
  { user, credentials }: { readonly user: User; readonly credentials: readonly Credential[] },
  situation: Situation,
): Rights {
  const alone: Verb[] = []
  const withAnother: Verb[] = []
  for (const verb of verbs) {
    const verdicts = credentials.map(({ id, type }) => {
      const request = { credentialId: id, action: verb, channel: channelOf(type, user.role) }
      return decide(view, request, situation).verdict
    })
    if (verdicts.includes('allowed')) alone.push(verb)
    else if (verdicts.includes('partial')) withAnother.push(verb)
  }
  return { verbs: alone, withAnother }
}

/** Through what somebody of a role shows a kind of credential. */
export function channelOf(type: Credential['type'], role: Role): Channel {
  return type === 'pin' && role === 'agent' ? 'voice' : channels[type]
}

const channels: Readonly<Record<Credential['type'], Channel>> = {
  pin: 'keypad',
  fingerprint: 'biometric',
  face: 'biometric',
  rfid: 'rfid',
  passkey: 'remote',
  deviceKey: 'remote',
}

/** Those of the policy and those that the lock bound, gone through once for a house of any size. */
function credentialsByUser({ holders }: PolicyView): ReadonlyMap<User, readonly Credential[]> {
  const all = new Map<User, Credential[]>()
  for (const { user, credential } of holders.values()) {
    const own = all.get(user)
    if (own === undefined) all.set(user, [credential])
    else own.push(credential)
  }
  return all
}
