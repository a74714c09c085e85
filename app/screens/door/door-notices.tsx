import { classNames } from '#app/design/class-names.ts'
import type { AlarmCode, AlarmSeverity } from '@mortise/protocol/words'
import { alarmSeverity } from '@mortise/protocol/words'
import { Button } from '#app/design/button.tsx'
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
  readonly onStopReset: () => void
}

export function DoorNotices({ notices, nowMs, onStopReset }: DoorNoticesProps) {
  if (notices.length === 0) return null
  return (
    <div class={classNames('stack-tight', notices.length > 1 && 'notices-brief')}>
      {notices.map((notice) => (
        <OneNotice
          key={notice.kind === 'alarm' ? notice.alarm : notice.kind}
          notice={notice}
          nowMs={nowMs}
          onStopReset={onStopReset}
        />
      ))}
    </div>
  )
}

interface AlarmNoticeProps extends Pick<NoticeProps, 'icon' | 'title' | 'note' | 'children'> {
  readonly alarm: AlarmCode
}

/** A notice of an alarm as loud as it matters, with what to do about it. */
function AlarmNotice({ alarm, icon, title, note, children }: AlarmNoticeProps) {
  const severity = alarmSeverity[alarm]
  const usual = useAlarmNote(alarm)
  return (
    <Notice
      tone={tones[severity]}
      icon={icon}
      title={title}
      note={note ?? usual}
      urgent={severity === 'urgent'}
    >
      {children}
    </Notice>
  )
}

interface OneNoticeProps extends Omit<DoorNoticesProps, 'notices'> {
  readonly notice: DoorNotice
}

function OneNotice({ notice, nowMs, onStopReset }: OneNoticeProps) {
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
    case 'resetWaits':
      return <ResetWaits notice={notice} nowMs={nowMs} onStopReset={onStopReset} />
    case 'wasReset':
      return <WasReset atMs={notice.atMs} nowMs={nowMs} />
    case 'autoRelock':
      return <Notice tone="calm" icon="automatic" title={t.door.autoRelock(f.age(notice.leftMs))} />
  }
}

interface ResetWaitsProps extends Omit<OneNoticeProps, 'notice'> {
  readonly notice: Extract<DoorNotice, { kind: 'resetWaits' }>
}

/** Everybody's access ends soon, and whoever may stop that can do so here. */
function ResetWaits({ notice, nowMs, onStopReset }: ResetWaitsProps) {
  const { t, f } = useWords()
  const { resetStop, resetWaits, resetAdvice, resetAdviceOthers, alarms } = t.door
  const end = resetWaits(f.moment(notice.atMs, nowMs), f.age(Math.max(0, notice.atMs - nowMs)))
  return (
    <AlarmNotice
      alarm="lockFactoryReset"
      icon="alarm"
      title={alarms.lockFactoryReset}
      note={`${end}. ${notice.mayStop ? resetAdvice : resetAdviceOthers}`}
    >
      {notice.mayStop && <Button onClick={onStopReset}>{resetStop}</Button>}
    </AlarmNotice>
  )
}

function WasReset({ atMs, nowMs }: { atMs: number; nowMs: number }) {
  const { t, f } = useWords()
  const title = t.door.wasReset(f.moment(atMs, nowMs))
  return <Notice tone="loud" icon="alarm" title={title} note={t.door.wasResetAdvice} />
}

function sinceText(title: string, sinceMs: number | null, nowMs: number, { t, f }: Words): string {
  return sinceMs === null ? title : t.door.alarmSince(title, f.moment(sinceMs, nowMs))
}
