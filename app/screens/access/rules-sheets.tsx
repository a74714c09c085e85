import { Sheet } from '#app/design/sheet.tsx'
import { HolidayForm, Holidays } from '#app/screens/access/holidays.tsx'
import { RuleForm } from '#app/screens/access/rule-form.tsx'
import { RulesList } from '#app/screens/access/rules.tsx'
import type { AccessCallbacks } from '#app/state/model/access/access-view.ts'
import type { RulesSheet } from '#app/state/model/access/rules-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface RulesSheetsProps {
  readonly sheet: RulesSheet
  readonly on: AccessCallbacks
}

/** The sheets about the door itself. */
export function RulesSheets({ sheet, on }: RulesSheetsProps) {
  const { t } = useWords()
  switch (sheet.kind) {
    case 'rules':
      return (
        <Sheet title={t.access.rules.title} onClose={on.onCloseSheet}>
          <RulesList rules={sheet.rules} on={on} />
        </Sheet>
      )
    case 'rule':
      return (
        <Sheet title={t.access.rules.titles[sheet.form.setting]} onClose={on.onCloseSheet}>
          <RuleForm form={sheet.form} on={on} />
        </Sheet>
      )
    case 'holidays':
      return (
        <Sheet title={t.access.rules.holidays} onClose={on.onCloseSheet}>
          <Holidays rules={sheet.rules} on={on} />
        </Sheet>
      )
    case 'holiday':
      return (
        <Sheet title={t.access.rules.addHoliday} onClose={on.onCloseSheet}>
          <HolidayForm form={sheet.form} on={on} />
        </Sheet>
      )
  }
}
