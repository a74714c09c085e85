import { useContext, useEffect, useState } from 'preact/hooks'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { TroubleText } from '#app/texts/en/troubles.ts'
import { LoadTextsContext, useWords } from '#app/texts/words-context.ts'

/** The words for a trouble; those for the lock's reasons are fetched when they are not here yet. */
export function useTroubleText(trouble: Trouble): TroubleText {
  const { t } = useWords()
  const loadTexts = useContext(LoadTextsContext)
  const [, setLoaded] = useState(false)
  useEffect(() => {
    // Without them the stand-in stays, which is true as well.
    loadTexts('refusals').then(
      () => setLoaded(true),
      () => undefined,
    )
  }, [loadTexts])
  return t.troubleText(trouble)
}
