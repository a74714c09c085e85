import { readPeople } from '#app/state/update/update-access.ts'
import { askDoor } from '#app/state/update/update-door.ts'
import { ageOf, askEveryMs, askReaderEveryMs } from '#app/state/model/door/sighting.ts'
import { doorHere, tabHere } from '#app/state/app/app-state.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { readHistory } from '#app/state/update/update-history.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'

type PageActions =
  | 'ticked'
  | 'tabChosen'
  | 'newVersionFound'
  | 'newVersionUsed'
  | 'newVersionPutOff'

export const pageHandlers: Handlers<PageActions> = {
  ticked: (state, { nowMs }) => {
    const after = { ...state, nowMs }
    if (isHubDue(after)) {
      return step({ ...after, sessionAskedAtMs: nowMs }, { type: 'readSession' })
    }
    return isAnswerDue(after) && after.here !== null ? askDoor(after, after.here) : step(after)
  },
  tabChosen: (state, { tab }) => openPage({ ...state, tab }),
  newVersionFound: (state) => step({ ...state, newVersion: 'offered' }),
  newVersionUsed: (state) => step(state, { type: 'useNewVersion' }),
  newVersionPutOff: (state) => step({ ...state, newVersion: 'later' }),
}

const hubAgainAfterMs = 5_000

/** A hub that does not answer is tried again for as long as somebody looks at a door. */
function isHubDue(state: AppState): boolean {
  if (state.stage !== 'doors' || state.hubReached || !state.visible || !state.online) return false
  return state.nowMs - state.sessionAskedAtMs >= hubAgainAfterMs
}

/** While the door is on the screen it is asked again before the answer grows stale. */
function isAnswerDue(state: AppState): boolean {
  const door = doorHere(state)
  if (door === null || !state.visible || !state.hubReached) return false
  const learns = isLearning(state)
  const onScreen =
    learns || state.stage === 'wizard' || (state.stage === 'doors' && tabHere(state) === 'door')
  if (!onScreen || door.operation !== null || !door.linked) return false
  const answerAgeMs = door.sighting === null ? Infinity : ageOf(door.sighting, state.nowMs)
  const everyMs = learns ? askReaderEveryMs : askEveryMs
  return Math.min(answerAgeMs, state.nowMs - door.askedAtMs) >= everyMs
}

/** Somebody stands at the reader, or has just been there. */
function isLearning({ access: { step: now, aside } }: AppState): boolean {
  return aside !== null || (now.kind === 'review' && now.step.kind === 'reader')
}

/** What a page needs when it is opened, by a tap or because the app begins with it. */
export function openPage(state: AppState): Step {
  const { here } = state
  if (state.stage !== 'doors' || here === null) return step(state)
  switch (tabHere(state)) {
    case 'door':
      return askDoor(state, here)
    case 'access':
      return readPeople(state)
    case 'history':
      return readHistory(state)
    case 'settings':
      return step(state, { type: 'readAccount' }, { type: 'checkHub' })
  }
}
