import type { EventType, OperationSource } from '@mortise/protocol/words'
import type { IconName } from '#app/design/icon.tsx'
import type { MarkTone } from '#app/design/list.tsx'
import { Mark } from '#app/design/list.tsx'
import type { EventLine, EventTone, HistoryItem } from '#app/state/model/history/history-view.ts'
import { useWords } from '#app/texts/words-context.ts'

const sourceIcons: Readonly<Record<OperationSource, IconName>> = {
  manual: 'hand',
  keypad: 'keypad',
  auto: 'automatic',
  remote: 'phone',
  button: 'button',
  biometric: 'finger',
  rfid: 'passkey',
  matter: 'server',
  voice: 'server',
}

const typeIcons: Partial<Readonly<Record<EventType, IconName>>> = {
  claimed: 'passkey',
  policyChanged: 'people',
  invitationAccepted: 'people',
  setupWindowOpened: 'button',
  setupWindowClosed: 'button',
  refused: 'refused',
  messagesRefused: 'refused',
  keypadLockedOut: 'keypad',
  doorMoved: 'door',
  alarmBegan: 'alarm',
  alarmEnded: 'check',
  powerChanged: 'plug',
  boltMoved: 'hand',
}

const markTones: Readonly<Record<EventTone, MarkTone>> = {
  calm: 'plain',
  opened: 'warm',
  refused: 'bad',
  alarm: 'bad',
  quiet: 'dim',
}

export function HistoryList({ items, nowMs }: { items: readonly HistoryItem[]; nowMs: number }) {
  return (
    <ol class="events">
      {items.map((item) => (
        <Item key={item.key} item={item} nowMs={nowMs} />
      ))}
    </ol>
  )
}

function Item({ item, nowMs }: { item: HistoryItem; nowMs: number }) {
  const { t, f } = useWords()
  switch (item.kind) {
    case 'day':
      return (
        <li class="day">
          <h2 class="day-name">{f.day(item.dayMs, nowMs)}</h2>
        </li>
      )
    case 'event':
      return <Event item={item} />
    case 'gap':
      return (
        <li class="gap">
          <Mark icon="warning" tone="warm" />
          <div>
            <p class="gap-text">
              {(item.atEnd ? t.history.gapAtEnd : t.history.gap)(
                f.number(item.fromSequence),
                f.number(item.toSequence),
              )}
            </p>
            <p class="event-detail">
              {item.atEnd ? t.history.gapAtEndNote : t.history.gapNotes[item.removed ?? 'missing']}
            </p>
          </div>
        </li>
      )
    case 'broken':
      return (
        <li class="gap gap-broken">
          <Mark icon="sealBroken" tone="bad" />
          <div>
            <p class="gap-text">{t.history.brokenHere}</p>
            <p class="event-detail">{t.history.brokenHereNote}</p>
          </div>
        </li>
      )
  }
}

function Event({ item }: { item: Extract<HistoryItem, { readonly kind: 'event' }> }) {
  const { line, tone } = item
  const { t, f } = useWords()
  const text = t.history.lineText(line, f.time)
  return (
    <li class={`event event-${tone}`}>
      <Mark icon={iconOf(line)} tone={markTones[tone]} />
      <div>
        <p class="event-title">
          {text.title}
          {!item.sure && <span class="tag tag-soon">{t.history.unsure}</span>}
        </p>
        {text.detail !== '' && <p class="event-detail">{text.detail}</p>}
      </div>
      <time
        class="event-time"
        dateTime={new Date(line.timeMs).toISOString()}
        title={`${f.timeToSecond(line.timeMs)} · ${t.history.entryNumber(f.number(line.sequence))}`}
      >
        {f.time(line.timeMs)}
      </time>
    </li>
  )
}

function iconOf(line: EventLine): IconName {
  const own = typeIcons[line.type]
  if (own !== undefined && (line.type !== 'refused' || line.source === null)) return own
  return line.source === null ? 'lock' : sourceIcons[line.source]
}
