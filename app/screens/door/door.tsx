import './door.css'
import type { ComponentChildren } from 'preact'
import { BoltControl } from '#app/design/bolt-control.tsx'
import { Button } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { DoorNotices } from '#app/screens/door/door-notices.tsx'
import { ModeButton, ModeNotice } from '#app/screens/door/door-mode.tsx'
import { OwnTime } from '#app/screens/door/own-time.tsx'
import { LastVisit } from '#app/screens/door/last-visit.tsx'
import type { BatteryView } from '#app/state/model/door/battery.ts'
import type {
  DoorCallbacks,
  DoorHeadline,
  DoorRefusal,
  DoorView,
} from '#app/state/model/door/door-view.ts'
import { batteryText } from '#app/texts/battery-words.ts'
import { useWords } from '#app/texts/words-context.ts'

type Mood = 'secure' | 'open' | 'wrong' | 'unknown' | 'busy'

const moods: Readonly<Record<DoorHeadline, Mood>> = {
  asking: 'unknown',
  locked: 'secure',
  unlocked: 'open',
  open: 'open',
  openAndThrown: 'open',
  forced: 'wrong',
  jammed: 'wrong',
  between: 'wrong',
  unknown: 'unknown',
  proving: 'busy',
  locking: 'busy',
  unlocking: 'busy',
  selfMoving: 'busy',
}

interface DoorScreenProps {
  readonly view: DoorView
  readonly on: DoorCallbacks
  /** The hours of this person, which come when they are limited. */
  readonly ownHours?: ComponentChildren
}

/** The door: its true state with its age, one control, and who came last. */
export function DoorScreen({ view, on, ownHours }: DoorScreenProps) {
  const { t } = useWords()
  const reachable = view.verbs.length > 0 || view.busy
  return (
    <main
      class={classNames('page', 'door-page', `door-mood-${moods[view.headline]}`)}
      data-paint={view.paint}
    >
      <div class="page-head">
        <DoorName view={view} onOpen={on.onOpenDoors} />
        {view.mode !== null && <ModeButton mode={view.mode} onOpen={on.onOpenMode} />}
      </div>
      <div class="door-state">
        <h1 class="door-headline">{t.door.headlines[view.headline]}</h1>
        <Age view={view} />
        {view.battery !== null && <Battery battery={view.battery} />}
      </div>
      <DoorNotices notices={view.notices} nowMs={view.nowMs} onStopReset={on.onStopReset} />
      {view.mode !== null && view.mode.mode !== 'normal' && (
        <ModeNotice mode={view.mode} nowMs={view.nowMs} />
      )}
      <div class="door-rest" />
      <div class="door-control">
        {view.refusal !== null && (
          <TroubleNotice
            trouble={view.refusal.trouble}
            title={refusalTitle(view.refusal, t.door)}
            onDismiss={on.onDismissRefusal}
          />
        )}
        <BoltControl
          picture={view.bolt}
          verbs={view.verbs}
          busy={view.busy}
          onVerb={on.onVerb}
          verbWord={(verb) => t.door.verbs[verb]}
          verbLabel={(verb) => t.door.controlLabel(t.door.verbs[verb], view.name)}
          restingText={restingText(view, t.door)}
        />
        {!reachable && view.unknownWhy !== 'wasReset' && (
          <Button icon="refresh" wide working={view.asking} onClick={on.onAskAgain}>
            {t.door.askAgain}
          </Button>
        )}
        <Person view={view} on={on} />
        {ownHours}
      </div>
    </main>
  )
}

/** Who came last, or for guests their own time; "at any time" would not be true beside hours. */
function Person({ view, on }: Pick<DoorScreenProps, 'view' | 'on'>) {
  const { ownTime, ownHours, lastVisit, nowMs } = view
  if (ownTime === null)
    return <LastVisit visit={lastVisit} nowMs={nowMs} onOpen={on.onOpenHistory} />
  if (ownTime.kind === 'always' && ownHours !== null) return null
  return <OwnTime time={ownTime} nowMs={nowMs} />
}

/** "Not done" is a claim as well: without an answer nobody knows. */
function refusalTitle(refusal: DoorRefusal, t: ReturnType<typeof useWords>['t']['door']): string {
  const isUnsure = refusal.trouble === 'noAnswer'
  if (refusal.verb === 'stopReset') return isUnsure ? t.unsureTitle(t.resetStop) : t.resetNotStopped
  const verb = t.verbs[refusal.verb]
  return isUnsure ? t.unsureTitle(verb) : t.refusedTitle(verb)
}

function restingText(view: DoorView, t: ReturnType<typeof useWords>['t']['door']): string {
  const { headline } = view
  if (headline === 'proving' || headline === 'locking' || headline === 'unlocking') {
    return t.waitingFor[headline]
  }
  if (headline === 'asking') return t.headlines.asking
  return view.busy ? t.waitingFor.locking : t.unreachable
}

function DoorName({ view, onOpen }: { view: DoorView; onOpen: () => void }) {
  const { t } = useWords()
  return (
    <button
      type="button"
      class="door-name"
      aria-haspopup="dialog"
      aria-label={`${view.name}. ${t.door.switchDoor}`}
      onClick={onOpen}
    >
      <span class="door-chip" />
      <span class="door-name-text">{view.name}</span>
      <Icon name="down" small />
    </button>
  )
}

/** While nobody has to do anything about it, it stands small. */
function Battery({ battery }: { battery: BatteryView }) {
  const words = useWords()
  return (
    <p class="door-age quiet small">
      <Icon name="battery" small />
      {batteryText(battery, words)}
    </p>
  )
}

/** How old the answer is, and who vouches for it. Never an age without the reason behind it. */
function Age({ view }: { view: DoorView }) {
  const { t, f } = useWords()
  const pulse = <span class={classNames('door-pulse', `door-pulse-${view.knowledge}`)} />
  if (view.knowledge === 'unknown' || view.ageMs === null) {
    const since = view.seenAtMs === null ? t.door.neverSeen : f.moment(view.seenAtMs, view.nowMs)
    return (
      <div>
        <p class="door-age">
          {pulse}
          {view.seenAtMs === null || view.lastHeadline === null
            ? t.door.neverSeen
            : t.door.lastSeen(t.door.headlines[view.lastHeadline], since)}
        </p>
        {view.unknownWhy !== null && view.unknownWhy !== 'neverSeen' && (
          <p class="quiet small">{t.door.unknownWhy[view.unknownWhy]}</p>
        )}
      </div>
    )
  }
  const age = f.age(view.ageMs)
  return (
    <p class="door-age">
      {pulse}
      {view.knowledge === 'stale'
        ? t.door.stale(age)
        : `${view.ageMs < 1000 ? t.door.justNow : t.door.ago(age)} · ${t.door.signed}`}
    </p>
  )
}
