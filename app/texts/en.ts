import { doorTexts } from '#app/texts/en/door.ts'
import { troubles } from '#app/texts/en/troubles.ts'

/** English: what the door's page needs. */
const core = {
  appName: 'Mortise',
  tabs: { door: 'Door', access: 'Access', history: 'History', settings: 'Settings' },
  tabsLabel: 'Pages',
  close: 'Close',
  back: 'Back',
  loading: 'One moment',
  starting: 'Opening',
  unreachableTitle: 'Nobody answers.',
  retry: 'Try again',
  newVersion: {
    ready: 'A new version of the app is ready.',
    use: 'Use it',
    later: 'Later',
  },
  troubles,
  /** Until the words for a reason of the lock are here. */
  refused: { title: 'The lock did not do it.', next: 'One moment, the reason is coming.' },
  door: doorTexts,
} as const

/** A language: what is there at once, and what comes with the page that needs it. */
export const english = {
  core,
  sections: {
    refusals: async () => (await import('#app/texts/en/refusals.ts')).refusalText,
    alarmAdvice: async () => (await import('#app/texts/en/alarms.ts')).alarmAdvice,
    access: async () => (await import('#app/texts/en/access.ts')).accessTexts,
    history: async () => (await import('#app/texts/en/history.ts')).historyTexts,
    settings: async () => (await import('#app/texts/en/settings.ts')).settingsTexts,
    invitation: async () => (await import('#app/texts/en/invitation.ts')).invitationTexts,
    mode: async () => (await import('#app/texts/en/mode.ts')).modeTexts,
    wizard: async () => (await import('#app/texts/en/wizard.ts')).wizardTexts,
  },
} as const
