import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credential, User } from '@mortise/protocol/words'
import type { CredentialKind } from '#app/state/model/access/access-view.ts'
import { changeLines } from '#app/state/model/access/change-lines.ts'
import { accessTexts as texts } from '#app/texts/en/access.ts'

const pin: Credential = { id: new Uint8Array(16).fill(1), type: 'pin', createdAtMs: 0 }
const user = (role: User['role']): User => ({
  id: new Uint8Array(16),
  name: 'Kitchen',
  role,
  userType: 'unrestrictedUser',
  userStatus: 'occupiedEnabled',
  verbs: ['lock', 'unlock'],
  credentials: [pin],
})

test('the PIN of an assistant is called a voice PIN wherever a change speaks of it', () => {
  const kinds = (role: User['role']) => {
    const differences = [
      { kind: 'credentialAdded', user: user(role), credential: pin },
      { kind: 'credentialRemoved', user: user(role), credential: pin },
      { kind: 'userRemoved', user: user(role), credentials: [pin] },
    ] as const
    const lines = changeLines(differences, () => false)
    return lines.flatMap<CredentialKind | null>((line) => {
      if (line.kind === 'gains' || line.kind === 'losesCredential') return [line.credential]
      return line.kind === 'loses' ? line.credentials : []
    })
  }
  assert.deepEqual(kinds('agent'), ['voicePin', 'voicePin', 'voicePin'])
  assert.deepEqual(kinds('resident'), ['pin', 'pin', 'pin'])
  assert.equal(
    texts.gains('Kitchen', ['unlock'], 'voicePin'),
    'Kitchen may unlock with a voice PIN',
  )
})
