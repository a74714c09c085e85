import { BoltControl } from '#app/design/bolt-control.tsx'
import { Button } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type { WizardCallbacks, WizardView } from '#app/state/model/wizard/wizard-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** Once each way, so that the first evening at the door is not the first try. */
export function TestStep({ view, on }: { view: WizardView; on: WizardCallbacks }) {
  const { t } = useWords()
  const { test } = view
  if (test === null) return null
  const done = test.lockedOnce && test.unlockedOnce
  const locked = (
    <Test key="lock" done={test.lockedOnce}>
      {t.wizard.testLocked}
    </Test>
  )
  const unlocked = (
    <Test key="unlock" done={test.unlockedOnce}>
      {t.wizard.testUnlocked}
    </Test>
  )
  return (
    <div class="welcome-step">
      <PageTitle>{done ? t.wizard.testDone : t.wizard.testTitle}</PageTitle>
      {!done && <p class="welcome-lead">{t.wizard.testNote}</p>}
      <div class="tests">{test.first === 'lock' ? [locked, unlocked] : [unlocked, locked]}</div>
      <div class="welcome-rest" />
      {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
      <BoltControl
        picture={test.bolt}
        verbs={test.verbs}
        busy={test.busy}
        onVerb={on.onTest}
        verbWord={(verb) => t.door.verbs[verb]}
        verbLabel={(verb) => t.door.controlLabel(t.door.verbs[verb], view.doorName)}
        restingText={
          test.proving
            ? t.door.waitingFor.proving
            : test.busy
              ? t.door.waitingFor.locking
              : t.door.headlines.asking
        }
      />
      <Button kind={done ? 'primary' : 'plain'} wide onClick={on.onFinish}>
        {done ? t.wizard.finish : t.wizard.finishLater}
      </Button>
    </div>
  )
}

function Test({ done, children }: { done: boolean; children: string }) {
  return (
    <p class={classNames('test', done && 'test-done')} role="status">
      <span class="test-box">{done && <Icon name="check" small />}</span>
      {children}
    </p>
  )
}
