import type { RestClient } from '@mortise/protocol/rest'
import { idTextOf } from '@mortise/protocol/rest'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { KeyholderError } from '#keyholder/errors.ts'
import { withKeyholderErrors } from '#keyholder/hub-port.ts'
import type { Device, HubPort } from '#keyholder/ports.ts'
import { readInvitation } from './accept-invitation.ts'

type EntryClient = Pick<RestClient, 'beginInvitation' | 'enterInvitation' | 'relayInvited'>

/**
 * The way to one lock for somebody who holds the ticket of an open invitation and has no account.
 * The hub gets a signature by the ticket's key over its own nonce, under a label that is no
 * command, and never the key. `relay` also rejects with `invitationUnknown`, `invitationUsed` and
 * `invitationOver`; everything else is not for somebody who was only invited.
 * @throws KeyholderError `invitationWrong`
 */
export function ticketHubOver(
  client: EntryClient,
  device: Pick<Device, 'crypto'>,
  text: string,
): HubPort {
  const { crypto } = device
  const { lockId, invitationId, ticketSeed } = readInvitation(device, text)
  let token: string | undefined

  const enter = async (): Promise<string> => {
    const { nonce } = await client.beginInvitation()
    const signature = crypto.signEd25519(ticketSeed, ticketEntryInput(nonce, lockId, invitationId))
    const entry = { nonce, lockId: idTextOf(lockId), invitationId, signature }
    return (await client.enterInvitation(entry)).token
  }

  return {
    relay: (_lockId, sealed) =>
      withKeyholderErrors(async () => {
        token ??= await enter()
        return (await client.relayInvited({ token, sealed })).sealed
      }).catch((error: unknown) => {
        // The session is over, and entering anew tells why.
        if (error instanceof KeyholderError && error.code === 'signedOut') token = undefined
        throw error
      }),
    policyReport: notForInvitees,
    historyPage: notForInvitees,
  }
}

function notForInvitees(): Promise<never> {
  return Promise.reject(new KeyholderError('notAllowedByHub'))
}
