import { doorSettings } from '@mortise/access'
import type { DoorSetting } from '@mortise/access'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Card, Mark, Row, Section } from '#app/design/list.tsx'
import type { RulesCallbacks, RulesView } from '#app/state/model/access/rules-view.ts'
import { choiceWords, ruleValue } from '#app/texts/rule-words.ts'
import { useWords } from '#app/texts/words-context.ts'
import type { Words } from '#app/texts/words-context.ts'

interface RulesProps {
  readonly rules: RulesView
  readonly on: RulesCallbacks
}

/** What holds for the door whoever comes: two rows that open more. */
export function DoorRules({ rules, on }: RulesProps) {
  const words = useWords()
  const { t, f } = words
  const count = rules.holidays.length
  return (
    <Section title={t.access.rules.section}>
      <Card>
        <Row
          mark={<Mark icon="settings" />}
          title={t.access.rules.title}
          note={summary(rules, words)}
          end={<Icon name="forward" small />}
          onClick={on.onOpenRules}
        />
        <Row
          mark={<Mark icon="history" />}
          title={t.access.rules.holidays}
          note={count === 0 ? t.access.rules.none : f.plural(count, t.access.rules.holidayCount)}
          end={<Icon name="forward" small />}
          onClick={on.onOpenHolidays}
        />
      </Card>
    </Section>
  )
}

/** What people ask about most. */
function summary({ settings }: RulesView, words: Words): string {
  const { rules } = words.t.access
  const relock =
    settings.autoRelockTime === 0
      ? rules.locksNever
      : rules.locksAfter(choiceWords('autoRelockTime', String(settings.autoRelockTime), words))
  if (settings.quietHours === null) return relock
  const quiet = ruleValue('quietHours', settings, words)
  return `${relock} · ${rules.changes(rules.titles.quietHours, quiet)}`
}

export const ruleIcons: Readonly<Record<DoorSetting, IconName>> = {
  doorName: 'door',
  timeZone: 'history',
  autoRelockTime: 'automatic',
  passageSchedules: 'door',
  doorAjarSeconds: 'alarm',
  unlatchSeconds: 'hand',
  quietHours: 'moon',
  nightHours: 'moon',
  faceRule: 'people',
  wrongCodeEntryLimit: 'keypad',
  userCodeTemporaryDisableTime: 'keypad',
  matterChannel: 'plug',
}

/** Every rule in plain words; owners open one to change it. */
export function RulesList({ rules, on }: RulesProps) {
  const words = useWords()
  const { t } = words
  return (
    <>
      <Card>
        <ul>
          {doorSettings.map((setting) => (
            <li key={setting}>
              <Row
                mark={<Mark icon={ruleIcons[setting]} />}
                title={t.access.rules.titles[setting]}
                note={ruleValue(setting, rules.settings, words)}
                {...(rules.mayChange
                  ? {
                      end: <Icon name="forward" small />,
                      onClick: () => on.onOpenRule(setting),
                    }
                  : {})}
              />
            </li>
          ))}
        </ul>
      </Card>
      {!rules.mayChange && <p class="field-hint">{t.access.rules.onlyOwners}</p>}
    </>
  )
}
