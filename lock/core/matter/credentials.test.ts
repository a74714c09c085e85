import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MatterStatus, SetCredential } from '#core/matter/commands.ts'
import {
  clearCredential,
  placeCredential,
  refusedCredential,
  setCredentialFault,
} from '#core/matter/credentials.ts'
import { emptyMatterDatabase, matterLimits, userAt } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import { manage } from '#core/matter/manage.ts'
import { bearer, setPinOf, setUserOf } from '#core/matter/testing/commands.ts'

const pin = '739184'

/** The users at these slots, made by fabric 1, and then codes put in place, each of which must fit. */
function house(
  userIndexes: readonly number[],
  ...credentials: readonly SetCredential[]
): MatterDatabase {
  const users = userIndexes.reduce(
    (database, index) => manage(database, setUserOf('add', index), bearer(1, index)).database,
    emptyMatterDatabase,
  )
  return credentials.reduce((database, command, index) => {
    const by = bearer(1, 100 + index)
    assert.equal(setCredentialFault(database, command, by), undefined)
    return placeCredential(database, command, by).database
  }, users)
}

const many = Array.from({ length: matterLimits.usersMax }, (_, index) => index + 1)
const full = Array.from({ length: matterLimits.credentialsPerUserMax }, (_, index) =>
  setPinOf('add', index + 1, pin, { userIndex: 1 }),
)

const rows: readonly (readonly [
  what: string,
  database: MatterDatabase,
  command: SetCredential,
  fabric: number,
  status: MatterStatus | undefined,
])[] = [
  ['a code with its user', house([]), setPinOf('add', 1, pin), 1, undefined],
  [
    'a code with its user, all slots taken',
    house(many),
    setPinOf('add', 1, pin),
    1,
    'resourceExhausted',
  ],
  ['a code for somebody', house([2]), setPinOf('add', 1, pin, { userIndex: 2 }), 1, undefined],
  ['a code for nobody', house([]), setPinOf('add', 1, pin, { userIndex: 2 }), 1, 'invalidCommand'],
  [
    'a code for another fabric’s user',
    house([2]),
    setPinOf('add', 1, pin, { userIndex: 2 }),
    2,
    'invalidCommand',
  ],
  [
    'an index that is taken',
    house([], setPinOf('add', 1, pin)),
    setPinOf('add', 1, '581903'),
    1,
    'occupied',
  ],
  [
    'a sixth code of a person',
    house([1], ...full),
    setPinOf('add', 9, pin, { userIndex: 1 }),
    1,
    'resourceExhausted',
  ],
  ['index 0', house([]), setPinOf('add', 0, pin), 1, 'invalidCommand'],
  [
    'an index beyond',
    house([]),
    setPinOf('add', matterLimits.credentialIndexMax + 1, pin),
    1,
    'invalidCommand',
  ],
  ['five digits', house([]), setPinOf('add', 1, '73918'), 1, 'invalidCommand'],
  ['eleven digits', house([]), setPinOf('add', 1, '73918473918'), 1, 'invalidCommand'],
  ['letters', house([]), setPinOf('add', 1, 'abcdef'), 1, 'invalidCommand'],
  ['a code that is guessed first', house([]), setPinOf('add', 1, '123456'), 1, 'invalidCommand'],
  [
    'another type',
    house([]),
    {
      ...setPinOf('add', 1, pin),
      credential: { credentialType: 'unsupported', credentialIndex: 1 },
    },
    1,
    'invalidCommand',
  ],
  [
    'a programming user',
    house([]),
    setPinOf('add', 1, pin, { userType: 'programmingUser' }),
    1,
    'invalidCommand',
  ],
  [
    'a one-time user',
    house([]),
    setPinOf('add', 1, pin, { userType: 'disposableUser' }),
    1,
    undefined,
  ],
  [
    'a type for somebody who is there',
    house([1]),
    setPinOf('add', 1, pin, { userIndex: 1, userType: 'disposableUser' }),
    1,
    'invalidCommand',
  ],
  [
    'another code in its place',
    house([1], setPinOf('add', 1, pin, { userIndex: 1 })),
    setPinOf('modify', 1, '581903', { userIndex: 1 }),
    1,
    undefined,
  ],
  [
    'another code by another fabric',
    house([1], setPinOf('add', 1, pin, { userIndex: 1 })),
    setPinOf('modify', 1, '581903', { userIndex: 1 }),
    2,
    'invalidCommand',
  ],
  [
    'another code for nobody',
    house([1], setPinOf('add', 1, pin, { userIndex: 1 })),
    setPinOf('modify', 1, '581903', { userIndex: 2 }),
    1,
    'invalidCommand',
  ],
  [
    'the code of somebody else',
    house([1, 2], setPinOf('add', 1, pin, { userIndex: 1 })),
    setPinOf('modify', 1, '581903', { userIndex: 2 }),
    1,
    'occupied',
  ],
  [
    'another code where none is',
    house([1]),
    setPinOf('modify', 1, '581903', { userIndex: 1 }),
    1,
    'invalidCommand',
  ],
  [
    'another code without a user',
    house([], setPinOf('add', 1, pin)),
    setPinOf('modify', 1, '581903'),
    1,
    'invalidCommand',
  ],
]

