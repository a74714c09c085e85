import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ManagementCommand, MatterAnswer, SetUser } from '#core/matter/commands.ts'
import { emptyMatterDatabase, matterLimits } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import { manage } from '#core/matter/manage.ts'
import { bearer, setUserOf } from '#core/matter/testing/commands.ts'
import { forgetFabric } from '#core/matter/users.ts'

type Command = Parameters<typeof manage>[1]

/** Carries out a list of commands of fabric 1, each of which must succeed. */
function after(...commands: readonly Command[]): MatterDatabase {
  return commands.reduce((database, command, index) => {
    const { answer, database: next } = manage(database, command, bearer(1, index + 1))
    assert.equal(answer.status, 'success', command.type)
    return next
  }, emptyMatterDatabase)
}

const ann = setUserOf('add', 1, { userName: 'Ann', userUniqueId: 7 })
const bob = setUserOf('add', 3, { userName: 'Bob' })

const rows: readonly (readonly [
  what: string,
  before: readonly Command[],
  command: Command,
  fabric: number,
  answer: Partial<MatterAnswer>,
])[] = [
  ['a new user', [], ann, 1, { status: 'success' }],
  ['a slot that is taken', [ann], setUserOf('add', 1), 1, { status: 'occupied' }],
  ['index 0', [], setUserOf('add', 0), 1, { status: 'invalidCommand' }],
  ['the last index', [], setUserOf('add', matterLimits.usersMax), 1, { status: 'success' }],
  [
    'an index beyond',
    [],
    setUserOf('add', matterLimits.usersMax + 1),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a name of ten characters',
    [],
    setUserOf('add', 1, { userName: 'ÄÖÜäöüß€🙂x' }),
    1,
    { status: 'success' },
  ],
  [
    'a name of eleven',
    [],
    setUserOf('add', 1, { userName: 'abcdefghijk' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a name that hides',
    [],
    setUserOf('add', 1, { userName: 'a\u202eb' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a programming user',
    [],
    setUserOf('add', 1, { userType: 'programmingUser' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a week-day user',
    [],
    setUserOf('add', 1, { userType: 'weekDayScheduleUser' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a schedule-restricted user',
    [],
    setUserOf('add', 1, { userType: 'scheduleRestrictedUser' }),
    1,
    { status: 'success' },
  ],
  [
    'a rule that is not offered',
    [],
    setUserOf('add', 1, { credentialRule: 'dual' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a change of nobody',
    [],
    setUserOf('modify', 1, { userStatus: 'occupiedDisabled' }),
    1,
    { status: 'invalidCommand' },
  ],
  [
    'a change of status by another fabric',
    [ann],
    setUserOf('modify', 1, { userStatus: 'occupiedDisabled' }),
    2,
    { status: 'success' },
  ],
  [
    'a new name by another fabric',
    [ann],
    setUserOf('modify', 1, { userName: 'Eve' }),
    2,
    { status: 'invalidCommand' },
  ],
  [
    'a new number by another fabric',
    [ann],
    setUserOf('modify', 1, { userUniqueId: 1 }),
    2,
    { status: 'invalidCommand' },
  ],
  [
    'a new name by its own',
    [ann],
    setUserOf('modify', 1, { userName: 'Eve' }),
    1,
    { status: 'success' },
  ],
  [
    'asking beyond the slots',
    [],
    { type: 'getUser', userIndex: 0 },
    1,
    { status: 'invalidCommand' },
  ],
  [
    'asking for a free slot',
    [bob],
    { type: 'getUser', userIndex: 1 },
    1,
    { status: 'success', userIndex: 1, nextUserIndex: 3 },
  ],
  ['clearing a free slot', [], { type: 'clearUser', userIndex: 1 }, 1, { status: 'success' }],
  [
    'clearing beyond the slots',
    [],
    { type: 'clearUser', userIndex: 0xffff },
    1,
    { status: 'invalidCommand' },
  ],
  ['clearing all', [ann, bob], { type: 'clearUser', userIndex: 0xfffe }, 2, { status: 'success' }],
]

describe('users of a Matter administrator', () => {
  for (const [what, before, command, fabric, answer] of rows) {
    test(`${what}: ${answer.status}`, () => {
      const database = after(...before)
      const outcome = manage(database, command, bearer(fabric))
      assert.deepEqual({ ...outcome.answer }, answer)
      if (answer.status !== 'success') {
        assert.equal(outcome.database, database, 'a refused command changes nothing')
        assert.deepEqual(outcome.changes, [])
      }
    })
  }

  test('the defaults of section 5.2.10.32', () => {
    const { answer } = manage(
      after(setUserOf('add', 2)),
      { type: 'getUser', userIndex: 2 },
      bearer(1),
    )
    assert.deepEqual(answer, {
      status: 'success',
      userIndex: 2,
      userName: '',
      userUniqueId: 0xffffffff,
      userStatus: 'occupiedEnabled',
      userType: 'unrestrictedUser',
      credentialRule: 'single',
      creatorFabricIndex: 1,
      lastModifiedFabricIndex: 1,
      credentials: [],
    })
  })

  test('a change leaves what it does not name, and tells who made it', () => {
    const disable: SetUser = setUserOf('modify', 1, { userStatus: 'occupiedDisabled' })
    const { database } = manage(after(ann), disable, bearer(2))
    const { answer } = manage(database, { type: 'getUser', userIndex: 1 }, bearer(2))
    assert.equal(answer.userName, 'Ann')
    assert.equal(answer.userUniqueId, 7)
    assert.equal(answer.userStatus, 'occupiedDisabled')
    assert.equal(answer.creatorFabricIndex, 1)
    assert.equal(answer.lastModifiedFabricIndex, 2)
  })

  test('every change is told once', () => {
    const told = (database: MatterDatabase, command: ManagementCommand) =>
      command.type === 'setCredential' ? [] : manage(database, command, bearer(1)).changes
    const change = { lockDataType: 'userIndex', userIndex: 1, dataIndex: 1 }
    assert.deepEqual(told(after(), ann), [{ ...change, dataOperationType: 'add' }])
    assert.deepEqual(told(after(ann), { type: 'clearUser', userIndex: 1 }), [
      { ...change, dataOperationType: 'clear' },
    ])
    assert.deepEqual(told(after(), { type: 'clearUser', userIndex: 1 }), [])
  })

  const made = ({ creatorFabricIndex, lastModifiedFabricIndex }: MatterAnswer) => [
    creatorFabricIndex,
    lastModifiedFabricIndex,
  ]
  for (const [gone, expected] of [
    [1, [0, 2]],
    [2, [1, 0]],
    [3, [1, 2]],
  ] as const) {
    test(`what fabric 1 made and 2 changed, once ${gone} is gone`, () => {
      const disable = setUserOf('modify', 1, { userStatus: 'occupiedDisabled' })
      const { database } = manage(after(ann), disable, bearer(2))
      const left = forgetFabric(database, gone)
      const { answer } = manage(left, { type: 'getUser', userIndex: 1 }, bearer(1))
      assert.deepEqual(made(answer), expected)
    })
  }

  test('what a fabric made stays when it goes, and belongs to no later one of its number', () => {
    const database = forgetFabric(after(ann), 1)
    const { answer } = manage(database, { type: 'getUser', userIndex: 1 }, bearer(1))
    assert.deepEqual([answer.creatorFabricIndex, answer.lastModifiedFabricIndex], [0, 0])
    const rename = manage(database, setUserOf('modify', 1, { userName: 'Eve' }), bearer(1))
    assert.equal(rename.answer.status, 'invalidCommand')
  })
})
