import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Binding, Credential, Policy, User } from '@mortise/protocol/words'
import { shutOutBy } from '#app/shell/locks/shut-out.ts'

const pin: Credential = { type: 'pin', id: Uint8Array.of(1), createdAtMs: 0 }
const finger: Credential = {
  type: 'fingerprint',
  id: Uint8Array.of(2),
  createdAtMs: 0,
  name: 'Left thumb',
}
const key: Binding['credential'] = {
  type: 'deviceKey',
  id: Uint8Array.of(3),
  createdAtMs: 0,
  name: 'Phone',
  publicKey: new Uint8Array(32),
}
const nora: User = {
  id: Uint8Array.of(9),
  name: 'Nora',
  role: 'guest',
  userStatus: 'occupiedEnabled',
  verbs: ['lock', 'unlock'],
  credentials: [pin],
}
const dual = { ...nora, credentialRule: 'dual' } as const
const invitation = {
  id: Uint8Array.of(7),
  userId: nora.id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: 1,
}
const binding: Binding = { invitationId: invitation.id, userId: nora.id, credential: key }

const policy = (users: readonly User[], change: Partial<Policy> = {}): Policy => ({
  v: 1,
  lockId: new Uint8Array(32),
  version: 1,
  previous: new Uint8Array(32),
  doorName: 'Front door',
  timeZone: 'Europe/Berlin',
  settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
  relyingParties: [],
  users,
  invitations: [],
  ...change,
})

function shutOut(before: Policy, after: Policy, bindings: readonly Binding[] = []) {
  const bytes = new Uint8Array(32)
  const reading = { policy: before, encoded: bytes, hash: bytes, bindings, reportedAtMs: 0 }
  return shutOutBy({ before: { ...reading, standing: 'inForce' }, after })
}

const tooFew = [{ who: 'Nora', trouble: { kind: 'tooFew', have: 1, wanted: 2 } }]
const both = { ...dual, credentials: [pin, finger] }

test('a rule that somebody’s ways in cannot meet is told before anybody signs', () => {
  assert.deepEqual(shutOut(policy([nora]), policy([dual])), tooFew)
  assert.deepEqual(shutOut(policy([]), policy([dual])), tooFew)
})

test('so is the loss of a way in that the rule needs', () => {
  assert.deepEqual(shutOut(policy([both]), policy([dual])), tooFew)
})

test('nothing is told of who can come in, is switched off, or was kept out before', () => {
  assert.deepEqual(shutOut(policy([nora]), policy([both])), [])
  const off = { ...dual, userStatus: 'occupiedDisabled' } as const
  assert.deepEqual(shutOut(policy([nora]), policy([off])), [])
  assert.deepEqual(shutOut(policy([dual]), policy([{ ...dual, name: 'N' }])), [])
})

test('a phone that came by a link counts until its invitation goes, and a link that is open brings one', () => {
  const invited = { invitations: [invitation] }
  assert.deepEqual(shutOut(policy([nora], invited), policy([dual], invited), [binding]), [])
  assert.deepEqual(shutOut(policy([dual], invited), policy([dual]), [binding]), tooFew)
  assert.deepEqual(shutOut(policy([nora], invited), policy([dual], invited)), [])
})

test('a stricter rule for faces shuts out whoever has nothing else', () => {
  const face: Credential = { type: 'face', id: Uint8Array.of(4), createdAtMs: 0, name: 'Face' }
  const [before, after] = [policy([{ ...nora, credentials: [face] }]), policy([])]
  const { users } = before
  const settings = { ...before.settings, faceRule: 'neverAlone' } as const
  assert.deepEqual(shutOut(before, { ...after, users, settings }), [
    { who: 'Nora', trouble: { kind: 'faceAlone' } },
  ])
})
