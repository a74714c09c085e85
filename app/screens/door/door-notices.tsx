import { classNames } from '#app/design/class-names.ts'
import type { AlarmCode, AlarmSeverity } from '@mortise/protocol/words'
import { alarmSeverity } from '@mortise/protocol/words'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import type { NoticeProps } from '#app/design/notice.tsx'
import type { DoorNotice } from '#app/state/model/door/door-view.ts'
import { batteryText } from '#app/texts/battery-words.ts'
import { useAlarmNote } from '#app/texts/trouble-text.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

const tones: Readonly<Record<AlarmSeverity, NoticeProps['tone']>> = {
  urgent: 'loud',
  warning: 'warm',
  notice: 'calm',
}

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

interface AlarmNoticeProps extends Pick<NoticeProps, 'icon' | 'title'> {
  readonly alarm: AlarmCode
}

/** A notice of an alarm as loud as it matters, with what to do about it. */
function AlarmNotice({ alarm, icon, title }: AlarmNoticeProps) {
  const severity = alarmSeverity[alarm]
  return (
    <Notice
      tone={tones[severity]}
      icon={icon}
      title={title}
      note={useAlarmNote(alarm)}
      urgent={severity === 'urgent'}
    />
  )
}

function OneNotice({ notice, nowMs }: { notice: DoorNotice; nowMs: number }) {
  const words = useWords()
  const { t, f } = words
  switch (notice.kind) {
    case 'trouble':
      return <TroubleNotice trouble={notice.trouble} />
    case 'alarm':
      return (
        <AlarmNotice
          alarm={notice.alarm}
          icon="alarm"
          title={sinceText(t.door.alarms[notice.alarm], notice.sinceMs, nowMs, words)}
        />
      )
    case 'duress':
      return (
        <AlarmNotice
          alarm="forcedUser"
          icon="alarm"
          title={`${t.door.duress(notice.who)}, ${f.moment(notice.atMs, nowMs)}`}
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
          alarm={notice.alarm}
          icon="battery"
          title={
            notice.battery === null
              ? t.door.alarms[notice.alarm]
              : batteryText(notice.battery, words)
          }
        />
      )
    case 'mainsLost':
      return (
        <AlarmNotice
          alarm="mainsLost"
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

function sinceText(title: string, sinceMs: number | null, nowMs: number, { t, f }: Words): string {
  return sinceMs === null ? title : t.door.alarmSince(title, f.moment(sinceMs, nowMs))
}
