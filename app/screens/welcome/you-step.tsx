import { Bolt } from '#app/design/bolt.tsx'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type { WizardCallbacks, WizardView } from '#app/state/model/wizard/wizard-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import { useWords } from '#app/texts/words-context.ts'

/** After these, the link is of no use, and signing in may be. */
const linkTroubles: readonly Trouble[] = ['setupLinkSpent', 'setupOver']

export function YouStep({ view, on }: { view: WizardView; on: WizardCallbacks }) {
  const { t } = useWords()
  const leadsNowhere = view.trouble !== null && linkTroubles.includes(view.trouble)
  return (
    <Form class="welcome-step" onSubmit={on.onCreatePasskey}>
      <div class="emblem">
        <Bolt
          pose="thrown"
          ghost={false}
          leaf="closed"
          jammed={false}
          caught={false}
          light="none"
        />
      </div>
      <PageTitle>{t.wizard.welcome}</PageTitle>
      <p class="welcome-lead">{t.wizard.welcomeNote}</p>
      <div class="welcome-rest" />
      <Field
        label={t.wizard.nameLabel}
        hint={t.wizard.nameHint}
        value={view.personName}
        onInput={on.onPersonName}
        autoComplete="name"
        maxLength={64}
      />
      {view.trouble !== null && (
        <TroubleNotice trouble={view.trouble}>
          {leadsNowhere && <Button onClick={on.onSignInInstead}>{t.wizard.signInInstead}</Button>}
        </TroubleNotice>
      )}
      <Button
        kind="primary"
        icon="passkey"
        wide
        submit
        working={view.working !== null}
        disabled={view.personName.trim() === '' || leadsNowhere}
      >
        {view.working === 'proving' ? t.wizard.proving : t.wizard.createPasskey}
      </Button>
      <p class="field-hint">{t.wizard.createPasskeyNote}</p>
    </Form>
  )
}
