import { Choices } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { PersonForm } from '#app/screens/access/person-form.tsx'
import { PersonRulesFields } from '#app/screens/access/person-rules-fields.tsx'
import { Meaning, VisitTimes } from '#app/screens/access/visit-form.tsx'
import type { AccessCallbacks, InviteFormView } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface InviteFormProps {
  readonly form: InviteFormView
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** Who, as what, and for guests when. The link is made once the lock has signed. */
export function InviteForm({ form, nowMs, on }: InviteFormProps) {
  const { t } = useWords()
  return (
    <PersonForm
      label={t.invitation.nameLabel}
      placeholder={t.invitation.namePlaceholder}
      name={form.name}
      problem={form.problem}
      flaw={form.flaw}
      onName={(name) => on.onInviteForm({ name })}
      onReview={on.onReviewInvite}
    >
      <div class="stack-tight">
        {form.roles.length > 1 && (
          <Choices
            label={t.invitation.roleLabel}
            value={form.role}
            options={form.roles.map((role) => ({ value: role, label: t.access.roles[role] }))}
            onChoose={(role) => on.onInviteForm({ role })}
          />
        )}
        {form.role === 'owner' ? (
          <Notice tone="warm" icon="button" title={t.invitation.ownerFirst} />
        ) : (
          <p class="field-hint">{t.invitation.inviteRoleNotes[form.role]}</p>
        )}
      </div>
      {form.role === 'guest' && (
        <VisitTimes form={form} label={t.invitation.whenLabel} onChange={on.onInviteForm} />
      )}
      <PersonRulesFields form={form} onChange={on.onInviteForm} />
      {form.role === 'guest' && <Meaning form={form} nowMs={nowMs} />}
    </PersonForm>
  )
}
