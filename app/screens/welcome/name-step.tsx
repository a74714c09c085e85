import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import { PaintChoices } from '#app/design/paint-choices.tsx'
import type { WizardCallbacks, WizardView } from '#app/state/model/wizard/wizard-view.ts'
import { useWords } from '#app/texts/words-context.ts'

export function NameStep({ view, on }: { view: WizardView; on: WizardCallbacks }) {
  const { t } = useWords()
  return (
    <Form class="welcome-step" onSubmit={on.onNameDone}>
      <PageTitle>{t.wizard.nameTitle}</PageTitle>
      <Field
        label={t.wizard.doorNameLabel}
        value={view.doorName}
        onInput={on.onDoorName}
        maxLength={64}
      />
      <div class="ideas">
        {t.wizard.doorNameIdeas.map((idea) => (
          <Button key={idea} onClick={() => on.onDoorName(idea)}>
            {idea}
          </Button>
        ))}
      </div>
      <PaintChoices
        label={t.wizard.paintLabel}
        names={t.settings.paints}
        value={view.paint}
        onChoose={(paint) => {
          if (view.lockId !== null) on.onPaint(view.lockId, paint)
        }}
      />
      <div class="welcome-rest" />
      {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
      <Button
        kind="primary"
        wide
        submit
        working={view.working !== null}
        disabled={view.doorName.trim() === ''}
      >
        {view.working === 'proving'
          ? t.wizard.proving
          : view.working === 'asking'
            ? t.wizard.claimWaiting
            : t.wizard.keepName}
      </Button>
    </Form>
  )
}
