import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import type { ScanCodes } from '#app/screens/welcome/scanner.tsx'
import { WelcomeScreen } from '#app/screens/welcome/welcome.tsx'
import { selectWizard } from '#app/state/select/select-wizard.ts'
import type { WizardCallbacks } from '#app/state/model/wizard/wizard-view.ts'

function wizardCallbacks(dispatch: Dispatch): WizardCallbacks {
  return {
    onPersonName: (name) => dispatch({ type: 'personNameTyped', name }),
    onCreatePasskey: () => dispatch({ type: 'createPasskeyPressed' }),
    onSignInInstead: () => dispatch({ type: 'signInInsteadPressed' }),
    onSetupText: (text) => dispatch({ type: 'setupTextTyped', text }),
    onScan: () => dispatch({ type: 'scanPressed' }),
    onStopScan: () => dispatch({ type: 'scanStopped' }),
    onScanned: (text) => dispatch({ type: 'setupTextTyped', text }),
    onScanDenied: () => dispatch({ type: 'scanDenied' }),
    onClaim: () => dispatch({ type: 'claimPressed' }),
    onDoorName: (name) => dispatch({ type: 'doorNameTyped', name }),
    onPaint: (lockId, paint) => dispatch({ type: 'paintChosen', lockId, paint }),
    onNameDone: () => dispatch({ type: 'nameDonePressed' }),
    onTest: (verb) => dispatch({ type: 'verbPressed', verb }),
    onFinish: () => dispatch({ type: 'finishPressed' }),
    onCancel: () => dispatch({ type: 'wizardCancelled' }),
  }
}

export function WelcomePage(props: PageProps & { readonly scan: ScanCodes }) {
  const { state, dispatch, scan } = props
  const view = selectWizard(state)
  if (view === null) return null
  return <WelcomeScreen view={view} on={wizardCallbacks(dispatch)} scan={scan} />
}
