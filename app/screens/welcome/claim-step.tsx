import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type { ScanCodes } from '#app/screens/welcome/scanner.tsx'
import { Scanner } from '#app/screens/welcome/scanner.tsx'
import type { WizardCallbacks, WizardView } from '#app/state/model/wizard/wizard-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface ClaimStepProps {
  readonly view: WizardView
  readonly on: WizardCallbacks
  readonly scan: ScanCodes
}

export function ClaimStep({ view, on, scan }: ClaimStepProps) {
  const { t } = useWords()
  return (
    <div class="welcome-step">
      <PageTitle>{t.wizard.claimTitle}</PageTitle>
      <ol class="numbered">
        <li>
          <div class="numbered-body">
            <h2>{t.wizard.claimPress}</h2>
            <p class="quiet">{t.wizard.claimPressNote}</p>
          </div>
        </li>
        <li>
          <div class="numbered-body">
            <h2>{view.scanner === 'none' ? t.wizard.claimPaste : t.wizard.claimScan}</h2>
            <SetupText view={view} on={on} scan={scan} />
          </div>
        </li>
      </ol>
      <div class="welcome-rest" />
      {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
      <Button
        kind="primary"
        icon="lock"
        wide
        working={view.working !== null}
        disabled={view.setup.kind !== 'good'}
        onClick={on.onClaim}
      >
        {claimWord(view, t.wizard)}
      </Button>
    </div>
  )
}

function claimWord(view: WizardView, t: ReturnType<typeof useWords>['t']['wizard']): string {
  if (view.working === 'proving') return t.proving
  return view.working === 'asking' ? t.claimWaiting : t.claim
}

/** The camera where the browser reads codes, and always a field to paste into. */
function SetupText({ view, on, scan }: ClaimStepProps) {
  const { t } = useWords()
  if (view.scanner === 'running') {
    return (
      <>
        <Scanner
          scan={scan}
          label={t.wizard.scanning}
          onText={on.onScanned}
          onDenied={on.onScanDenied}
        />
        <Button wide onClick={on.onStopScan}>
          {t.wizard.stopScan}
        </Button>
      </>
    )
  }
  return (
    <>
      {view.scanner === 'offered' && (
        <Button icon="camera" wide onClick={on.onScan}>
          {t.wizard.claimScan}
        </Button>
      )}
      {view.scanner === 'denied' && <TroubleNotice trouble="noCamera" />}
      <Field
        label={view.scanner === 'none' ? t.wizard.pasteLabel : t.wizard.claimPaste}
        rows
        placeholder={t.wizard.pastePlaceholder}
        value={view.setupText}
        onInput={on.onSetupText}
        problem={view.setup.kind === 'wrong' ? t.wizard.pasteWrong : undefined}
      />
      {view.setup.kind === 'good' && (
        <Notice
          tone="good"
          icon="check"
          title={t.wizard.pasteGood(view.setup.lockId.slice(0, 8))}
        />
      )}
    </>
  )
}
