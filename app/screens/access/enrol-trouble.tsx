import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import type { Trouble } from '#app/state/model/trouble.ts'
import { useWords } from '#app/texts/words-context.ts'

/** What went wrong with a finger or a face, as precisely as it can be said. */
export function EnrolTrouble({ trouble }: { trouble: Trouble }) {
  const { t } = useWords()
  const text = t.access.enrol.troubles[trouble]
  if (text === undefined) return <TroubleNotice trouble={trouble} />
  return <Notice tone="bad" icon="refused" title={text.title} note={text.next} urgent />
}
