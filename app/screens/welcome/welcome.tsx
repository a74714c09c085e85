import './welcome.css'
import { Button } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import { ClaimStep } from '#app/screens/welcome/claim-step.tsx'
import { NameStep } from '#app/screens/welcome/name-step.tsx'
import type { ScanCodes } from '#app/screens/welcome/scanner.tsx'
import { TestStep } from '#app/screens/welcome/test-step.tsx'
import { YouStep } from '#app/screens/welcome/you-step.tsx'
import type {
  WizardCallbacks,
  WizardStep,
  WizardView,
} from '#app/state/model/wizard/wizard-view.ts'
import { wizardSteps } from '#app/state/model/wizard/wizard-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface WelcomeProps {
  readonly view: WizardView
  readonly on: WizardCallbacks
  readonly scan: ScanCodes
}

/** From the setup link to a door that one has locked and unlocked once. */
export function WelcomeScreen({ view, on, scan }: WelcomeProps) {
  const { t } = useWords()
  const steps = wizardSteps.filter((step) => !view.further || step !== 'you')
  return (
    <main class="page welcome" data-paint={view.paint}>
      <Progress steps={steps} here={view.step} />
      <Step view={view} on={on} scan={scan} />
      {view.further && view.step === 'claim' && (
        <Button kind="plain" wide onClick={on.onCancel}>
          {t.wizard.cancel}
        </Button>
      )}
    </main>
  )
}

function Step({ view, on, scan }: WelcomeProps) {
  switch (view.step) {
    case 'you':
      return <YouStep view={view} on={on} />
    case 'claim':
      return <ClaimStep view={view} on={on} scan={scan} />
    case 'name':
      return <NameStep view={view} on={on} />
    case 'test':
      return <TestStep view={view} on={on} />
  }
}

function Progress({ steps, here }: { steps: readonly WizardStep[]; here: WizardStep }) {
  const { t, f } = useWords()
  const place = steps.indexOf(here)
  return (
    <ol class="steps" aria-label={t.wizard.progress(f.number(place + 1), f.number(steps.length))}>
      {steps.map((step, index) => (
        <li
          key={step}
          class={classNames('step', index < place && 'step-done', index === place && 'step-here')}
          {...(index === place ? { 'aria-current': 'step' } : {})}
        >
          {t.wizard.steps[step]}
        </li>
      ))}
    </ol>
  )
}
