import '#app/screens/welcome/welcome.css'
import '#app/screens/invitation/invitation.css'
import type { ComponentChildren } from 'preact'
import { Bolt } from '#app/design/bolt.tsx'
import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { PageTitle } from '#app/design/page.tsx'
import type {
  InvitationOffer,
  InvitationState,
} from '#app/state/model/invitation/invitation-state.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import { useWords } from '#app/texts/words-context.ts'

export interface InvitationCallbacks {
  readonly onAccept: (freshPasskey: boolean) => void
  readonly onLookAgain: () => void
  readonly onEnter: () => void
  readonly onLeave: () => void
}

/** Everything that a view of an invitation is drawn from. */
export type InvitationView = Omit<InvitationState, 'text'> & {
  readonly nowMs: number
  readonly hubHost: string
}

interface InvitationProps {
  readonly view: InvitationView
  readonly on: InvitationCallbacks
}

/** The link of an invitation, opened: whose door, who asks, what it gives, and one button. */
export function InvitationScreen({ view, on }: InvitationProps) {
  return (
    <main class="page welcome" data-paint="pine">
      <div class="welcome-step">
        <Step view={view} on={on} />
      </div>
    </main>
  )
}

function Step({ view, on }: InvitationProps) {
  switch (view.phase) {
    case 'looking':
      return <Looking />
    case 'already':
      return <Already view={view} on={on} />
    case 'accepted':
      return <Accepted view={view} on={on} />
    case 'entering':
      return view.accepted ? <Accepted view={view} on={on} /> : <Stopped view={view} on={on} />
    case 'stopped':
      return <Stopped view={view} on={on} />
    case 'ready':
    case 'proving':
    case 'sending':
      return view.offer === null ? <Looking /> : <Offer view={view} offer={view.offer} on={on} />
  }
}

function Emblem({ open }: { open: boolean }) {
  return (
    <div class="emblem">
      <Bolt
        pose={open ? 'drawn' : 'thrown'}
        ghost={false}
        leaf="closed"
        jammed={false}
        caught={!open}
        light={open ? 'slit' : 'none'}
      />
    </div>
  )
}

function Looking() {
  const { t } = useWords()
  return (
    <>
      <div class="welcome-rest" />
      <Emblem open={false} />
      <PageTitle>{t.invitation.looking}</PageTitle>
      <p class="welcome-lead">{t.invitation.lookingNote}</p>
      <div class="welcome-rest" />
    </>
  )
}

