import type { OperatingMode, Verb } from '@mortise/protocol/words'
import type { Wish } from '#app/state/model/access/access-state.ts'
import type { VisitTerms } from '#app/state/model/access/visit-terms.ts'
import type { AcceptRequest } from '#app/state/app/ports.ts'
import type { Tab, Taste } from '#app/state/app/app-state.ts'
import type { WizardProgress } from '#app/state/model/wizard/wizard-state.ts'

/** What the state asks of the world; the ports answer with actions. */
export type Effect =
  | { readonly type: 'readSession' }
  | { readonly type: 'checkSetup'; readonly setupToken: string }
  | { readonly type: 'openLive' }
  | { readonly type: 'closeLive' }
  | { readonly type: 'signIn' }
  | { readonly type: 'signOut' }
  | { readonly type: 'makeAccount'; readonly name: string; readonly setupToken: string }
  | { readonly type: 'ask'; readonly lockId: string }
  | { readonly type: 'operate'; readonly lockId: string; readonly verb: Verb }
  | {
      readonly type: 'setMode'
      readonly lockId: string
      readonly mode: OperatingMode
      /** `null` is until somebody ends it. */
      readonly untilMs: number | null
    }
  | { readonly type: 'stopReset'; readonly lockId: string }
  | { readonly type: 'setBack'; readonly lockId: string }
  | { readonly type: 'readSetupText'; readonly text: string }
  | {
      readonly type: 'claim'
      readonly setupText: string
      readonly ownerName: string
      readonly doorName: string
    }
  | { readonly type: 'nameDoor'; readonly lockId: string; readonly name: string }
  | { readonly type: 'readPeople'; readonly lockId: string }
  | { readonly type: 'readWeek'; readonly lockId: string; readonly userId: string }
  | { readonly type: 'propose'; readonly lockId: string; readonly wish: Wish }
  /** Has the reader learn what was proposed. */
  | { readonly type: 'enrol'; readonly lockId: string }
  /** Makes the same wish on the list that is in force by now: the one that was proposed, or what a reader has learned. */
  | { readonly type: 'commit'; readonly lockId: string; readonly credentialId: string | null }
  | { readonly type: 'forgetWish'; readonly lockId: string }
  | { readonly type: 'copyCode'; readonly code: string }
  | {
      readonly type: 'shareCode'
      readonly code: string
      readonly doorName: string
      readonly timeZone: string
      readonly terms: VisitTerms
    }
  /** Leads the address along, so that the tab bar and "back" agree with the screen. */
  | { readonly type: 'showTab'; readonly tab: Tab }
  | { readonly type: 'copyLink'; readonly url: string }
  | { readonly type: 'shareText'; readonly text: string }
  | { readonly type: 'lookAtInvitation'; readonly text: string }
  | { readonly type: 'acceptInvitation'; readonly request: AcceptRequest }
  | { readonly type: 'enterInvited' }
  | { readonly type: 'startHistory'; readonly lockId: string }
  | { readonly type: 'moreHistory'; readonly lockId: string; readonly belowSequence: number }
  | { readonly type: 'readAccount' }
  | { readonly type: 'checkHub' }
  | { readonly type: 'endSession'; readonly sessionId: string }
  | { readonly type: 'saveTaste'; readonly taste: Taste }
  | { readonly type: 'saveProgress'; readonly progress: WizardProgress | null }
  | { readonly type: 'clearShelf' }
  | { readonly type: 'forgetLink' }
  | { readonly type: 'feel'; readonly what: 'settled' | 'refused' }
  | { readonly type: 'useNewVersion' }
