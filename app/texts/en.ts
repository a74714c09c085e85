import { accessTexts } from '#app/texts/en/access.ts'
import { doorTexts } from '#app/texts/en/door.ts'
import { historyTexts } from '#app/texts/en/history.ts'
import { settingsTexts } from '#app/texts/en/settings.ts'
import { troubles } from '#app/texts/en/troubles.ts'
import { wizardTexts } from '#app/texts/en/wizard.ts'

/** English. The type of this object is what another language has to provide. */
export const en = {
  appName: 'Mortise',
  tabs: { door: 'Door', access: 'Access', history: 'History', settings: 'Settings' },
  tabsLabel: 'Pages',
  close: 'Close',
  back: 'Back',
  loading: 'One moment',
  troubles,
  door: doorTexts,
  access: accessTexts,
  history: historyTexts,
  wizard: wizardTexts,
  settings: settingsTexts,
} as const
