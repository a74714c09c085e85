import { Choices } from '#app/design/field.tsx'
import { PersonForm } from '#app/screens/access/person-form.tsx'
import { DelegationFields } from '#app/screens/access/delegation-fields.tsx'
import { PersonRulesFields } from '#app/screens/access/person-rules-fields.tsx'
import { Meaning, VisitTimes } from '#app/screens/access/visit-form.tsx'
import type { AccessCallbacks, EditFormView } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface EditFormProps {
  readonly form: EditFormView
  readonly nowMs: number
  readonly on: AccessCallbacks
}

const switches = ['on', 'off'] as const

/** What stands in the list about somebody, to be changed and looked at before it is signed. */
export function EditForm({ form, nowMs, on }: EditFormProps) {
  const { t } = useWords()
  return (
    <PersonForm
      label={t.access.editNameLabel}
      name={form.name}
      problem={form.problem}
      flaw={form.flaw}
      onName={(name) => on.onEditForm({ name })}
      onReview={on.onReviewEdit}
    >
      {!form.nameOnly && form.roles.length > 1 && (
        <Choices
          label={t.access.roleLabel}
          value={form.role}
          options={form.roles.map((role) => ({ value: role, label: t.access.roles[role] }))}
          onChoose={(role) => on.onEditForm({ role })}
        />
      )}
      {!form.nameOnly && form.timed && (
        <VisitTimes form={form} label={t.access.whenLabel} onChange={on.onEditForm} />
      )}
      {!form.nameOnly && form.role === 'manager' && (
        <DelegationFields form={form} onChange={on.onEditForm} />
      )}
      <PersonRulesFields form={form} onChange={on.onEditForm} />
      {!form.nameOnly && (
        <Choices
          label={t.access.accessLabel}
          value={form.enabled ? 'on' : 'off'}
          options={switches.map((value) => ({ value, label: t.access.accessChoices[value] }))}
          onChoose={(value) => on.onEditForm({ enabled: value === 'on' })}
        />
      )}
      {!form.nameOnly && <Meaning form={form} nowMs={nowMs} />}
    </PersonForm>
  )
}
