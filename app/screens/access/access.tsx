import './access.css'
import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Card, Empty, Initials, Row, Section } from '#app/design/list.tsx'
import { Page, PageTitle } from '#app/design/page.tsx'
import { AccessSheets } from '#app/screens/access/access-sheets.tsx'
import { PersonNote } from '#app/screens/access/access-time.tsx'
import { Invitations } from '#app/screens/access/invitations.tsx'
import { ReaderNote } from '#app/screens/access/reader-note.tsx'
import { Standing } from '#app/screens/access/standing.tsx'
import { DoorRules } from '#app/screens/access/rules.tsx'
import type {
  AccessCallbacks,
  AccessView,
  PersonView,
} from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** Who may do what at this door: the lock's own list, beside what somebody wants to change. */
export function AccessScreen({ view, on }: { view: AccessView; on: AccessCallbacks }) {
  const { t } = useWords()
  const known = view.standing.kind !== 'never' && view.standing.kind !== 'reading'
  return (
    <Page>
      <div class="page-head">
        <PageTitle>{t.access.title}</PageTitle>
        <span class="quiet">{view.doorName}</span>
      </div>
      <Standing standing={view.standing} nowMs={view.nowMs} onReadAgain={on.onReadAgain} />
      {view.reader !== null && <ReaderNote note={view.reader} onResume={on.onEnrolResume} />}
      {view.mayAdd && (
        <div class="stack-tight">
          <Button kind="primary" icon="phone" wide onClick={on.onInvite}>
            {t.invitation.invite}
          </Button>
          <Button icon="keypad" wide onClick={on.onAddVisitor}>
            {t.access.addVisitor}
          </Button>
        </div>
      )}
      {known && view.invitations.length > 0 && <Invitations view={view} on={on} />}
      {known && (
        <Section title={t.access.visitors}>
          <Card>
            {view.visitors.length === 0 ? (
              <Empty icon="keypad" title={t.access.noVisitors} note={t.access.noVisitorsAdvice} />
            ) : (
              <People people={view.visitors} nowMs={view.nowMs} onOpen={on.onOpenPerson} />
            )}
          </Card>
        </Section>
      )}
      {known && (
        <Section title={t.access.household}>
          <Card>
            <People people={view.household} nowMs={view.nowMs} onOpen={on.onOpenPerson} />
          </Card>
        </Section>
      )}
      {known && view.rules !== null && <DoorRules rules={view.rules} on={on} />}
      {view.sheet !== null && <AccessSheets sheet={view.sheet} nowMs={view.nowMs} on={on} />}
    </Page>
  )
}

interface PeopleProps {
  readonly people: readonly PersonView[]
  readonly nowMs: number
  readonly onOpen: (userId: string) => void
}

function People({ people, nowMs, onOpen }: PeopleProps) {
  const { t } = useWords()
  return (
    <ul>
      {people.map((person) => (
        <li key={person.id}>
          <Row
            mark={<Initials name={person.name} tone={markTone(person)} />}
            title={
              <>
                {person.name}
                {person.isYou && <span class="tag tag-here">{t.access.you}</span>}
                <PhaseTag person={person} />
              </>
            }
            note={<PersonNote person={person} nowMs={nowMs} />}
            end={<Icon name="forward" small />}
            onClick={() => onOpen(person.id)}
          />
        </li>
      ))}
    </ul>
  )
}

function PhaseTag({ person }: { person: PersonView }) {
  const { t } = useWords()
  if (person.disabled) return <span class="tag">{t.access.disabled}</span>
  if (person.time.kind === 'always' || person.time.phase === 'current') return null
  return person.time.phase === 'ended' ? (
    <span class="tag">{t.access.endedMark}</span>
  ) : (
    <span class="tag tag-soon">{t.access.soonMark}</span>
  )
}

function markTone(person: PersonView): 'brass' | 'good' | 'dim' | 'warm' | 'plain' {
  if (person.disabled) return 'dim'
  if (person.time.kind === 'always') return person.role === 'owner' ? 'brass' : 'plain'
  if (person.time.phase === 'ended') return 'dim'
  return person.time.phase === 'upcoming' ? 'warm' : 'good'
}
