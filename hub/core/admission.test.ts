import assert from 'node:assert/strict'
import test from 'node:test'
import { roles } from '@mortise/protocol/words'
import { admissionRefusal } from '#core/admission.ts'
import type { LockAction } from '#core/admission.ts'

const actions: readonly LockAction[] = ['see', 'readState', 'readPolicy', 'readJournal', 'relay']

/** Verdicts in the order of the actions: a dot allows. */
const table: readonly (readonly [string, Parameters<typeof admissionRefusal>[1], string])[] = [
  ...roles
    .filter((role) => role !== 'guest')
    .map(
      (role) =>
        [role, { unclaimed: false, user: { role, standing: 'active' } }, '. . . . .'] as const,
    ),
  [
    'guest',
    { unclaimed: false, user: { role: 'guest', standing: 'active' } },
    '. . notAllowed notAllowed .',
  ],
  [
    'guest to come',
    { unclaimed: false, user: { role: 'guest', standing: 'upcoming' } },
    '. notYetValid notYetValid notYetValid notYetValid',
  ],
  [
    'owner to come',
    { unclaimed: false, user: { role: 'owner', standing: 'upcoming' } },
    '. notYetValid notYetValid notYetValid notYetValid',
  ],
  ['stranger', { unclaimed: false }, 'notFound notFound notFound notFound notFound'],
  ['stranger before an unclaimed lock', { unclaimed: true }, '. . notFound notFound .'],
]
for (const [who, facts, expected] of table) {
  test(`${who}: ${expected}`, () => {
    const shown = actions.map((action) => admissionRefusal(action, facts) ?? '.')
    assert.equal(shown.join(' '), expected)
  })
}
