import { Button } from '#app/design/button.tsx'
import { Choices, Field, Problem } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { isOfName, VisitTimes } from '#app/screens/access/visit-form.tsx'
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
  const problem = form.problem === null ? undefined : t.access.problems[form.problem]
  const ofName = isOfName(form.problem)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        on.onReviewInvite()
      }}
    >
      <Field
        label={t.invitation.nameLabel}
        placeholder={t.invitation.namePlaceholder}
        value={form.name}
        onInput={(name) => on.onInviteForm({ name })}
        problem={ofName ? problem : undefined}
      />
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
        <VisitTimes
          form={form}
          presets={form.presets}
          label={t.invitation.whenLabel}
          nowMs={nowMs}
          onChange={on.onInviteForm}
        />
      )}
      <Problem text={ofName ? undefined : problem} />
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </form>
  )
}
