import type { EventLine, EventTone, HistoryKind } from '#app/state/model/history/history-view.ts'

/** How loud a line is. */
export function toneOf(line: EventLine): EventTone {
  if (line.duress) return 'alarm'
  switch (line.type) {
    case 'operationIntent':
      return 'refused'
    case 'operationResult':
      if (line.outcome !== 'done') return 'refused'
      return line.verb === 'unlock' ? 'opened' : line.source === 'auto' ? 'quiet' : 'calm'
    case 'refused':
    case 'messagesRefused':
      return 'refused'
    case 'keypadLockedOut':
    case 'alarmBegan':
    case 'factoryReset':
      return 'alarm'
    case 'claimed':
    case 'policyChanged':
    case 'invitationAccepted':
    case 'setupWindowOpened':
    case 'operatingModeChanged':
    case 'credentialPresented':
    case 'lockUserChanged':
    case 'enrolmentBegan':
    case 'enrolmentEnded':
      return 'calm'
    case 'started':
    case 'setupWindowClosed':
    case 'boltMoved':
    case 'doorMoved':
    case 'alarmEnded':
    case 'powerChanged':
    case 'timeConfirmed':
    case 'journalPruned':
      return 'quiet'
  }
}

const kindTypes: Readonly<Record<Exclude<HistoryKind, 'all'>, readonly EventLine['type'][]>> = {
  comings: ['operationIntent', 'operationResult', 'boltMoved', 'doorMoved', 'credentialPresented'],
  refusals: ['refused', 'messagesRefused', 'keypadLockedOut'],
  alarms: ['alarmBegan', 'alarmEnded', 'keypadLockedOut', 'powerChanged'],
  changes: [
    'claimed',
    'policyChanged',
    'invitationAccepted',
    'setupWindowOpened',
    'setupWindowClosed',
    'started',
    'operatingModeChanged',
    'lockUserChanged',
    'enrolmentBegan',
    'enrolmentEnded',
    'factoryReset',
    'timeConfirmed',
    'journalPruned',
  ],
}

export function isOfKind(line: EventLine, kind: HistoryKind): boolean {
  if (kind === 'all') return true
  if (kind === 'refusals' && line.type === 'operationResult') return line.outcome !== 'done'
  return kindTypes[kind].includes(line.type)
}
