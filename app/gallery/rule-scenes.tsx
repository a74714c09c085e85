import type { DoorSetting, DoorSettings } from '@mortise/access'
import { accessBase, review } from '#app/gallery/access-scenes.tsx'
import { plainSettings, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { AccessScreen } from '#app/screens/access/access.tsx'
import type { AccessSheet } from '#app/state/model/access/access-view.ts'
import { ruleFields, ruleFormOf, ruleOptions } from '#app/state/model/access/rule-form.ts'
import type { RuleFormView, RulesView } from '#app/state/model/access/rules-view.ts'

const settings: DoorSettings = {
  ...plainSettings,
  autoRelockTime: 90,
  quietHours: { schedules: plainSettings.nightHours, roles: ['guest', 'resident'] },
}

const day = (text: string): number => Date.parse(`${text}T00:00Z`) / 60_000
const christmas = {
  name: 'Christmas',
  startLocalMinute: day('2025-12-24'),
  endLocalMinute: day('2025-12-27') - 1,
}
const holidays = [
  christmas,
  {
    name: 'Summer holidays',
    startLocalMinute: day('2026-07-30'),
    endLocalMinute: day('2026-09-12') - 1,
    operatingMode: 'vacation',
  },
] as const

const rules: RulesView = { settings, holidays, mayChange: true }
const form = (setting: DoorSetting, change: Partial<RuleFormView> = {}): AccessSheet => ({
  kind: 'rule',
  form: {
    ...ruleFormOf(setting, settings),
    field: ruleFields[setting],
    options: ruleOptions(setting, settings),
    phoneZone: 'Asia/Tokyo',
    problem: null,
    flaw: null,
    ...change,
  },
})
const holiday = {
  name: '',
  first: '2025-11-06',
  last: '2025-11-06',
  mode: 'asUsual',
  flaw: null,
} as const

const sheets: Readonly<Record<string, AccessSheet | null>> = {
  section: null,
  list: { kind: 'rules', rules },
  'list-others': { kind: 'rules', rules: { ...rules, mayChange: false } },
  'auto-relock': form('autoRelockTime'),
  'quiet-hours': form('quietHours'),
  'quiet-hours-wrong': form('quietHours', { roles: [], problem: 'rolesMissing' }),
  'no-passage': form('passageSchedules'),
  name: form('doorName', { text: '', problem: 'nameMissing' }),
  'time-zone': form('timeZone', { text: 'Europe/Atlantis', problem: 'zoneUnknown' }),
  holidays: { kind: 'holidays', rules },
  'no-holidays': { kind: 'holidays', rules: { ...rules, holidays: [] } },
  holiday: { kind: 'holiday', form: { ...holiday, tried: true, problem: 'nameMissing' } },
  'holiday-flaw': {
    kind: 'holiday',
    form: {
      ...holiday,
      name: 'Fair',
      mode: 'vacation',
      tried: false,
      problem: null,
      flaw: { flaw: 'holidaysDisagree', holidays: ['Christmas', 'Fair'] },
    },
  },
  review: review({ kind: 'ready' }, [
    { kind: 'setting', setting: 'quietHours', before: plainSettings, after: settings },
    { kind: 'setting', setting: 'autoRelockTime', before: plainSettings, after: settings },
  ]),
  'review-holiday': review({ kind: 'ready' }, [
    { kind: 'holiday', added: true, holiday: { ...christmas, operatingMode: 'vacation' } },
  ]),
}

export const ruleScenes: Scenes = Object.fromEntries(
  Object.entries(sheets).map(([name, sheet]) => [
    `rules/${name}`,
    {
      tab: 'access',
      draw: () => <AccessScreen view={{ ...accessBase, rules, sheet }} on={silent()} />,
    },
  ]),
)
