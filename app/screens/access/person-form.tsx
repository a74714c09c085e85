import type { NamedFlaw } from '@mortise/keyholder'
import type { ComponentChildren } from 'preact'
import { Button } from '#app/design/button.tsx'
import { Field, Problem } from '#app/design/field.tsx'
import type { VisitProblem } from '#app/state/model/access/access-view.ts'
import { flawWords } from '#app/texts/flaw-words.ts'
import { useWords } from '#app/texts/words-context.ts'

const nameProblems: readonly VisitProblem[] = ['nameMissing', 'nameTooLong', 'nameTaken']

interface PersonFormProps {
  readonly label: string
  readonly placeholder?: string
  readonly name: string
  readonly problem: VisitProblem | null
  readonly flaw: NamedFlaw | null
  readonly onName: (name: string) => void
  readonly onReview: () => void
  /** What is asked beside the name. */
  readonly children: ComponentChildren
}

/** A form about one person: the name first, a problem where it belongs, and the way to the review. */
export function PersonForm(props: PersonFormProps) {
  const { label, placeholder, name, problem, flaw, onName, onReview, children } = props
  const words = useWords()
  const { t } = words
  const text = problem === null ? undefined : t.access.problems[problem]
  const ofName = problem !== null && nameProblems.includes(problem)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onReview()
      }}
    >
      <Field
        label={label}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={name}
        onInput={onName}
        problem={ofName ? text : undefined}
      />
      {children}
      <Problem text={ofName ? undefined : (text ?? flawWords(flaw, words))} />
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </form>
  )
}
