import type { NamedFlaw } from '@mortise/keyholder'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#app/design/button.tsx'
import { Field, Problem } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { problemPlaces } from '#app/screens/access/problem-places.ts'
import type { ProblemPlace } from '#app/screens/access/problem-places.ts'
import type { VisitProblem } from '#app/state/model/access/access-view.ts'
import { flawWords } from '#app/texts/flaw-words.ts'
import { useWords } from '#app/texts/words-context.ts'

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
  const problemAt = useProblemAt(problem)
  const { form, tried } = useWayToProblem()
  return (
    <Form
      formRef={form}
      onSubmit={() => {
        onReview()
        tried()
      }}
    >
      <Field
        label={label}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={name}
        onInput={onName}
        problem={problemAt('name')}
      />
      {children}
      <Problem
        text={problemAt('form') ?? (problem === null ? flawWords(flaw, words) : undefined)}
      />
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </Form>
  )
}

/** The words for a problem, for the field that it is about. */
export function useProblemAt(
  problem: VisitProblem | null,
): (place: ProblemPlace) => string | undefined {
  const { t } = useWords()
  return (place) =>
    problem !== null && problemPlaces[problem] === place ? t.access.problems[problem] : undefined
}

/** After a try that failed, the field that it failed for is brought into view and takes the focus. */
function useWayToProblem() {
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (tries === 0) return
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const told = form.current?.querySelector<HTMLElement>('.field-problem:not(:empty)')
    if (invalid) invalid.focus()
    else told?.scrollIntoView({ block: 'center' })
  }, [tries])
  return { form, tried: () => setTries((count) => count + 1) }
}
