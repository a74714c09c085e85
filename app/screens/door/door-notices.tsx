import { classNames } from '#app/design/class-names.ts'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import type { DoorNotice } from '#app/state/model/door/door-view.ts'
import { useWords } from '#app/texts/words-context.ts'

const loudAlarms: readonly string[] = ['doorForcedOpen', 'frontEscutcheonRemoved']

export function DoorNotices({ notices }: { notices: readonly DoorNotice[] }) {
  if (notices.length === 0) return null
  return (
    <div class={classNames('stack-tight', notices.length > 1 && 'notices-brief')}>
      {notices.map((notice) => (
        <OneNotice key={notice.kind === 'alarm' ? notice.alarm : notice.kind} notice={notice} />
      ))}
    </div>
  )
}

function OneNotice({ notice }: { notice: DoorNotice }) {
  const { t, f } = useWords()
  switch (notice.kind) {
    case 'trouble':
      return <TroubleNotice trouble={notice.trouble} />
    case 'alarm':
      return (
        <Notice
          tone={loudAlarms.includes(notice.alarm) ? 'loud' : 'bad'}
          icon="alarm"
          title={t.door.alarms[notice.alarm]}
          note={t.door.alarmAdvice[notice.alarm]}
          urgent
        />
      )
    case 'keypadLocked':
      return (
        <Notice
          tone="warm"
          icon="keypad"
          title={t.door.keypadLocked(f.time(notice.untilMs), f.age(notice.leftMs))}
          note={t.door.keypadLockedAdvice}
        />
      )
    case 'battery':
      return (
        <Notice
          tone="warm"
          icon="battery"
          title={t.door.battery(notice.percent === null ? null : f.number(notice.percent))}
          note={t.door.alarmAdvice.batteryLow}
        />
      )
    case 'mainsLost':
      return (
        <Notice
          tone="warm"
          icon="plug"
          title={t.door.mainsLost(notice.percent === null ? null : f.number(notice.percent))}
          note={t.door.alarmAdvice.mainsLost}
        />
      )
    case 'timeUncertain':
      return (
        <Notice
          tone="warm"
          icon="history"
          title={t.door.timeUncertain}
          note={t.door.timeUncertainAdvice}
        />
      )
    case 'autoRelock':
      return <Notice tone="calm" icon="automatic" title={t.door.autoRelock(f.age(notice.leftMs))} />
  }
}
