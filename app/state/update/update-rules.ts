import { changedSettings } from '@mortise/access'
import { holidayFormOf, judgeHoliday } from '#app/state/model/access/holiday-form.ts'
import { judgeRule, ruleFormOf } from '#app/state/model/access/rule-form.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { propose, withStep } from '#app/state/update/update-access.ts'

type RulesActions =
  | 'rulesOpened'
  | 'ruleOpened'
  | 'ruleFormChanged'
  | 'ruleReviewPressed'
  | 'holidaysOpened'
  | 'addHolidayPressed'
  | 'holidayFormChanged'
  | 'holidayReviewPressed'
  | 'removeHolidayPressed'

export const rulesHandlers: Handlers<RulesActions> = {
  rulesOpened: (state) => step(withStep(state, { kind: 'rules' })),
  ruleOpened: (state, { setting }) => {
    const { reading } = state.access
    if (reading === null) return step(state)
    return step(withStep(state, { kind: 'rule', form: ruleFormOf(setting, reading.settings) }))
  },
  ruleFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'rule') return step(state)
    return step(withStep(state, { ...now, form: { ...now.form, ...change } }))
  },
  ruleReviewPressed: (state) => reviewRule(state),
  holidaysOpened: (state) => step(withStep(state, { kind: 'holidays' })),
  addHolidayPressed: (state) => {
    const { reading } = state.access
    if (reading === null) return step(state)
    const form = holidayFormOf(state.nowMs, reading.timeZone)
    return step(withStep(state, { kind: 'holiday', form }))
  },
  holidayFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'holiday') return step(state)
    return step(withStep(state, { ...now, form: { ...now.form, ...change } }))
  },
  holidayReviewPressed: (state) => reviewHoliday(state),
  removeHolidayPressed: (state, { holiday }) => propose(state, { kind: 'removeHoliday', holiday }),
}

function reviewRule(state: AppState): Step {
  const { step: now, reading } = state.access
  if (now.kind !== 'rule' || reading === null) return step(state)
  const { changes, problem } = judgeRule(now.form)
  if (problem !== null) return step(withStep(state, { ...now, form: { ...now.form, tried: true } }))
  const { settings } = reading
  // Nothing to sign: a signature is not asked for nothing.
  if (changedSettings(settings, { ...settings, ...changes }).length === 0) {
    return step(withStep(state, { kind: 'rules' }))
  }
  return propose(state, { kind: 'changeSettings', changes })
}

function reviewHoliday(state: AppState): Step {
  const { step: now, reading } = state.access
  if (now.kind !== 'holiday' || reading === null) return step(state)
  const { holiday, problem } = judgeHoliday(now.form, reading.holidays)
  if (problem !== null) return step(withStep(state, { ...now, form: { ...now.form, tried: true } }))
  return propose(state, { kind: 'addHoliday', holiday })
}
