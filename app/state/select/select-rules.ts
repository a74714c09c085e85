import type { AccessStep, PeopleReading } from '#app/state/model/access/access-state.ts'
import { judgeHoliday } from '#app/state/model/access/holiday-form.ts'
import { judgeRule, ruleFields, ruleOptions } from '#app/state/model/access/rule-form.ts'
import type { NamedFlaw } from '@mortise/keyholder'
import type { RulesSheet, RulesView } from '#app/state/model/access/rules-view.ts'

/** The rules of the door as the lock signed them. */
export function rulesOf(reading: PeopleReading, isInForce: boolean): RulesView {
  const { settings, holidays, yourRole } = reading
  return {
    settings,
    holidays: holidays.toSorted((one, other) => one.startLocalMinute - other.startLocalMinute),
    // The lock decides; this only spares people the way to a refusal (docs/decisions/0019).
    mayChange: isInForce && yourRole === 'owner',
  }
}

type RulesStep = Extract<
  AccessStep,
  { readonly kind: 'list' | 'rules' | 'holidays' | 'rule' | 'holiday' }
>

/** The sheet that is open over the list, where it is about rules. */
export function rulesSheet(
  now: RulesStep,
  reading: PeopleReading,
  { rules, flaw }: { readonly rules: RulesView; readonly flaw: NamedFlaw | null },
  phoneZone: string,
): RulesSheet | null {
  switch (now.kind) {
    case 'list':
      return null
    case 'rules':
    case 'holidays':
      return { kind: now.kind, rules }
    case 'rule': {
      const { form } = now
      const problem = form.tried ? judgeRule(form).problem : null
      const options = ruleOptions(form.setting, reading.settings)
      const field = ruleFields[form.setting]
      return { kind: 'rule', form: { ...form, field, options, phoneZone, problem, flaw } }
    }
    case 'holiday': {
      const { form } = now
      const problem = form.tried ? judgeHoliday(form, reading.holidays).problem : null
      return { kind: 'holiday', form: { ...form, problem, flaw } }
    }
  }
}
