import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import { HistoryScreen } from '#app/screens/history/history.tsx'
import type { HistoryCallbacks } from '#app/state/model/history/history-view.ts'
import { selectHistory } from '#app/state/select/select-history.ts'
import { useWords } from '#app/texts/words-context.ts'

function historyCallbacks(dispatch: Dispatch): HistoryCallbacks {
  return {
    onKind: (kind) => dispatch({ type: 'kindChosen', kind }),
    onWho: (who) => dispatch({ type: 'whoChosen', who }),
    onMore: () => dispatch({ type: 'morePressed' }),
    onOpenCheck: () => dispatch({ type: 'checkOpened' }),
    onCloseCheck: () => dispatch({ type: 'checkClosed' }),
    onCheckAgain: () => dispatch({ type: 'checkAgainPressed' }),
  }
}

export function HistoryPage({ state, dispatch }: PageProps) {
  const { f } = useWords()
  const view = selectHistory(state, f.timeZone)
  return view === null ? null : <HistoryScreen view={view} on={historyCallbacks(dispatch)} />
}
