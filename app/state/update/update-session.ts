import type { ActionOf, DoorFound } from '#app/state/app/action.ts'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { tabHere } from '#app/state/app/app-state.ts'
import { askDoor, showDoor } from '#app/state/update/update-door.ts'
import { lookAtInvitation } from '#app/state/update/update-invitation.ts'
import { openPage } from '#app/state/update/update-page.ts'
import type { Effect } from '#app/state/app/effect.ts'
import { emptyAccess } from '#app/state/model/access/access-state.ts'
import { emptyHistory } from '#app/state/model/history/history-state.ts'
import { emptySettings } from '#app/state/model/session/settings-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { newWizard } from '#app/state/model/wizard/wizard-state.ts'

type SessionActions =
  | 'began'
  | 'startFailed'
  | 'onlineChanged'
  | 'visibilityChanged'
  | 'retryPressed'
  | 'sessionRead'
  | 'sessionFailed'
  | 'liveOpened'
  | 'liveLost'
  | 'doorsChanged'
  | 'setupFoundOver'
  | 'signInInsteadPressed'
  | 'signInPressed'
  | 'signInFailed'
  | 'signedOut'

export const sessionHandlers: Handlers<SessionActions> = {
  began: (state, action) => {
    const { place, taste, online, canShare, canScan, tab, nowMs, remembered } = action
    const { setupToken, progress } = action
    const doors = remembered.map((door) => ({ ...newDoor(door), sighting: door.sighting }))
    const known = { place, taste, online, canShare, canScan, tab, nowMs, doors }
    const fresh: AppState = { ...state, ...known, here: doors[0]?.lockId ?? null }
    const wizard = { ...newWizard('you', false), setupToken }
    if (action.invitation !== null) return lookAtInvitation(fresh, action.invitation)
    if (setupToken !== null) {
      return step({ ...fresh, stage: 'wizard', wizard }, { type: 'checkSetup', setupToken })
    }
    if (progress !== null) {
      const { step: at, lockId } = progress
      const resumed = { ...newWizard(at, false), lockId }
      return step({ ...fresh, wizard: resumed }, { type: 'readSession' })
    }
    if (fresh.here === null) return step(fresh, { type: 'readSession' })
    // The lock is asked while the hub is still telling who is signed in: the door comes first. The
    // page is read as well, because without a network no session comes that would begin it.
    const asked = askDoor({ ...fresh, stage: 'doors' }, fresh.here)
    const opened = tabHere(fresh) === 'door' ? step(asked.state) : openPage(asked.state)
    return step(opened.state, ...asked.effects, ...opened.effects, { type: 'readSession' })
  },
  startFailed: (state, { trouble }) =>
    step({ ...state, stage: 'unreachable', startTrouble: trouble }),
  onlineChanged: (state, { online }) => {
    const after = { ...state, online }
    if (!online) return step(after)
    return step(after, { type: 'readSession' })
  },
  visibilityChanged: (state, { visible, nowMs }) => {
    const after = { ...state, visible, nowMs }
    if (!visible || state.stage !== 'doors' || state.here === null) return step(after)
    return askDoor(after, state.here)
  },
  retryPressed: (state) => step({ ...state, stage: 'starting' }, { type: 'readSession' }),
  sessionRead: (state, found) => withSession({ ...state, account: { name: found.name } }, found),
  sessionFailed: (state, { trouble }) => withoutSession(state, trouble),
  liveOpened: (state) => {
    const after = { ...state, hubReached: true }
    return state.here === null ? step(after) : askDoor(after, state.here)
  },
  // A broken stream is no dead hub yet: whether it still answers is asked.
  liveLost: (state) => step(state, { type: 'readSession' }),
  doorsChanged: (state) => step(state, { type: 'readSession' }),
  setupFoundOver: (state) => {
    const { wizard, stage } = state
    // The passkey sheet is not pulled away; what comes of it says the same.
    const waits = stage === 'wizard' && wizard?.step === 'you' && wizard.working === null
    if (!waits) return step(state)
    return signInInstead({ ...state, signIn: { working: false, trouble: 'setupOver' } })
  },
  signInInsteadPressed: (state) => signInInstead(state),
  signInPressed: (state) =>
    step({ ...state, signIn: { working: true, trouble: null } }, { type: 'signIn' }),
  signInFailed: (state, { trouble }) => step({ ...state, signIn: { working: false, trouble } }),
  signedOut: (state) =>
    step(
      { ...forgotten(state), stage: 'signIn', signIn: { working: false, trouble: null } },
      { type: 'closeLive' },
      { type: 'clearShelf' },
    ),
}

