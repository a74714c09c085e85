import '#app/screens/welcome/welcome.css'
import { Bolt } from '#app/design/bolt.tsx'
import { Button } from '#app/design/button.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type { SignInView } from '#app/state/model/session/session-view.ts'
import { useWords } from '#app/texts/words-context.ts'

export function SignInScreen({ view, onSignIn }: { view: SignInView; onSignIn: () => void }) {
  const { t } = useWords()
  return (
    <main class="page welcome" data-paint="pine">
      <div class="welcome-step">
        <div class="welcome-rest" />
        <div class="emblem">
          <Bolt
            pose="drawn"
            ghost={false}
            leaf="closed"
            jammed={false}
            caught={false}
            light="slit"
          />
        </div>
        <PageTitle>{t.wizard.signInTitle}</PageTitle>
        <p class="welcome-lead">{t.wizard.signInNote}</p>
        <div class="welcome-rest" />
        {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
        <Button kind="primary" icon="passkey" wide working={view.working} onClick={onSignIn}>
          {view.working ? t.wizard.proving : t.wizard.signIn}
        </Button>
        {view.trouble !== 'setupOver' && <p class="field-hint">{t.wizard.noSetup}</p>}
        <p class="field-hint">{t.wizard.signInHub(view.hubHost)}</p>
      </div>
    </main>
  )
}
