import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import type { Effect } from '#app/state/app/effect.ts'
import type { AppPorts } from '#app/state/app/ports.ts'
import { perform } from '#app/state/perform.ts'
import { lockId, nowMs, reading, report, sighting } from '#app/testing/samples.ts'

const proposed = { version: 1, wantedVersion: 2, lines: [], shutOut: [], insideButtonNeeded: false }
const unlocked = sighting({ lockState: 'unlocked' })

/** Ports on which everything works; `fail` makes every method that is asked for reject. */
function ports(fail?: string): AppPorts {
  const answer = <Value>(value: Value) =>
    fail === undefined ? Promise.resolve(value) : Promise.reject(new TypeError(fail))
  const proven = <Value>(value: Value, onProven: () => void) => {
    if (fail === undefined) onProven()
    return answer(value)
  }
  const part = { entries: [], report: report(), ended: true, keptAtMs: null }
  return {
    session: {
      read: () => answer({ name: 'Ada', doors: [], knewDoors: false }),
      lookAtSetup: () => answer('setupOver' as const),
      makeAccount: () => answer(undefined),
      signIn: () => answer(undefined),
      signOut: () => answer(undefined),
      account: () => answer({ sessions: [], passkeys: [] }),
      endSession: () => answer(undefined),
      health: () => answer({ version: '1', answeredInMs: 3 }),
    },
    locks: {
      ask: () => answer(sighting()),
      ownHours: () => answer(null),
      operate: (_lock, _verb, onProven) => proven(unlocked, onProven),
      setMode: (_lock, _order, onProven) => proven(sighting(), onProven),
      stopReset: () => answer(sighting()),
      setBack: (_lock, onProven) => proven(sighting(), onProven),
      lastSighting: () => sighting(),
      readSetupText: () => answer(lockId),
      claim: (_request, onProven) =>
        proven(
          {
            door: {
              lockId,
              name: 'Front door',
              linked: true,
              role: 'owner',
              ownUserId: null,
              ownTime: null,
              metBy: 'claim',
              safetyCode: '',
              trouble: null,
            } as const,
            sighting: null,
          },
          onProven,
        ),
      people: () => answer(reading()),
      week: () => answer([]),
      propose: () => answer({ kind: 'proposed', proposed } as const),
      enrol: (_lock, onProven) => proven({ credentialId: 'c1', sighting: sighting() }, onProven),
      commit: (_lock, _credential, onProven) =>
        proven({ kind: 'done', version: 2, code: '730615', link: null }, onProven),
      forget: () => undefined,
      startHistory: () => answer(part),
      moreHistory: () => answer(part),
    },
    invitation: {
      look: () =>
        answer({ inviterName: null, look: { kind: 'already', lockId, doorName: 'Door' } } as const),
      accept: (_request, onProven) => proven(undefined, onProven),
      enter: () => answer(undefined),
    },
    live: { open: () => undefined, close: () => undefined },
    shelf: {
      saveTaste: () => undefined,
      saveProgress: () => undefined,
      saveSighting: () => undefined,
      clear: () => undefined,
    },
    device: {
      copy: () => answer(undefined),
      shareText: () => answer(undefined),
      showTab: () => undefined,
      share: () => answer(undefined),
      feel: () => undefined,
      forgetLink: () => undefined,
      useNewVersion: () => undefined,
    },
    nowMs: () => nowMs,
    troubleOf: () => 'hubAway',
  }
}

/** The actions that an effect leads to, once the last of them has come. */
async function actionsOf(effect: Effect, count: number, fail?: string): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>()
  const seen: Action[] = []
  perform(effect, ports(fail), (action) => {
    seen.push(action)
    if (seen.length === count) resolve(seen.map((each) => each.type))
  })
  return promise
}

const verb = 'unlock'
const claimIt = { type: 'claim', setupText: 'x', ownerName: 'Ada', doorName: 'Front door' } as const
const request = { text: 'x', personName: 'Ben', freshPasskey: false }
const acceptIt = { type: 'acceptInvitation', request } as const
const wish = { kind: 'removePerson', userId: '1' } as const

test('each effect answers with its actions, in success and in failure', async () => {
  const cases: readonly (readonly [Effect, readonly string[], string])[] = [
    [{ type: 'readSession' }, ['sessionRead'], 'sessionFailed'],
    [{ type: 'signIn' }, ['sessionRead'], 'signInFailed'],
    [{ type: 'signOut' }, ['signedOut'], 'hubFailed'],
    [{ type: 'makeAccount', name: 'Ada', setupToken: 't' }, ['accountMade'], 'wizardFailed'],
    [{ type: 'ask', lockId }, ['asked'], 'askFailed'],
    [{ type: 'operate', lockId, verb }, ['proven', 'operated'], 'operateFailed'],
    [
      { type: 'setMode', lockId, mode: 'vacation', untilMs: null },
      ['modeProven', 'modeSet'],
      'modeFailed',
    ],
    [{ type: 'stopReset', lockId }, ['resetStopped'], 'stopResetFailed'],
    [{ type: 'setBack', lockId }, ['setBackProven', 'wasSetBack'], 'setBackFailed'],
    [claimIt, ['gestureDone', 'claimed'], 'wizardFailed'],
    [{ type: 'nameDoor', lockId, name: 'x' }, ['gestureDone', 'doorNamed'], 'wizardFailed'],
    [{ type: 'readPeople', lockId }, ['peopleRead'], 'peopleFailed'],
    [{ type: 'propose', lockId, wish }, ['proposed'], 'changeFailed'],
    [{ type: 'enrol', lockId }, ['changeProven', 'enrolBegan'], 'changeFailed'],
    [{ type: 'commit', lockId, credentialId: null }, ['changeProven', 'committed'], 'changeFailed'],
    [{ type: 'lookAtInvitation', text: 'x' }, ['invitationLookedAt'], 'invitationFailed'],
    [acceptIt, ['invitationProven', 'invitationAccepted'], 'invitationFailed'],
    [{ type: 'enterInvited' }, ['invitationEntered', 'sessionRead'], 'invitationFailed'],
    [{ type: 'startHistory', lockId }, ['historyRead'], 'historyFailed'],
    [{ type: 'moreHistory', lockId, belowSequence: 2 }, ['historyRead'], 'historyFailed'],
    [{ type: 'checkHub' }, ['hubChecked'], 'hubFailed'],
  ]
  for (const [effect, done, failed] of cases) {
    assert.deepEqual(await actionsOf(effect, done.length), done, effect.type)
    assert.deepEqual(await actionsOf(effect, 1, 'broken'), [failed], effect.type)
  }
})

test('a hub that has an account is told; one that cannot be asked is not', async () => {
  assert.deepEqual(await actionsOf({ type: 'checkSetup', setupToken: '' }, 1), ['setupFoundOver'])
  for (const lookAtSetup of [
    () => Promise.resolve('open' as const),
    () => Promise.reject(new TypeError()),
  ]) {
    const { promise: settled, resolve } = Promise.withResolvers<void>()
    const seen: Action[] = []
    const answering = (): Promise<'open'> => {
      const answer = lookAtSetup()
      const soon = (): void => void setImmediate(() => resolve())
      answer.then(soon, soon)
      return answer
    }
    const session = { ...ports().session, lookAtSetup: answering }
    perform({ type: 'checkSetup', setupToken: '' }, { ...ports(), session }, (action) =>
      seen.push(action),
    )
    await settled
    assert.deepEqual(seen, [])
  }
})

test('a code is copied before it is said to be copied', async () => {
  assert.deepEqual(await actionsOf({ type: 'copyCode', code: '730615' }, 1), ['codeCopied'])
})
