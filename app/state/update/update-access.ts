import type { NamedFlaw } from '@mortise/keyholder'
import type {
  AccessState,
  AccessStep,
  FormStep,
  Person,
  ReviewState,
  Wish,
} from '#app/state/model/access/access-state.ts'
import { emptyAccess } from '#app/state/model/access/access-state.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'

type AccessActions =
  | 'readPeoplePressed'
  | 'listChanged'
  | 'peopleRead'
  | 'peopleFailed'
  | 'personOpened'
  | 'weekRead'
  | 'addCodePressed'
  | 'removePersonPressed'
  | 'removeCredentialPressed'
  | 'proposed'
  | 'unfitFound'
  | 'signPressed'
  | 'changeProven'
  | 'committed'
  | 'changeFailed'
  | 'conflictFound'
  | 'rebasePressed'
  | 'backToFormPressed'
  | 'accessSheetClosed'
  | 'copyPressed'
  | 'codeCopied'
  | 'sharePressed'

export const accessHandlers: Handlers<AccessActions> = {
  readPeoplePressed: (state) => readPeople(state),
  listChanged: (state, { lockId }) => {
    const watching = state.tab === 'access' && state.here === lockId
    return watching ? readPeople(state) : step(state)
  },
  peopleRead: (state, { lockId, reading, nowMs }) =>
    step(ofDoor(state, lockId, { reading, readAtMs: nowMs, loading: false, trouble: null })),
  peopleFailed: (state, { lockId, trouble }) =>
    step(ofDoor(state, lockId, { loading: false, trouble })),
  personOpened: (state, { userId }) => openPerson(state, userId),
  weekRead: (state, { lockId, userId, week }) => {
    const { step: now } = state.access
    const isHere = state.access.lockId === lockId && now.kind === 'person' && now.userId === userId
    return step(isHere ? withStep(state, { ...now, week }) : state)
  },
  addCodePressed: (state, { userId, duress }) => {
    const person = personOf(state, userId)
    if (person === undefined) return step(state)
    return propose(state, { kind: 'addCode', userId, who: person.name, duress })
  },
  removePersonPressed: (state, { userId }) => propose(state, { kind: 'removePerson', userId }),
  removeCredentialPressed: (state, { userId, credentialId }) =>
    propose(state, { kind: 'removeCredential', userId, credentialId }),
  proposed: (state, { lockId, proposed }) =>
    step(inReview(state, lockId, { proposed, step: { kind: 'ready' } })),
  unfitFound: (state, { lockId, flaw }) => backWith(state, lockId, flaw),
  signPressed: (state) => sign(state),
  changeProven: (state, { lockId }) => step(inReview(state, lockId, { step: { kind: 'waiting' } })),
  committed: (state, { lockId, code, link }) => committed(state, lockId, { code, link }),
  changeFailed: (state, { lockId, trouble }) =>
    step(inReview(state, lockId, { step: { kind: 'refused', trouble } }), {
      type: 'feel',
      what: 'refused',
    }),
  conflictFound: (state, { lockId, proposed, theirs }) => {
    const versionInForce = proposed.version
    const conflict = { kind: 'conflict', versionInForce, theirs } as const
    return step(inReview(state, lockId, { proposed, step: conflict }))
  },
  // The shell has made the same wish on the newer list; what is left is to look and to sign.
  rebasePressed: (state) =>
    step(state.here === null ? state : inReview(state, state.here, { step: { kind: 'ready' } })),
  backToFormPressed: (state) => {
    const { here, access } = state
    if (here === null || access.step.kind !== 'review' || access.step.from === null) {
      return step(state)
    }
    return step(withStep(state, access.step.from), { type: 'forgetWish', lockId: here })
  },
  accessSheetClosed: (state) => closeSheet(state),
  copyPressed: (state) => {
    const { step: now } = state.access
    return now.kind === 'code' ? step(state, { type: 'copyCode', code: now.code }) : step(state)
  },
  codeCopied: (state) => {
    const { step: now } = state.access
    const shown = now.kind === 'code' || now.kind === 'link'
    return step(shown ? withStep(state, { ...now, copied: true }) : state)
  },
  sharePressed: (state) => share(state),
}

/** Asks for the list of the door on the screen; one of another door is forgotten first. */
export function readPeople(state: AppState): Step {
  const { here, access } = state
  if (here === null || (access.loading && access.lockId === here)) return step(state)
  const kept = access.lockId === here ? access : { ...emptyAccess, lockId: here }
  return step(
    { ...state, access: { ...kept, loading: true } },
    { type: 'readPeople', lockId: here },
  )
}

function ofDoor(state: AppState, lockId: string, change: Partial<AccessState>): AppState {
  if (state.access.lockId !== lockId) return state
  return { ...state, access: { ...state.access, ...change } }
}

/** What was wrong with the step before is not told of the next one. */
export function withStep(state: AppState, next: AccessStep): AppState {
  return { ...state, access: { ...state.access, step: next, flaw: null } }
}

function inReview(state: AppState, lockId: string, change: Partial<ReviewState>): AppState {
  const { step: now } = state.access
  if (now.kind !== 'review' || state.access.lockId !== lockId) return state
  return withStep(state, { ...now, ...change })
}

