import type { CredentialType } from '@mortise/protocol/words'
import { Button, IconButton } from '#app/design/button.tsx'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Card, Mark, Row, Section } from '#app/design/list.tsx'
import { Notice } from '#app/design/notice.tsx'
import { PersonNotes } from '#app/screens/access/person-notes.tsx'
import { TermsWords } from '#app/screens/access/access-time.tsx'
import { WeekView } from '#app/screens/access/week-view.tsx'
import type {
  AccessCallbacks,
  CredentialView,
  PersonView,
} from '#app/state/model/access/access-view.ts'
import { credentialKind } from '#app/state/model/access/change-lines.ts'
import { useWords } from '#app/texts/words-context.ts'

const credentialIcons: Readonly<Record<CredentialType, IconName>> = {
  pin: 'keypad',
  passkey: 'phone',
  deviceKey: 'passkey',
  fingerprint: 'finger',
  face: 'face',
  rfid: 'passkey',
}

interface PersonDetailsProps {
  readonly person: PersonView
  readonly zoneDiffers: boolean
  readonly nowMs: number
  readonly on: AccessCallbacks
}

export function PersonDetails({ person, zoneDiffers, nowMs, on }: PersonDetailsProps) {
  const { t, f } = useWords()
  return (
    <>
      <PersonHead person={person} nowMs={nowMs} />
      {person.week !== null && (
        <Section title={t.access.weekAhead}>
          <WeekView days={person.week} today />
          {zoneDiffers && <p class="field-hint">{t.access.zoneNote(f.timeZone)}</p>}
        </Section>
      )}
      <Section title={t.access.waysIn}>
        <Card>
          {person.credentials.length === 0 ? (
            <Row mark={<Mark icon="offline" tone="dim" />} title={t.access.noWayIn} />
          ) : (
            <ul>
              {person.credentials.map((credential) => (
                <li key={credential.id}>
                  <CredentialRow person={person} credential={credential} on={on} />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </Section>
      <MoreWays person={person} on={on} />
      {person.mayEdit && (
        <Button icon="settings" wide onClick={() => on.onEdit(person.id)}>
          {t.access.edit}
        </Button>
      )}
      {person.mayInvite && (
        <Button icon="phone" wide onClick={() => on.onInviteAgain(person.id)}>
          {person.credentials.some(({ type }) => type === 'passkey')
            ? t.invitation.anotherPhone
            : t.invitation.again}
        </Button>
      )}
      {person.mayRemove && (
        <Button kind="danger" icon="trash" wide onClick={() => on.onRemovePerson(person.id)}>
          {t.access.removePerson(person.name)}
        </Button>
      )}
    </>
  )
}

/** What this person may be given besides. */
function MoreWays({ person, on }: Pick<PersonDetailsProps, 'person' | 'on'>) {
  const { t } = useWords()
  return (
    <>
      {person.mayAddCode && (
        <Button icon="keypad" wide onClick={() => on.onAddCode(person.id, false)}>
          {person.credentials.some(({ type }) => type === 'pin')
            ? t.access.anotherCode
            : t.access.addCode}
        </Button>
      )}
      {person.mayAddCode && person.role !== 'guest' && (
        <div class="stack-tight">
          <Button icon="alarm" wide onClick={() => on.onAddCode(person.id, true)}>
            {t.access.addDuress}
          </Button>
          <p class="field-hint">{t.access.duressMeaning}</p>
        </div>
      )}
      {person.mayEnrol && (
        <>
          <Button icon="finger" wide onClick={() => on.onEnrol(person.id, 'fingerprint')}>
            {t.access.enrol.add.fingerprint}
          </Button>
          <Button icon="face" wide onClick={() => on.onEnrol(person.id, 'face')}>
            {t.access.enrol.add.face}
          </Button>
        </>
      )}
      {person.mayAddCode && !person.mayEnrol && person.role !== 'agent' && (
        <p class="field-hint">{t.access.enrol.ownersOnly}</p>
      )}
    </>
  )
}

/** Who they are here, when they come and under which rules, and whether they get in at all. */
function PersonHead({ person, nowMs }: Pick<PersonDetailsProps, 'person' | 'nowMs'>) {
  const { t } = useWords()
  return (
    <>
      <div class="stack-tight">
        <p class="quiet">{`${t.access.roles[person.role]} · ${t.access.may(person.verbs)}`}</p>
        <p class="window-line">
          <Icon name="history" small />
          <span>
            <TermsWords terms={person.terms} nowMs={nowMs} />
          </span>
        </p>
        <PersonNotes person={person} />
      </div>
      {person.wayTrouble !== null && (
        <Notice
          tone="warm"
          icon="warning"
          title={t.access.personRules.cannotGetIn(person.name)}
          note={t.access.personRules.troubleNote(person.wayTrouble)}
        />
      )}
    </>
  )
}

interface CredentialRowProps {
  readonly person: PersonView
  readonly credential: CredentialView
  readonly on: AccessCallbacks
}

function CredentialRow({ person, credential, on }: CredentialRowProps) {
  const { t, f } = useWords()
  const named = credentialKind(person.role, credential.type)
  const plain = t.access.credentialTypes[named]
  const kind = credential.duress ? t.access.duressKind(plain) : plain
  const since = t.access.since(f.date(credential.createdAtMs))
  // A phone of one's own that was lost goes in one step as well (docs/decisions/0019).
  const mayTake = person.mayRemove || (person.isYou && person.role === 'owner')
  const takes = mayTake && !credential.here
  const mayRename = person.mayEdit && credential.name !== null && credential.attached !== true
  return (
    <Row
      mark={<Mark icon={credentialIcons[credential.type]} />}
      title={
        <>
          {credential.name ?? kind}
          {credential.here && <span class="tag tag-here">{t.access.thisPhone}</span>}
        </>
      }
      note={credential.name === null ? since : `${kind}, ${since}`}
      end={
        mayRename || takes ? (
          <span class="row-acts">
            {mayRename && (
              <IconButton
                icon="pen"
                label={t.access.renameCredential(credential.name ?? kind)}
                onClick={() => on.onRename(person.id, credential.id)}
              />
            )}
            {takes && (
              <IconButton
                icon="trash"
                label={t.access.removeCredential(named, credential.name)}
                onClick={() => on.onRemoveCredential(person.id, credential.id)}
              />
            )}
          </span>
        ) : undefined
      }
    />
  )
}
