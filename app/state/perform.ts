import type { Dispatch } from '#app/state/app/action.ts'
import type { Effect } from '#app/state/app/effect.ts'
import type { AppPorts } from '#app/state/app/ports.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

type EffectOf<Type extends Effect['type']> = Extract<Effect, { readonly type: Type }>
type Performers = {
  readonly [Type in Effect['type']]: (
    effect: EffectOf<Type>,
    ports: AppPorts,
    dispatch: Dispatch,
  ) => void | Promise<void>
}

const performers: Performers = {
  readSession: (_, ports, dispatch) =>
    attempt(
      ports,
      () => readSession(ports, dispatch),
      (trouble) => dispatch({ type: 'sessionFailed', trouble }),
    ),
  checkSetup: ({ setupToken }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const found = await ports.session.lookAtSetup(setupToken)
        if (found === 'setupOver') dispatch({ type: 'setupFoundOver' })
        if (found === 'setupLinkSpent') dispatch({ type: 'setupLinkFoundSpent' })
      },
      // Making the account asks again, and tells what is wrong then.
      () => undefined,
    ),
  openLive: (_, { live }, dispatch) => live.open(dispatch),
  closeLive: (_, { live }) => live.close(),
  signIn: (_, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.session.signIn()
        await readSession(ports, dispatch)
      },
      (trouble) => dispatch({ type: 'signInFailed', trouble }),
    ),
  signOut: (_, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.session.signOut()
        dispatch({ type: 'signedOut' })
      },
      // A hub that does not answer still has the session; saying "signed out" would be a lie.
      (trouble) =>
        dispatch(trouble === 'signedOut' ? { type: 'signedOut' } : { type: 'hubFailed' }),
    ),
  makeAccount: ({ name, setupToken }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.session.makeAccount(name, setupToken)
        dispatch({ type: 'accountMade' })
      },
      (trouble) => dispatch({ type: 'wizardFailed', trouble }),
    ),
  ask: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const sighting = await ports.locks.ask(lockId)
        ports.shelf.saveSighting(lockId, sighting)
        const ownHours = await ports.locks.ownHours(lockId)
        dispatch({ type: 'asked', lockId, sighting, ownHours })
      },
      (trouble) => dispatch({ type: 'askFailed', lockId, trouble }),
    ),
  operate: ({ lockId, verb }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const onProven = (): void => dispatch({ type: 'proven', lockId })
        const sighting = await ports.locks.operate(lockId, verb, onProven)
        ports.shelf.saveSighting(lockId, sighting)
        dispatch({ type: 'operated', lockId, verb, sighting })
      },
      (trouble) => {
        const sighting = ports.locks.lastSighting(lockId)
        dispatch({ type: 'operateFailed', lockId, verb, trouble, sighting })
      },
    ),
  setMode: ({ lockId, mode, untilMs }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const onProven = (): void => dispatch({ type: 'modeProven', lockId })
        const sighting = await ports.locks.setMode(lockId, { mode, untilMs }, onProven)
        ports.shelf.saveSighting(lockId, sighting)
        dispatch({ type: 'modeSet', lockId, sighting })
      },
      (trouble) => {
        const sighting = ports.locks.lastSighting(lockId)
        dispatch({ type: 'modeFailed', lockId, trouble, sighting })
      },
    ),
  stopReset: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const sighting = await ports.locks.stopReset(lockId)
        ports.shelf.saveSighting(lockId, sighting)
        dispatch({ type: 'resetStopped', lockId, sighting })
      },
      (trouble) => {
        const sighting = ports.locks.lastSighting(lockId)
        dispatch({ type: 'stopResetFailed', lockId, trouble, sighting })
      },
    ),
  setBack: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const onProven = (): void => dispatch({ type: 'setBackProven', lockId })
        const sighting = await ports.locks.setBack(lockId, onProven)
        ports.shelf.saveSighting(lockId, sighting)
        dispatch({ type: 'wasSetBack', lockId, sighting })
      },
      (trouble) => {
        const sighting = ports.locks.lastSighting(lockId)
        dispatch({ type: 'setBackFailed', lockId, trouble, sighting })
      },
    ),
  readSetupText: ({ text }, ports, dispatch) =>
    attempt(
      ports,
      async () =>
        dispatch({ type: 'setupTextRead', text, lockId: await ports.locks.readSetupText(text) }),
      (trouble) => dispatch({ type: 'wizardFailed', trouble }),
    ),
  claim: ({ setupText, ownerName, doorName }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const request = { setupText, ownerName, doorName }
        const onProven = (): void => dispatch({ type: 'gestureDone' })
        const claimed = await ports.locks.claim(request, onProven)
        dispatch({ type: 'claimed', ...claimed, atMs: ports.nowMs() })
      },
      (trouble) => dispatch({ type: 'wizardFailed', trouble }),
    ),
  nameDoor: ({ lockId, name }, ports, dispatch) => nameDoor(lockId, name, ports, dispatch),
  readPeople: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const reading = await ports.locks.people(lockId)
        dispatch({ type: 'peopleRead', lockId, reading, nowMs: ports.nowMs() })
      },
      (trouble) => dispatch({ type: 'peopleFailed', lockId, trouble }),
    ),
  readWeek: ({ lockId, userId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const week = await ports.locks.week(lockId, userId, ports.nowMs())
        dispatch({ type: 'weekRead', lockId, userId, week })
      },
      // The hours stand there in words all the same.
      () => undefined,
    ),
  propose: ({ lockId, wish }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const outcome = await ports.locks.propose(lockId, wish)
        dispatch(
          outcome.kind === 'unfit'
            ? { type: 'unfitFound', lockId, flaw: outcome.flaw }
            : { type: 'proposed', lockId, proposed: outcome.proposed },
        )
      },
      (trouble) => dispatch({ type: 'changeFailed', lockId, trouble }),
    ),
  enrol: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const onProven = (): void => dispatch({ type: 'changeProven', lockId })
        const begun = await ports.locks.enrol(lockId, onProven)
        dispatch({ type: 'enrolBegan', lockId, ...begun })
      },
      (trouble) => dispatch({ type: 'changeFailed', lockId, trouble }),
    ),
  commit: (effect, ports, dispatch) => commit(effect, ports, dispatch),
  forgetWish: ({ lockId }, { locks }) => locks.forget(lockId),
  copyCode: ({ code }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.device.copy(code)
        dispatch({ type: 'codeCopied' })
      },
      // The digits stand on the screen: there is nothing to say that the person does not see.
      () => undefined,
    ),
  shareCode: ({ code, doorName, timeZone, terms }, ports) =>
    attempt(
      ports,
      () => ports.device.share({ code, doorName, timeZone, terms }),
      () => undefined,
    ),
  copyLink: ({ url }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.device.copy(url)
        dispatch({ type: 'codeCopied' })
      },
      // The link stands on the screen and can be marked by hand.
      () => undefined,
    ),
  shareText: ({ text }, ports) =>
    attempt(
      ports,
      () => ports.device.shareText(text),
      () => undefined,
    ),
  lookAtInvitation: ({ text }, ports, dispatch) =>
    attempt(
      ports,
      async () => dispatch({ type: 'invitationLookedAt', ...(await ports.invitation.look(text)) }),
      (trouble) => dispatch({ type: 'invitationFailed', trouble }),
    ),
  acceptInvitation: ({ request }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.invitation.accept(request, () => dispatch({ type: 'invitationProven' }))
        dispatch({ type: 'invitationAccepted' })
      },
      (trouble) => dispatch({ type: 'invitationFailed', trouble }),
    ),
  enterInvited: (_, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.invitation.enter()
        dispatch({ type: 'invitationEntered' })
        await readSession(ports, dispatch)
      },
      (trouble) => dispatch({ type: 'invitationFailed', trouble }),
    ),
  startHistory: ({ lockId }, ports, dispatch) =>
    attempt(
      ports,
      async () =>
        dispatch({ type: 'historyRead', lockId, ...(await ports.locks.startHistory(lockId)) }),
      (trouble) => dispatch({ type: 'historyFailed', lockId, trouble }),
    ),
  moreHistory: ({ lockId, belowSequence }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        const part = await ports.locks.moreHistory(lockId, belowSequence)
        dispatch({ type: 'historyRead', lockId, ...part })
      },
      (trouble) => dispatch({ type: 'historyFailed', lockId, trouble }),
    ),
  readAccount: (_, ports, dispatch) =>
    attempt(
      ports,
      async () => dispatch({ type: 'accountRead', ...(await ports.session.account()) }),
      (trouble) => {
        if (trouble === 'signedOut') dispatch({ type: 'signedOut' })
      },
    ),
  checkHub: (_, ports, dispatch) =>
    attempt(
      ports,
      async () => dispatch({ type: 'hubChecked', ...(await ports.session.health()) }),
      () => dispatch({ type: 'hubFailed' }),
    ),
  endSession: ({ sessionId }, ports, dispatch) =>
    attempt(
      ports,
      async () => {
        await ports.session.endSession(sessionId)
        dispatch({ type: 'accountRead', ...(await ports.session.account()) })
      },
      (trouble) => {
        if (trouble === 'signedOut') dispatch({ type: 'signedOut' })
      },
    ),
  saveTaste: ({ taste }, { shelf }) => shelf.saveTaste(taste),
  saveProgress: ({ progress }, { shelf }) => shelf.saveProgress(progress),
  clearShelf: (_, { shelf }) => shelf.clear(),
  showTab: ({ tab }, { device }) => device.showTab(tab),
  forgetLink: (_, { device }) => device.forgetLink(),
  feel: ({ what }, { device }) => device.feel(what),
  useNewVersion: (_, { device }) => device.useNewVersion(),
}

