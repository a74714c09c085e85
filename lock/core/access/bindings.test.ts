import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Binding, Invitation, Policy } from '@mortise/protocol/words'
import { bindingFault, bindingsThatStay } from '#core/access/bindings.ts'
import { deviceKey, idOf, person, policyOf } from '@mortise/access/testing'

const owner = person(1, 'owner').user
const guest = person(2, 'guest', { credentials: [] }).user
const other = person(3, 'guest', { credentials: [] }).user
const bound = deviceKey(7).credential
const binding: Binding = { userId: guest.id, invitationId: idOf(9), credential: bound }
const invitation: Invitation = {
  id: idOf(9),
  userId: guest.id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: 1,
}

const base = policyOf([owner, guest, other], { invitations: [invitation] })
const adopting = { ...guest, credentials: [bound] }

const rows: readonly (readonly [
  what: string,
  after: Policy,
  stays: boolean,
  fault: 'policyInvalid' | undefined,
])[] = [
  ['nothing changes', base, true, undefined],
  ['the invitation is withdrawn', { ...base, invitations: [] }, false, undefined],
  [
    'the invitation is withdrawn, and another one for the same user stands',
    { ...base, invitations: [{ ...invitation, id: idOf(8) }] },
    false,
    undefined,
  ],
  ['the user is removed', { ...base, users: [owner, other], invitations: [] }, false, undefined],
  [
    'the invitation is given to another',
    { ...base, invitations: [{ ...invitation, userId: other.id }] },
    false,
    undefined,
  ],
  [
    'the policy adopts the credential',
    { ...base, users: [owner, adopting, other] },
    false,
    undefined,
  ],
  [
    'it is adopted under another name',
    { ...base, users: [owner, { ...guest, credentials: [{ ...bound, name: 'mine' }] }, other] },
    false,
    undefined,
  ],
  [
    'it is adopted for another user',
    { ...base, users: [owner, guest, { ...other, credentials: [bound] }] },
    false,
    'policyInvalid',
  ],
  [
    'its id names another key',
    {
      ...base,
      users: [
        owner,
        { ...guest, credentials: [{ ...deviceKey(8).credential, id: idOf(7) }] },
        other,
      ],
    },
    false,
    'policyInvalid',
  ],
  [
    'its key comes under another id',
    { ...base, users: [owner, { ...guest, credentials: [{ ...bound, id: idOf(8) }] }, other] },
    true,
    'policyInvalid',
  ],
]

describe('what becomes of a bound credential', () => {
  for (const [what, after, stays, fault] of rows) {
    test(what, () => {
      assert.deepEqual(bindingsThatStay([binding], after), stays ? [binding] : [])
      assert.equal(bindingFault([binding], after), fault)
    })
  }
})
