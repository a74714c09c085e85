import './history.css'
import { Button } from '#app/design/button.tsx'
import { Choices } from '#app/design/field.tsx'
import { Empty } from '#app/design/list.tsx'
import { Notice } from '#app/design/notice.tsx'
import { Page, PageTitle } from '#app/design/page.tsx'
import { CheckChip, CheckSheet } from '#app/screens/history/check.tsx'
import { HistoryList } from '#app/screens/history/history-list.tsx'
import type {
  HistoryCallbacks,
  HistoryKind,
  HistoryView,
} from '#app/state/model/history/history-view.ts'
import { useWords } from '#app/texts/words-context.ts'

const kinds: readonly HistoryKind[] = ['all', 'comings', 'refusals', 'alarms', 'changes']
/** The value of the choice that names nobody; no person's name is empty. */
const everybody = ''

/** Who came, how, and what was refused, with a mark that says what was checked. */
export function HistoryScreen({ view, on }: { view: HistoryView; on: HistoryCallbacks }) {
  const { t } = useWords()
  const filtered = view.kind !== 'all' || view.who !== null
  return (
    <Page>
      <div class="stack">
        <div class="page-head">
          <PageTitle>{t.history.title}</PageTitle>
          <CheckChip check={view.check} onOpen={on.onOpenCheck} />
        </div>
        {view.check.kind === 'broken' && (
          <Notice
            tone="loud"
            icon="sealBroken"
            title={t.history.broken}
            note={`${t.history.brokenWhy[view.check.why]} ${t.history.brokenNote}`}
            urgent
          />
        )}
        {view.keptAtMs !== null && <Kept readAtMs={view.keptAtMs} nowMs={view.nowMs} />}
        <Filters view={view} on={on} />
      </div>
      {view.items.length === 0 && !view.loading ? (
        <Nothing filtered={filtered} away={view.check.kind === 'offline'} />
      ) : (
        <HistoryList items={view.items} nowMs={view.nowMs} />
      )}
      {(view.more || view.loading) && (
        <Button wide working={view.loading} onClick={on.onMore}>
          {view.loading ? t.loading : t.history.more}
        </Button>
      )}
      {view.checkOpen && <CheckSheet check={view.check} on={on} />}
    </Page>
  )
}

/** From the phone's own shelf: how old it is, and that it was checked anew. */
function Kept({ readAtMs, nowMs }: { readAtMs: number; nowMs: number }) {
  const { t, f } = useWords()
  return (
    <Notice
      tone="fog"
      icon="offline"
      title={t.history.kept(f.age(Math.max(0, nowMs - readAtMs)))}
      note={t.history.keptNote}
    />
  )
}

/** Nothing that happened is not the same as nothing that could be read. */
function Nothing({ filtered, away }: { filtered: boolean; away: boolean }) {
  const { t } = useWords()
  if (away) {
    return <Empty icon="offline" title={t.history.emptyAway} note={t.history.emptyAwayNote} />
  }
  return (
    <Empty
      icon="history"
      title={filtered ? t.history.emptyFilter : t.history.empty}
      note={filtered ? t.history.emptyFilterNote : t.history.emptyNote}
    />
  )
}

function Filters({ view, on }: { view: HistoryView; on: HistoryCallbacks }) {
  const { t } = useWords()
  return (
    <div class="filters">
      <Choices
        label={t.history.kindLabel}
        hideLabel
        layout="scroll"
        value={view.kind}
        options={kinds.map((kind) => ({ value: kind, label: t.history.kinds[kind] }))}
        onChoose={on.onKind}
      />
      {view.people.length > 1 && (
        <Choices
          label={t.history.whoLabel}
          hideLabel
          layout="scroll"
          value={view.who ?? everybody}
          options={[
            { value: everybody, label: t.history.everybody },
            ...view.people.map((name) => ({ value: name, label: name })),
          ]}
          onChoose={(name) => on.onWho(name === everybody ? null : name)}
        />
      )}
    </div>
  )
}
