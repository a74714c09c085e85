import { useContext, useEffect, useState } from 'preact/hooks'
import type { AlarmCode } from '@mortise/protocol/words'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { TroubleText } from '#app/texts/en/troubles.ts'
import type { SectionName } from '#app/texts/texts.ts'
import { LoadTextsContext, useWords } from '#app/texts/words-context.ts'

/** The words for a trouble; those for the lock's reasons are fetched when they are not here yet. */
export function useTroubleText(trouble: Trouble): TroubleText {
  const { t } = useWords()
  useSection('refusals')
  return t.troubleText(trouble)
}

/** What to do about an alarm; undefined until those words are here. */
export function useAlarmNote(alarm: AlarmCode): string | undefined {
  const { t } = useWords()
  useSection('alarmAdvice')
  return t.alarmNote(alarm)
}

/** Fetches words that the first screen does without, and draws again with them. */
function useSection(name: SectionName): void {
  const loadTexts = useContext(LoadTextsContext)
  const [, setLoaded] = useState(false)
  useEffect(() => {
    // Without them the stand-in stays, which is true as well.
    loadTexts(name).then(
      () => setLoaded(true),
      () => undefined,
    )
  }, [loadTexts, name])
}