/** Whoever is signed in here goes on to their doors; everybody else is asked to sign in. */
function signInInstead(state: AppState): Step {
  const after: AppState = { ...state, stage: 'starting', wizard: null }
  return step(after, { type: 'forgetLink' }, { type: 'readSession' })
}

function withSession(state: AppState, found: ActionOf<'sessionRead'>): Step {
  const doors = doorsAfter(state.doors, found.doors, found.begunAtMs)
  const base: AppState = {
    ...state,
    doors,
    hubReached: true,
    signIn: { working: false, trouble: null },
  }
  const live: Effect = { type: 'openLive' }
  // Whoever opened a link decides first what becomes of it.
  if (state.invitation !== null) return step(base)
  const { wizard } = state
  if (wizard !== null && (state.stage === 'wizard' || isResumable(wizard.lockId, doors))) {
    return resumeWizard(base, [live])
  }
  const first = doors.find((door) => door.lockId === state.here) ?? doors[0]
  if (first === undefined) {
    const trouble = found.knewDoors ? 'accessOver' : null
    const claim = { ...newWizard('claim', false), trouble } as const
    return step({ ...base, here: null, stage: 'wizard', wizard: claim }, live)
  }
  const shown = showDoor(base, first.lockId)
  const opened = openPage(shown.state)
  return step(opened.state, ...shown.effects, ...opened.effects, live)
}

/**
 * Doors keep what is known of them; what the hub does not name is gone, unless it was asked before
 * this phone claimed that lock.
 */
function doorsAfter(
  before: readonly Door[],
  found: readonly DoorFound[],
  begunAtMs: number,
): readonly Door[] {
  const named = found.map((door): Door => {
    const known = before.find((each) => each.lockId === door.lockId)
    return known === undefined ? newDoor(door) : { ...known, ...door }
  })
  const unnamed = before.filter(({ lockId }) => found.every((door) => door.lockId !== lockId))
  const claimedSince = ({ claimedAtMs }: Door) => claimedAtMs !== null && claimedAtMs >= begunAtMs
  return [...named, ...unnamed.filter(claimedSince)]
}

function isResumable(lockId: string | null, doors: readonly Door[]): boolean {
  return lockId !== null && doors.some((door) => door.lockId === lockId)
}

function resumeWizard(state: AppState, effects: readonly Effect[]): Step {
  const { wizard } = state
  const here = wizard?.lockId ?? state.here
  const name = state.doors.find((door) => door.lockId === here)?.name
  const after: AppState = {
    ...state,
    stage: 'wizard',
    here,
    wizard: wizard === null || name === undefined ? wizard : { ...wizard, doorName: name },
  }
  return here === null ? step(after, ...effects) : also(askDoor(after, here), effects)
}

function also(first: Step, effects: readonly Effect[]): Step {
  return step(first.state, ...first.effects, ...effects)
}

function withoutSession(state: AppState, trouble: AppState['signIn']['trouble']): Step {
  if (state.invitation !== null) return step({ ...state, hubReached: false })
  if (trouble === 'signedOut') {
    if (state.stage === 'wizard' && state.wizard?.step === 'you') return step(state)
    const told = state.signIn.trouble === 'setupOver' ? state.signIn.trouble : null
    const signIn = { working: false, trouble: state.account === null ? told : trouble }
    return step({ ...forgotten(state), stage: 'signIn', signIn }, { type: 'clearShelf' })
  }
  const after = { ...state, hubReached: false }
  if (state.doors.length > 0) return step({ ...after, stage: 'doors' })
  return step({ ...after, stage: 'unreachable', startTrouble: trouble })
}

/** Without a session nothing of the doors is kept, on the screen as on the shelf: the phone may be in other hands. */
function forgotten(state: AppState): AppState {
  return {
    ...state,
    account: null,
    doors: [],
    mode: null,
    access: emptyAccess,
    history: emptyHistory,
    settings: emptySettings,
    hubReached: false,
  }
}

export function newDoor(found: DoorFound): Door {
  const unasked = {
    ownHours: null,
    sighting: null,
    asking: false,
    askedAtMs: 0,
    operation: null,
    refusal: null,
  }
  return { ...found, ...unasked, claimedAtMs: null }
}
