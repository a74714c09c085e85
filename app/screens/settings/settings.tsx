import { Button } from '#app/design/button.tsx'
import { Choices } from '#app/design/field.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Card, DoorMark, Initials, Mark, Row, Section } from '#app/design/list.tsx'
import { Page, PageTitle } from '#app/design/page.tsx'
import { SettingsSheets } from '#app/screens/settings/settings-sheets.tsx'
import type {
  HubHealth,
  SettingsCallbacks,
  SettingsView,
  ThemeChoice,
} from '#app/state/model/session/settings-view.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark']

export function SettingsScreen({ view, on }: { view: SettingsView; on: SettingsCallbacks }) {
  const { t } = useWords()
  return (
    <Page>
      <div class="page-head">
        <PageTitle>{t.settings.title}</PageTitle>
      </div>
      <Account view={view} onAddPhone={on.onAddPhone} />
      <Doors view={view} on={on} />
      <Section title={t.settings.appearance}>
        <Choices
          label={t.settings.appearance}
          hideLabel
          layout="even"
          value={view.theme}
          options={themes.map((theme) => ({ value: theme, label: t.settings.themes[theme] }))}
          onChoose={on.onTheme}
        />
      </Section>
      <Sessions view={view} on={on} />
      <About view={view} />
      <Button icon="leave" wide onClick={on.onAskSignOut}>
        {t.settings.signOut}
      </Button>
      <SettingsSheets view={view} on={on} />
    </Page>
  )
}

interface AccountProps {
  readonly view: SettingsView
  readonly onAddPhone: () => void
}

function Account({ view, onAddPhone }: AccountProps) {
  const { t, f } = useWords()
  return (
    <Section title={t.settings.account}>
      <Card>
        <Row mark={<Initials name={view.personName} tone="brass" />} title={view.personName} />
        {view.passkeys.map((passkey) => (
          <Row
            key={passkey.id}
            mark={<Mark icon="passkey" />}
            title={
              <>
                {passkey.name}
                {passkey.here && <span class="tag tag-here">{t.settings.thisPhone}</span>}
              </>
            }
            note={t.settings.since(f.date(passkey.createdAtMs))}
          />
        ))}
        {view.mayAddPhone && (
          <Row
            mark={<Mark icon="plus" tone="brass" />}
            title={t.settings.addPhone}
            note={t.settings.addPhoneNote}
            onClick={onAddPhone}
          />
        )}
      </Card>
    </Section>
  )
}

function Doors({ view, on }: { view: SettingsView; on: SettingsCallbacks }) {
  const { t } = useWords()
  return (
    <Section title={t.settings.doors}>
      <Card>
        {view.doors.map((door) => (
          <Row
            key={door.lockId}
            mark={<DoorMark paint={door.paint} />}
            title={door.name}
            note={t.settings.doorNote(door.softwareVersion, door.linked)}
            end={<Icon name="forward" small />}
            onClick={() => on.onOpenDoor(door.lockId)}
          />
        ))}
        <Row
          mark={<Mark icon="plus" tone="brass" />}
          title={t.settings.addDoor}
          onClick={on.onAddDoor}
        />
      </Card>
    </Section>
  )
}

function Sessions({ view, on }: { view: SettingsView; on: SettingsCallbacks }) {
  const { t, f } = useWords()
  return (
    <Section title={t.settings.sessions}>
      <Card>
        {view.sessions.map((session) => (
          <Row
            key={session.id}
            mark={<Mark icon={session.kind === 'browser' ? 'phone' : 'passkey'} />}
            title={
              <>
                {t.settings.sessionKinds[session.kind]}
                {session.here && <span class="tag tag-here">{t.settings.thisPhone}</span>}
              </>
            }
            note={t.settings.lastSeen(f.moment(session.lastSeenMs, view.nowMs))}
            {...(session.here
              ? {}
              : {
                  end: <Icon name="leave" small />,
                  onClick: () => on.onAskEndSession(session.id),
                })}
          />
        ))}
      </Card>
    </Section>
  )
}

function About({ view }: { view: SettingsView }) {
  const words = useWords()
  const { t } = words
  const served = view.origin === 'servedByHub'
  return (
    <Section title={t.settings.about}>
      <Card>
        <Row
          mark={<Mark icon={served ? 'warning' : 'seal'} tone={served ? 'warm' : 'good'} />}
          title={served ? t.settings.servedByHub : t.settings.ownOrigin}
          note={
            served
              ? t.settings.servedByHubNote(view.hubHost)
              : t.settings.ownOriginNote(view.appHost)
          }
        />
        <Row
          mark={<Mark icon="server" tone={view.hub.kind === 'away' ? 'bad' : 'plain'} />}
          title={`${t.settings.hub} · ${view.hubHost}`}
          note={hubNote(view.hub, words)}
        />
        <Row mark={<Mark icon="lock" />} title={t.settings.appVersion(view.appVersion)} />
      </Card>
    </Section>
  )
}

function hubNote(hub: HubHealth, { t, f }: Words): string {
  if (hub.kind === 'asking') return t.settings.hubAsking
  if (hub.kind === 'away') return t.settings.hubAway
  return t.settings.hubWell(hub.version, f.number(hub.answeredInMs))
}