/** Who comes at any time needs no week drawn. */
export function openPerson(state: AppState, userId: string): Step {
  const opened = withStep(state, { kind: 'person', userId, week: null })
  const person = personOf(state, userId)
  if (person === undefined || state.here === null || !hasHours(person)) return step(opened)
  return step(opened, { type: 'readWeek', lockId: state.here, userId })
}

export function personOf(state: AppState, userId: string): Person | undefined {
  return state.access.reading?.people.find(({ id }) => id === userId)
}

function hasHours({ terms }: Person): boolean {
  const { holidayRule } = terms.rules
  const isDated = terms.window !== null || holidayRule !== 'asUsual'
  return terms.weekly.length > 0 || terms.more || isDated
}

export function propose(state: AppState, wish: Wish): Step {
  const { here } = state
  if (here === null) return step(state)
  const { step: now } = state.access
  const from = now.kind === 'review' ? now.from : isForm(now) ? now : null
  const preparing = { kind: 'preparing' } as const
  const review: ReviewState = { kind: 'review', wish, from, proposed: null, step: preparing }
  return step(withStep(state, review), { type: 'propose', lockId: here, wish })
}

/** A finger has no form of its own in the list: what is wrong with it is told where it stands. */
function isForm(now: AccessStep): now is FormStep {
  return 'form' in now && now.kind !== 'enrol'
}

/** Back to the form, where it can be mended; a wish without one is told of where it stands. */
function backWith(state: AppState, lockId: string, flaw: NamedFlaw): Step {
  const { step: now } = state.access
  if (now.kind !== 'review' || state.access.lockId !== lockId) return step(state)
  const refused = { kind: 'refused', trouble: 'policyInvalid' } as const
  const { access, ...others } = withStep(state, now.from ?? { ...now, step: refused })
  return step({ ...others, access: { ...access, flaw } }, { type: 'feel', what: 'refused' })
}

/** Signs what was looked at. A wish that could not be prepared is prepared again first. */
function sign(state: AppState): Step {
  const { here, access } = state
  const { step: now } = access
  if (here === null || now.kind !== 'review') return step(state)
  if (!['ready', 'reader', 'refused'].includes(now.step.kind)) return step(state)
  if (now.proposed === null) return propose(state, now.wish)
  const proving = withStep(state, { ...now, step: { kind: 'proving' } })
  const credentialId = learnedAs(now)
  const begins = now.wish.kind === 'enrol' && credentialId === null
  return begins
    ? step(proving, { type: 'enrol', lockId: here })
    : step(proving, { type: 'commit', lockId: here, credentialId })
}

/** Under which id a reader learns what a review is about; `null` while it does not. */
function learnedAs({ wish }: ReviewState): string | null {
  return wish.kind === 'enrol' ? wish.credentialId : null
}

/** What is shown once, when a change is in force. */
interface Fruit {
  readonly code: string | null
  readonly link: string | null
}

function committed(state: AppState, lockId: string, fruit: Fruit): Step {
  const { step: now } = state.access
  if (now.kind !== 'review' || state.access.lockId !== lockId) return step(state)
  const again = readPeople(withStep(state, afterCommit(state, now.wish, fruit)))
  return step(again.state, ...again.effects, { type: 'feel', what: 'settled' })
}

function afterCommit(state: AppState, wish: Wish, { code, link }: Fruit): AccessStep {
  if (code !== null && wish.kind === 'addVisitor') {
    const { name: who, terms } = wish
    return { kind: 'code', code, who, terms, duress: false, copied: false }
  }
  if (code !== null && wish.kind === 'addCode') {
    const { who, duress } = wish
    const terms = personOf(state, wish.userId)?.terms ?? noTerms
    return { kind: 'code', code, who, terms, duress, copied: false }
  }
  if (wish.kind === 'enrol') return { kind: 'enrolled', wish }
  if (link !== null && (wish.kind === 'invite' || wish.kind === 'inviteAgain')) {
    const { notAfterMs } = wish
    return { kind: 'link', url: link, who: invitedName(state, wish), notAfterMs, copied: false }
  }
  return { kind: 'list' }
}

/** Whom a link was made for. */
function invitedName(
  state: AppState,
  wish: Extract<Wish, { readonly kind: 'invite' | 'inviteAgain' }>,
): string {
  if (wish.kind === 'invite') return wish.name
  const people = state.access.reading?.people ?? []
  const person = people.find(({ id, isYou }) => (wish.userId === null ? isYou : id === wish.userId))
  return person?.name ?? ''
}

function closeSheet(state: AppState): Step {
  const { here, access } = state
  const { step: now } = access
  const after = withStep(state, { kind: 'list' })
  // Somebody stands at the reader: what they came for is not dropped by a slip of the thumb.
  if (now.kind === 'review' && learnedAs(now) !== null) {
    return step({
      ...after,
      access: { ...after.access, aside: { ...now, step: { kind: 'reader' } } },
    })
  }
  const forgets = now.kind === 'review' && here !== null
  return forgets ? step(after, { type: 'forgetWish', lockId: here }) : step(after)
}

function share(state: AppState): Step {
  const { step: now, reading } = state.access
  const door = doorHere(state)
  if (now.kind !== 'code' || reading === null || door === null) return step(state)
  const { code, terms } = now
  const { timeZone } = reading
  return step(state, { type: 'shareCode', code, doorName: door.name, timeZone, terms })
}