/** Does what the state asks for, and answers with actions. Never rejects. */
export function perform(effect: Effect, ports: AppPorts, dispatch: Dispatch): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- found under the effect's own type; the compiler does not correlate the two.
  const performer = performers[effect.type] as (
    effect: Effect,
    ports: AppPorts,
    dispatch: Dispatch,
  ) => void | Promise<void>
  void performer(effect, ports, dispatch)
}

async function attempt(
  ports: AppPorts,
  work: () => Promise<void>,
  failed: (trouble: Trouble) => void,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    failed(ports.troubleOf(error))
  }
}

async function readSession({ session, nowMs }: AppPorts, dispatch: Dispatch): Promise<void> {
  const begunAtMs = nowMs()
  dispatch({ type: 'sessionRead', begunAtMs, ...(await session.read()) })
}

/** The name stands in the lock's own list, so it is a change like any other. */
function nameDoor(
  lockId: string,
  name: string,
  ports: AppPorts,
  dispatch: Dispatch,
): Promise<void> {
  const { locks } = ports
  return attempt(
    ports,
    async () => {
      const changes = { doorName: name }
      const { kind } = await locks.propose(lockId, { kind: 'changeSettings', changes })
      if (kind === 'unfit') return dispatch({ type: 'wizardFailed', trouble: 'policyInvalid' })
      const outcome = await locks.commit(lockId, null, () => dispatch({ type: 'gestureDone' }))
      dispatch(
        outcome.kind === 'done'
          ? { type: 'doorNamed', lockId, name }
          : { type: 'wizardFailed', trouble: 'policyConflict' },
      )
    },
    (trouble) => dispatch({ type: 'wizardFailed', trouble }),
  )
}

function commit(
  { lockId, credentialId }: EffectOf<'commit'>,
  ports: AppPorts,
  dispatch: Dispatch,
): Promise<void> {
  return attempt(
    ports,
    async () => {
      const onProven = (): void => dispatch({ type: 'changeProven', lockId })
      const outcome = await ports.locks.commit(lockId, credentialId, onProven)
      if (outcome.kind === 'done') {
        const { version, code, link } = outcome
        dispatch({ type: 'committed', lockId, version, code, link })
      } else if (outcome.kind === 'unfit') {
        dispatch({ type: 'unfitFound', lockId, flaw: outcome.flaw })
      } else {
        const { proposed, theirs } = outcome
        dispatch({ type: 'conflictFound', lockId, proposed, theirs })
      }
    },
    (trouble) => dispatch({ type: 'changeFailed', lockId, trouble }),
  )
}
