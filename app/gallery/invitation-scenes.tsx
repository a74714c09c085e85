import { dayMs, nowMs, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import type { InvitationView } from '#app/screens/invitation/invitation.tsx'
import { InvitationScreen } from '#app/screens/invitation/invitation.tsx'

const offered: InvitationView = {
  phase: 'ready',
  inviterName: 'Ada Lindgren',
  offer: {
    lockId: 'a1',
    doorName: 'Garden gate behind the old greenhouse',
    personName: 'Nora',
    role: 'guest',
    verbs: ['lock', 'unlock'],
    window: { fromMs: nowMs, untilMs: nowMs + 2 * dayMs },
    timeZone: 'Europe/Berlin',
    endsMs: nowMs + dayMs,
    hasPasskey: true,
  },
  already: null,
  accepted: false,
  trouble: null,
  nowMs,
  hubHost: 'hub.example',
}

const views: Readonly<Record<string, InvitationView>> = {
  looking: { ...offered, phase: 'looking', offer: null },
  offer: offered,
  cancelled: { ...offered, trouble: 'gestureCancelled' },
  sending: { ...offered, phase: 'sending' },
  accepted: { ...offered, phase: 'accepted', accepted: true },
  already: { ...offered, phase: 'already', already: { lockId: 'a1', doorName: 'Front door' } },
  used: { ...offered, phase: 'stopped', offer: null, trouble: 'invitationUsed' },
  ended: { ...offered, phase: 'stopped', offer: null, trouble: 'invitationExpired' },
  withdrawn: { ...offered, phase: 'stopped', offer: null, trouble: 'unknownInvitation' },
  damaged: { ...offered, phase: 'stopped', offer: null, trouble: 'invitationWrong' },
  offline: { ...offered, phase: 'stopped', offer: null, trouble: 'offline' },
  'no-passkeys': { ...offered, phase: 'stopped', trouble: 'passkeysImpossible' },
  unsure: { ...offered, phase: 'stopped', trouble: 'noAnswer' },
  'false-lock': { ...offered, phase: 'stopped', offer: null, trouble: 'notTheLock' },
}

/** The link of an invitation, in everything that can come of it. */
export const invitationScenes: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `invitation-${name}`,
    { tab: null, draw: () => <InvitationScreen view={view} on={silent()} /> },
  ]),
)
