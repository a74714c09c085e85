import '#app/screens/welcome/welcome.css'
import { Bolt } from '#app/design/bolt.tsx'
import { Button } from '#app/design/button.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type { Trouble } from '#app/state/model/trouble.ts'
import { useWords } from '#app/texts/words-context.ts'

interface StartProps {
  /** `null` while the app is still asking. */
  readonly trouble: Trouble | null
  readonly onRetry: () => void
}

/** Nothing is known of any door: an outline, and what can be done. */
export function StartScreen({ trouble, onRetry }: StartProps) {
  const { t } = useWords()
  return (
    <main class="page welcome" data-paint="slate" aria-busy={trouble === null}>
      <div class="welcome-step">
        <div class="welcome-rest" />
        <div class="emblem">
          <Bolt pose="between" ghost leaf="closed" jammed={false} caught={false} light="none" />
        </div>
        {trouble !== null ? (
          <>
            <PageTitle>{t.unreachableTitle}</PageTitle>
            <p class="welcome-lead">{`${t.troubleText(trouble).title} ${t.troubleText(trouble).next}`}</p>
          </>
        ) : (
          <p class="unseen" role="status">
            {t.starting}
          </p>
        )}
        <div class="welcome-rest" />
        {trouble !== null && (
          <Button kind="primary" icon="refresh" wide onClick={onRetry}>
            {t.retry}
          </Button>
        )}
      </div>
    </main>
  )
}
