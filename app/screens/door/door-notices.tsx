import { classNames } from '#app/design/class-names.ts'
import type { AlarmCode } from '@mortise/protocol/words'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import type { NoticeProps } from '#app/design/notice.tsx'
import type { DoorNotice } from '#app/state/model/door/door-view.ts'
import { useAlarmNote } from '#app/texts/trouble-text.ts'
import { useWords } from '#app/texts/words-context.ts'

const loudAlarms: readonly string[] = ['doorForcedOpen', 'frontEscutcheonRemoved']

interface DoorNoticesProps {
  readonly notices: readonly DoorNotice[]
  readonly nowMs: number
}

export function DoorNotices({ notices, nowMs }: DoorNoticesProps) {
  if (notices.length === 0) return null
  return (
    <div class={classNames('stack-tight', notices.length > 1 && 'notices-brief')}>
      {notices.map((notice) => (
        <OneNotice
          key={notice.kind === 'alarm' ? notice.alarm : notice.kind}
          notice={notice}
          nowMs={nowMs}
        />
      ))}
    </div>
  )
}

/** A notice of an alarm, with what to do about it. */
function AlarmNotice(props: Omit<NoticeProps, 'note'> & { readonly alarm: AlarmCode }) {
  const { alarm, ...rest } = props
  return <Notice {...rest} note={useAlarmNote(alarm)} />
}

function OneNotice({ notice, nowMs }: { notice: DoorNotice; nowMs: number }) {
  const { t, f } = useWords()
  switch (notice.kind) {
    case 'trouble':
      return <TroubleNotice trouble={notice.trouble} />
    case 'alarm':
      return (
        <AlarmNotice
          alarm={notice.alarm}
          tone={loudAlarms.includes(notice.alarm) ? 'loud' : 'bad'}
          icon="alarm"
          title={t.door.alarms[notice.alarm]}
          urgent
        />
      )
    case 'duress':
      return (
        <AlarmNotice
          alarm="forcedUser"
          tone="loud"
          icon="alarm"
          title={`${t.door.duress(notice.who)}, ${f.moment(notice.atMs, nowMs)}`}
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
        <AlarmNotice
          alarm="batteryLow"
          tone="warm"
          icon="battery"
          title={t.door.battery(notice.percent === null ? null : f.number(notice.percent))}
        />
      )
    case 'mainsLost':
      return (
        <AlarmNotice
          alarm="mainsLost"
          tone="warm"
          icon="plug"
          title={t.door.mainsLost(notice.percent === null ? null : f.number(notice.percent))}
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