describe('SetCredential', () => {
  for (const [what, database, command, fabric, status] of rows) {
    test(`${what}: ${status ?? 'fits'}`, () => {
      assert.equal(setCredentialFault(database, command, bearer(fabric)), status)
    })
  }

  test('makes a user when none is named, and says which', () => {
    const outcome = placeCredential(house([1]), setPinOf('add', 4, pin), bearer(3))
    assert.deepEqual(outcome.answer, { status: 'success', userIndex: 2, nextCredentialIndex: 5 })
    assert.deepEqual(
      outcome.changes.map(({ lockDataType, userIndex }) => [lockDataType, userIndex]),
      [
        ['userIndex', 2],
        ['pin', 2],
      ],
    )
    assert.equal(userAt(outcome.database, 2)?.creatorFabricIndex, 3)
  })

  test('a code that is set again gets a new id, so that the old one never means it', () => {
    const database = house(
      [1],
      setPinOf('add', 1, pin, { userIndex: 1 }),
      setPinOf('add', 2, '920481', { userIndex: 1 }),
    )
    const [old, other] = userAt(database, 1)?.credentials ?? []
    const command = setPinOf('modify', 1, '581903', { userIndex: 1 })
    const after = placeCredential(database, command, bearer(1, 77)).database
    const [renewed, ...others] = userAt(after, 1)?.credentials ?? []
    assert.notDeepEqual(renewed?.id, old?.id)
    assert.deepEqual(others, [other])
  })

  test('the next free index is told with a refusal too', () => {
    const database = house([], setPinOf('add', 2, pin))
    const answer = refusedCredential(database, setPinOf('add', 1, pin), 'duplicate')
    assert.deepEqual(answer, { status: 'duplicate', nextCredentialIndex: 3 })
    const last = setPinOf('add', matterLimits.credentialIndexMax, pin)
    assert.deepEqual(refusedCredential(database, last, 'occupied'), { status: 'occupied' })
    const face: SetCredential = {
      ...last,
      credential: { credentialType: 'unsupported', credentialIndex: 1 },
    }
    assert.deepEqual(refusedCredential(database, face, 'invalidCommand'), {
      status: 'invalidCommand',
    })
  })
})

describe('GetCredentialStatus', () => {
  const database = house([1], setPinOf('add', 2, pin, { userIndex: 1 }))
  const ask = (credentialIndex: number) =>
    manage(
      database,
      { type: 'getCredentialStatus', credential: { credentialType: 'pin', credentialIndex } },
      bearer(1),
    ).answer

  test('tells whose it is, and never the code', () => {
    assert.deepEqual(ask(2), {
      status: 'success',
      credentialExists: true,
      userIndex: 1,
      creatorFabricIndex: 1,
      lastModifiedFabricIndex: 1,
    })
  })
  test('tells the next occupied index for a free one', () => {
    assert.deepEqual(ask(1), { status: 'success', credentialExists: false, nextCredentialIndex: 2 })
  })
  test('knows no index 0', () => {
    assert.equal(ask(0).status, 'invalidCommand')
  })
})

describe('ClearCredential', () => {
  const two = house(
    [1],
    setPinOf('add', 1, pin, { userIndex: 1 }),
    setPinOf('add', 2, '581903', { userIndex: 1 }),
  )
  const name = (credentialIndex: number) => ({ credentialType: 'pin', credentialIndex }) as const

  test('leaves a person who has another', () => {
    const { database, changes } = clearCredential(two, name(1))
    assert.equal(userAt(database, 1)?.credentials.length, 1)
    assert.equal(changes.length, 1)
  })
  test('takes a person with their last one', () => {
    const { database } = clearCredential(clearCredential(two, name(1)).database, name(2))
    assert.deepEqual(database.users, [])
  })
  for (const all of [undefined, name(0xfffe)]) {
    test(`takes everybody who has one: ${all === undefined ? 'all types' : 'one type'}`, () => {
      const withBob = manage(two, setUserOf('add', 5), bearer(1)).database
      const { database } = clearCredential(withBob, all)
      assert.deepEqual(
        database.users.map(({ userIndex }) => userIndex),
        [5],
      )
    })
  }
  test('of a free index changes nothing and succeeds', () => {
    const { answer, database } = clearCredential(two, name(9))
    assert.equal(answer.status, 'success')
    assert.equal(database, two)
  })
  test('knows no index beyond', () => {
    assert.equal(clearCredential(two, name(51)).answer.status, 'invalidCommand')
  })
})
