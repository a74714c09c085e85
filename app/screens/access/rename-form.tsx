import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import type { RenameCallbacks, RenameFormView } from '#app/state/model/access/rename.ts'
import { useWords } from '#app/texts/words-context.ts'

interface RenameFormProps {
  readonly form: RenameFormView
  readonly on: RenameCallbacks
}

/** What a way in is called; then the change is looked at and signed, as every other. */
export function RenameForm({ form, on }: RenameFormProps) {
  const { t } = useWords()
  return (
    <Form onSubmit={on.onReviewRename}>
      <Field
        label={t.access.renameLabel}
        value={form.name}
        onInput={on.onRenameForm}
        problem={form.problem === null ? undefined : t.access.enrol.problems[form.problem]}
      />
      <p class="field-hint">{t.access.renameNote}</p>
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </Form>
  )
}
