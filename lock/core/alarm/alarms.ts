import type { AlarmCode } from '@mortise/protocol/words'
import { record } from '#core/journal/record.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Begins an alarm that does not stand already. */
export function beginAlarm(turn: Turn, alarmCode: AlarmCode): void {
  const { alarms } = turn.state
  if (alarms.includes(alarmCode)) return
  update(turn, { alarms: [...alarms, alarmCode] })
  record(turn, { type: 'alarmBegan', alarmCode })
}

/** Ends an alarm that stands. */
export function endAlarm(turn: Turn, alarmCode: AlarmCode): void {
  const { alarms } = turn.state
  if (!alarms.includes(alarmCode)) return
  update(turn, { alarms: alarms.filter((code) => code !== alarmCode) })
  record(turn, { type: 'alarmEnded', alarmCode })
}

/** Makes an alarm stand exactly while its cause does. */
export function setAlarm(turn: Turn, alarmCode: AlarmCode, stands: boolean): void {
  if (stands) beginAlarm(turn, alarmCode)
  else endAlarm(turn, alarmCode)
}
