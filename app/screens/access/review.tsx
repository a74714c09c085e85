import type { NamedFlaw } from '@mortise/keyholder'
import { Button } from '#app/design/button.tsx'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import type { MarkTone } from '#app/design/list.tsx'
import { Mark } from '#app/design/list.tsx'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import { EnrolTrouble } from '#app/screens/access/enrol-trouble.tsx'
import { ruleIcons } from '#app/screens/access/rules.tsx'
import { TermsWords } from '#app/screens/access/access-time.tsx'
import type {
  AccessCallbacks,
  ChangeLine,
  PersonChange,
  ReviewView,
} from '#app/state/model/access/access-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import { ruleValue } from '#app/texts/rule-words.ts'
import { termsWords } from '#app/texts/terms-words.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

interface ReviewProps {
  readonly review: ReviewView
  readonly purpose: 'add' | 'remove'
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** What the change does, read from the two documents, before the person signs it. */
export function Review({ review, purpose, nowMs, on }: ReviewProps) {
  const { t, f } = useWords()
  const { phase } = review
  const nobodyLoses = review.lines.length > 0 && review.lines.every(givesOnly)
  const losesYou = review.lines.some((line) => line.kind === 'loses' && line.isYou)
  return (
    <>
      {phase.kind === 'conflict' && (
        <>
          <p class="quiet">{t.access.conflictNote(f.number(phase.versionInForce))}</p>
          <Changes lines={phase.theirs} nowMs={nowMs} />
          <hr class="rule" />
        </>
      )}
      <Changes lines={review.lines} nowMs={nowMs} />
      {nobodyLoses && <p class="quiet small">{t.access.nobodyLoses}</p>}
      {losesYou && <Notice tone="bad" icon="warning" title={t.access.losesYou} />}
      {review.shutOut.map(({ who, trouble }) => (
        <Notice
          key={who}
          tone="warm"
          icon="warning"
          title={t.access.personRules.cannotGetIn(who)}
          note={t.access.personRules.troubleNote(trouble)}
        />
      ))}
      {review.insideButtonNeeded && (
        <Notice tone="warm" icon="button" title={t.access.insideButton} />
      )}
      {review.begins === 'reader' ? (
        <Notice tone="calm" icon="finger" title={t.access.enrol.twice} />
      ) : (
        phase.kind !== 'conflict' && review.lines.length > 0 && <Versions review={review} />
      )}
      {phase.kind === 'refused' && <Refused review={review} trouble={phase.trouble} />}
      <Actions review={review} purpose={purpose} on={on} />
    </>
  )
}

function Refused({ review, trouble }: { review: ReviewView; trouble: Trouble }) {
  const { t } = useWords()
  // Then nothing was asked of the lock: it would refuse.
  if (review.flaw !== null) return <Flaw flaw={review.flaw} />
  return review.begins === 'reader' ? (
    <EnrolTrouble trouble={trouble} />
  ) : (
    <TroubleNotice trouble={trouble} title={t.access.nothingChanged} />
  )
}

function Flaw({ flaw }: { flaw: NamedFlaw }) {
  const { title, next } = useWords().t.access.flaw(flaw)
  return <Notice tone="bad" icon="refused" title={title} note={next} urgent />
}

function Versions({ review }: { review: ReviewView }) {
  const { t, f } = useWords()
  return (
    <div
      class="versions"
      role="img"
      aria-label={t.access.versionStep(f.number(review.version), f.number(review.wantedVersion))}
    >
      <span class="version">
        <span class="version-number">{f.number(review.version)}</span>
        <span class="quiet small">{t.access.versionInForce}</span>
      </span>
      <Icon name="forward" />
      <span class="version version-wanted">
        <span class="version-number">{f.number(review.wantedVersion)}</span>
        <span class="small">{t.access.versionWanted}</span>
      </span>
    </div>
  )
}

function Actions({ review, purpose, on }: Omit<ReviewProps, 'nowMs'>) {
  const { t } = useWords()
  const { phase } = review
  if (phase.kind === 'conflict') {
    return (
      <div class="sheet-actions">
        <Button kind="primary" wide onClick={on.onRebase}>
          {t.access.rebase}
        </Button>
        <Button kind="plain" wide onClick={on.onCloseSheet}>
          {t.access.discard}
        </Button>
      </div>
    )
  }
  if (review.flaw !== null) {
    return (
      <Button wide onClick={on.onCloseSheet}>
        {t.close}
      </Button>
    )
  }
  const working = phase.kind === 'preparing' || phase.kind === 'proving' || phase.kind === 'waiting'
  const begin = review.begins === 'reader' ? t.access.enrol.start : t.access.sign
  const sign = purpose === 'add' ? begin : t.access.signRemove
  const word =
    phase.kind === 'preparing'
      ? t.access.reading
      : phase.kind === 'proving'
        ? t.access.signing
        : phase.kind === 'waiting'
          ? t.access.waitingForLock
          : phase.kind === 'refused'
            ? t.access.signAgain
            : sign
  const mayGoBack = review.mayGoBack && (phase.kind === 'ready' || phase.kind === 'refused')
  return (
    <div class="sheet-actions">
      <Button
        kind={purpose === 'add' ? 'primary' : 'danger-strong'}
        icon="passkey"
        wide
        working={working}
        onClick={on.onSign}
      >
        {word}
      </Button>
      {mayGoBack && (
        <Button kind="plain" wide onClick={on.onBackToForm}>
          {t.access.backToForm}
        </Button>
      )}
    </div>
  )
}

function Changes({ lines, nowMs }: { lines: readonly ChangeLine[]; nowMs: number }) {
  const words = useWords()
  return (
    <ul class="changes">
      {lines.map((line, index) => (
        <li key={index} class="change">
          <Mark icon={changeIcon(line)} tone={changeTone(line)} />
          <p class="change-title">{changeTitle(line, words)}</p>
          {line.kind === 'gains' && isShown(line) && line.name !== null && (
            <p class="change-note">{words.t.access.called(line.name)}</p>
          )}
          {line.kind === 'gains' && line.duress && (
            <p class="change-note">{words.t.access.duressMeaning}</p>
          )}
          {line.kind === 'gains' && !line.duress && (
            <p class="change-note">
              <TermsWords terms={line.terms} nowMs={nowMs} />
            </p>
          )}
          {line.kind === 'changesPerson' &&
            line.parts.map((part) => (
              <p class="change-note" key={part.kind}>
                <PersonPart part={part} nowMs={nowMs} />
              </p>
            ))}
          {line.kind === 'renames' && (
            <p class="change-note">{words.t.access.wasCalled(line.before)}</p>
          )}
          {line.kind === 'setting' && (
            <p class="change-note">
              {words.t.access.rules.before(ruleValue(line.setting, line.before, words))}
            </p>
          )}
          {line.kind === 'holiday' && line.holiday.operatingMode !== undefined && (
            <p class="change-note">
              {words.t.access.rules.mode(words.t.door.modes[line.holiday.operatingMode])}
            </p>
          )}
          {line.kind === 'invites' && (
            <p class="change-note">
              {words.t.access.linkUntil(words.f.moment(line.untilMs, nowMs))}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What is different about a person, one line each. */
function PersonPart({ part, nowMs }: { part: PersonChange; nowMs: number }) {
  const words = useWords()
  const { t } = words
  switch (part.kind) {
    case 'name':
      return <>{t.access.wasCalled(part.before)}</>
    case 'role':
      return <>{t.access.becomes(t.access.roles[part.role])}</>
    case 'switched':
      return <>{part.on ? t.access.switchedOn : t.access.switchedOff}</>
    case 'terms':
      return (
        <>
          <TermsWords terms={part.terms} nowMs={nowMs} />
          <br />
          {t.access.termsBefore(termsWords(part.before, words, nowMs))}
        </>
      )
    case 'delegation':
      return (
        <>
          {part.delegation === null
            ? t.access.personRules.losesLimits
            : t.access.personRules.gainsLimits(t.access.personRules.limitNote(part.delegation))}
        </>
      )
    case 'verbs':
      return <>{t.access.may(part.verbs)}</>
    case 'otherRules':
      return <>{t.access.otherRules}</>
  }
}

/** What is held to the reader: which one, matters to whoever signs. */
function isShown({ credential }: Extract<ChangeLine, { readonly kind: 'gains' }>): boolean {
  return credential === 'fingerprint' || credential === 'face'
}

function givesOnly(line: ChangeLine): boolean {
  if (line.kind === 'changesPerson') return !line.loses
  return line.kind === 'gains' || line.kind === 'invites' || line.kind === 'renames'
}

function takesAway({ kind }: ChangeLine): boolean {
  return kind === 'loses' || kind === 'losesCredential' || kind === 'uninvites'
}

function changeIcon(line: ChangeLine): IconName {
  if (line.kind === 'gains') return 'plus'
  if (line.kind === 'invites') return 'share'
  if (line.kind === 'renames') return 'pen'
  if (takesAway(line)) return 'trash'
  if (line.kind === 'changesPerson') return 'people'
  if (line.kind === 'setting') return ruleIcons[line.setting]
  return line.kind === 'holiday' ? 'history' : 'settings'
}

function changeTone(line: ChangeLine): MarkTone {
  if (line.kind === 'gains' || line.kind === 'invites') return 'good'
  return takesAway(line) ? 'bad' : 'plain'
}

function changeTitle(line: ChangeLine, words: Words): string {
  const { t } = words
  switch (line.kind) {
    case 'gains':
      return line.duress
        ? t.access.gainsDuress(line.who, line.credential)
        : t.access.gains(line.who, line.verbs, line.credential)
    case 'loses':
      return t.access.loses(line.who, line.credentials)
    case 'losesCredential':
      return t.access.losesCredential(line.who, line.credential, line.name)
    case 'renames':
      return t.access.renames(line.who, line.credential, line.name)
    case 'invites':
      return t.access.invites(line.who)
    case 'uninvites':
      return t.access.uninvites(line.who)
    case 'setting':
      return t.access.rules.changes(
        t.access.rules.titles[line.setting],
        ruleValue(line.setting, line.after, words),
      )
    case 'holiday': {
      const { name, startLocalMinute, endLocalMinute } = line.holiday
      const days = words.f.days(startLocalMinute, endLocalMinute)
      return line.added
        ? t.access.rules.gainsHoliday(name, days)
        : t.access.rules.losesHoliday(name, days)
    }
    case 'changesPerson':
      return t.access.changesPerson(line.who, line.gains, line.loses)
    case 'addresses':
      return t.access.addressesChange
  }
}
