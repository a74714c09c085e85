import type { Hub } from '#hub/shell/hub.ts'
import type { AnswerName, Handlers } from '#hub/api/rest/call.ts'

type InvitationName = Extract<AnswerName, 'beginInvitation' | 'enterInvitation' | 'relayInvited'>

/** The way in for somebody who holds a ticket and has no account. */
export function invitationHandlers({ tickets, relay }: Hub): Handlers<InvitationName> {
  return {
    beginInvitation: () => tickets.begin(),
    enterInvitation: (entry) => tickets.enter(entry),
    relayInvited: async ({ token, sealed }) => {
      const { lockId, invitation } = await tickets.reach(token)
      return { sealed: await relay.ask(lockId, invitation, sealed) }
    },
  }
}
