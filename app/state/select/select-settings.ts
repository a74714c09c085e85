import type { Role } from '@mortise/protocol/words'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import { batteryOf } from '#app/state/model/door/battery.ts'
import { resetDueMs } from '#app/state/select/door-notices.ts'
import { isMeant } from '#app/state/model/session/hand-over.ts'
import { paintOf } from '#app/state/model/door/paint.ts'
import type {
  HandOverView,
  SettingsDoor,
  SettingsView,
} from '#app/state/model/session/settings-view.ts'

export function selectSettings(state: AppState): SettingsView {
  const { settings, place } = state
  const doors = state.doors.map((door) => doorView(door, state))
  const { sheet } = settings
  const session =
    sheet?.kind === 'endSession'
      ? settings.sessions.find((each) => each.id === sheet.sessionId)
      : undefined
  const confirming =
    sheet?.kind === 'signOut'
      ? ({ kind: 'signOut' } as const)
      : session === undefined
        ? null
        : ({ kind: 'endSession', session } as const)
  return {
    personName: state.account?.name ?? '',
    passkeys: settings.passkeys,
    sessions: settings.sessions,
    doors,
    theme: state.taste.theme,
    origin: place?.mode === 'separate' ? 'ownOrigin' : 'servedByHub',
    appHost: place?.appHost ?? '',
    hubHost: place?.hubHost ?? '',
    appVersion: place?.appVersion ?? '',
    hub: settings.hub,
    nowMs: state.nowMs,
    confirming,
    // Residents and guests ask an owner: the lock takes a link from owners alone (docs/decisions/0019).
    mayAddPhone: doorHere(state)?.role === 'owner',
    handOver: handOverView(state),
    door:
      sheet?.kind === 'door' ? (doors.find((door) => door.lockId === sheet.lockId) ?? null) : null,
  }
}

function doorView(door: Door, state: AppState): SettingsDoor {
  return {
    lockId: door.lockId,
    name: door.name,
    paint: paintOf(state.taste, door.lockId),
    softwareVersion: door.sighting?.state.softwareVersion ?? null,
    battery: door.sighting === null ? null : batteryOf(door.sighting.state),
    linked: door.linked && state.online && state.hubReached,
    metBy: door.metBy,
    safetyCode: door.safetyCode,
    mayRead: door.role !== 'guest',
    handOver: handOverOf(door.role),
  }
}

/** For whoever is here to stay, a lock without an owner's key is trouble as well. */
function handOverOf(role: Role | null): SettingsDoor['handOver'] {
  if (role === 'owner') return 'order'
  return role === 'manager' || role === 'resident' ? 'read' : null
}

function handOverView({ settings: { sheet }, doors }: AppState): HandOverView | null {
  if (sheet?.kind !== 'handOver') return null
  const door = doors.find(({ lockId }) => lockId === sheet.lockId)
  if (door === undefined) return null
  const { name, phase, trouble } = sheet
  return {
    name,
    phase,
    trouble,
    doorName: door.name,
    mayOrder: door.role === 'owner',
    isMeant: isMeant(sheet, door.name),
    waitsUntilMs: door.sighting === null ? null : resetDueMs(door.sighting),
  }
}