function Offer({ view, offer, on }: InvitationProps & { readonly offer: InvitationOffer }) {
  const { t } = useWords()
  const working = view.phase !== 'ready'
  const reuses = offer.hasPasskey && view.trouble !== 'noPasskey'
  const word = reuses ? t.invitation.acceptKnown : t.invitation.accept
  return (
    <>
      {/* On a small phone the button must stay in sight beside what went wrong. */}
      {view.trouble === null && <Emblem open={false} />}
      <PageTitle>{t.invitation.title(offer.doorName)}</PageTitle>
      <p class="welcome-lead">{t.invitation.from(view.inviterName, offer.personName)}</p>
      <Gives offer={offer} nowMs={view.nowMs} />
      <div class="welcome-rest" />
      {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
      <Button
        kind="primary"
        icon="passkey"
        wide
        working={working}
        onClick={() => on.onAccept(!reuses)}
      >
        {view.phase === 'proving'
          ? t.invitation.proving
          : view.phase === 'sending'
            ? t.invitation.sending
            : word}
      </Button>
      {offer.hasPasskey && !working && (
        <Button kind="plain" wide onClick={() => on.onAccept(true)}>
          {t.invitation.freshPasskey}
        </Button>
      )}
      <p class="field-hint">{t.invitation.acceptNote}</p>
    </>
  )
}

/** What one will be able to do, in the lock's own words and the door's own hours. */
function Gives({ offer, nowMs }: { readonly offer: InvitationOffer; readonly nowMs: number }) {
  const { t, f } = useWords()
  const { window } = offer
  return (
    <ul class="gives">
      <Give icon="lock" text={t.invitation.may(offer.verbs)} />
      <Give
        icon="history"
        text={window === null ? t.invitation.always : f.span(window.fromMs, window.untilMs, nowMs)}
      />
      <Give icon="people" text={t.invitation.roleNotes[offer.role]} />
      {offer.endsMs !== null && (
        <li class="gives-end quiet small">{t.invitation.ends(f.moment(offer.endsMs, nowMs))}</li>
      )}
    </ul>
  )
}

function Give({
  icon,
  text,
}: {
  readonly icon: 'lock' | 'history' | 'people'
  readonly text: string
}) {
  return (
    <li class="give">
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  )
}

function Accepted({ view, on }: InvitationProps) {
  const { t } = useWords()
  const entering = view.phase === 'entering'
  return (
    <>
      <div class="welcome-rest" />
      <Emblem open />
      <PageTitle>{t.invitation.accepted(view.offer?.doorName ?? '')}</PageTitle>
      <p class="welcome-lead">{t.invitation.acceptedNote}</p>
      <div class="welcome-rest" />
      {view.trouble !== null && <TroubleNotice trouble={view.trouble} />}
      <Button kind="primary" icon="passkey" wide working={entering} onClick={on.onEnter}>
        {entering ? t.invitation.proving : t.invitation.enter}
      </Button>
      <p class="field-hint">{t.invitation.enterNote}</p>
    </>
  )
}

function Already({ view, on }: InvitationProps) {
  const { t } = useWords()
  return (
    <>
      <div class="welcome-rest" />
      <Emblem open />
      <PageTitle>{t.invitation.already(view.already?.doorName ?? '')}</PageTitle>
      <p class="welcome-lead">{t.invitation.alreadyNote}</p>
      <div class="welcome-rest" />
      <Button kind="primary" icon="door" wide onClick={on.onLeave}>
        {t.invitation.toDoor}
      </Button>
    </>
  )
}

/** After these, trying again makes sense. */
const passing: readonly Trouble[] = [
  'offline',
  'hubAway',
  'lockAway',
  'busy',
  'tooManyTries',
  'timeUncertain',
  'challengeExpired',
  'challengeUnknown',
  'unexpected',
]
/** After these, signing in shows whether one has access. */
const perhapsDone: readonly Trouble[] = ['invitationUsed', 'noAnswer', 'signInRefused']

function Stopped({ view, on }: InvitationProps) {
  const { t } = useWords()
  const { trouble, offer, phase } = view
  const entering = phase === 'entering'
  const isPassing = trouble !== null && passing.includes(trouble)
  const mayEnter = entering || (trouble !== null && perhapsDone.includes(trouble))
  return (
    <>
      <div class="welcome-rest" />
      <Emblem open={false} />
      <PageTitle>
        {isPassing
          ? t.invitation.notNow
          : offer === null
            ? t.invitation.stopped
            : t.invitation.title(offer.doorName)}
      </PageTitle>
      <p class="welcome-lead">
        {trouble === 'noAnswer'
          ? t.invitation.unsureNote
          : isPassing
            ? t.invitation.notNowNote
            : t.invitation.stoppedNote}
      </p>
      {trouble !== null && <TroubleNotice trouble={trouble} />}
      <div class="welcome-rest" />
      <div class="sheet-actions">
        {trouble === 'noPasskey' && offer !== null && (
          <Action kind="primary" onClick={() => on.onAccept(true)}>
            {t.invitation.freshPasskey}
          </Action>
        )}
        {isPassing && (
          <Action kind="primary" onClick={on.onLookAgain}>
            {t.retry}
          </Action>
        )}
        {mayEnter && (
          <Button kind="primary" icon="passkey" wide working={entering} onClick={on.onEnter}>
            {entering ? t.invitation.proving : t.invitation.signIn}
          </Button>
        )}
        {!entering && (
          <Action kind="plain" onClick={on.onLeave}>
            {t.invitation.leave}
          </Action>
        )}
      </div>
      <p class="field-hint">{t.invitation.hub(view.hubHost)}</p>
    </>
  )
}

interface ActionProps {
  readonly kind: 'primary' | 'plain'
  readonly onClick: () => void
  readonly children: ComponentChildren
}

function Action({ kind, onClick, children }: ActionProps) {
  return (
    <Button kind={kind} wide onClick={onClick}>
      {children}
    </Button>
  )
}
