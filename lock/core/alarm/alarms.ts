import type { AlarmCode } from '@mortise/protocol/words'
import { record } from '#core/journal/record.ts'
import { lastingAlarms } from '#core/outputs.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Begins an alarm that does not stand already. */
export function beginAlarm(turn: Turn, alarmCode: AlarmCode): void {
  const { alarms } = turn.state
  if (alarms.includes(alarmCode)) return
  update(turn, { alarms: [...alarms, alarmCode] })
  keepLasting(turn)
  record(turn, { type: 'alarmBegan', alarmCode })
}

/** Ends an alarm that stands. */
export function endAlarm(turn: Turn, alarmCode: AlarmCode): void {
  const { alarms } = turn.state
  if (!alarms.includes(alarmCode)) return
  update(turn, { alarms: alarms.filter((code) => code !== alarmCode) })
  keepLasting(turn)
  record(turn, { type: 'alarmEnded', alarmCode })
}

/** Makes an alarm stand exactly while its cause does. */
export function setAlarm(turn: Turn, alarmCode: AlarmCode, stands: boolean): void {
  if (stands) beginAlarm(turn, alarmCode)
  else endAlarm(turn, alarmCode)
}

/** What no sensor would tell again after a restart stands in the registers. */
function keepLasting(turn: Turn): void {
  const { alarms, registers } = turn.state
  const standing = lastingAlarms.filter((code) => alarms.includes(code))
  const { lastingAlarms: before, ...others } = registers
  if (standing.join() === (before ?? []).join()) return
  const next = standing.length === 0 ? others : { ...others, lastingAlarms: standing }
  update(turn, { registers: next })
}
