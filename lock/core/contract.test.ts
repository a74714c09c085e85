import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Operation } from '@mortise/protocol/wire'
import type { Entry } from '@mortise/protocol/words'
import { chanceFrom, idOf, person, pinCredential, policyOf, seedOf } from '@mortise/access/testing'
import type { Effect, Input, Sensors, StepResult } from '#core/index.ts'
import { Auditor } from '#core/testing/auditor.ts'
import { RandomWorld } from '#core/testing/random-world.ts'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const worlds = 150
const actionsPerWorld = 120

test('the motion-and-truth contract holds in random worlds with power cuts', (t) => {
  const seed = seedOf(t)
  const chance = chanceFrom(seed)
  const seen = new Map<string, number>()
  for (let number = 0; number < worlds; number += 1) {
    const world = new RandomWorld(chance)
    try {
      for (let action = 0; action < actionsPerWorld; action += 1) world.act()
    } catch (error) {
      t.diagnostic(`seed ${seed}, world ${number}: ${world.story.join(', ')}`)
      throw error
    }
    for (const entry of world.lock.store.journal()) count(seen, entry)
  }
  const stories = ['unlock remote granted', 'unlock keypad granted', 'lock auto granted']
  for (const story of [...stories, 'unlock interrupted', 'unlock remote boltNotConfirmed']) {
    assert.ok((seen.get(`operationResult ${story}`) ?? 0) > 0, `no world told of: ${story}`)
  }
  for (const type of ['keypadLockedOut', 'policyChanged', 'messagesRefused', 'boltMoved']) {
    assert.ok(
      [...seen.keys()].some((key) => key.startsWith(type)),
      `no world told of: ${type}`,
    )
  }
})

function count(seen: Map<string, number>, { type, verb, source, reason }: Entry): void {
  const key = [type, verb, source, reason].filter((word) => word !== undefined).join(' ')
  seen.set(key, (seen.get(key) ?? 0) + 1)
}

const owner = person(1, 'owner')
const pinCode = '739184'
const policy = policyOf(
  [{ ...owner.user, credentials: [...owner.user.credentials, pinCredential(5)] }],
  { settings: { autoRelockTime: 30, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 } },
)

/** A lock at rest and its judge; what is planted is the judge's alone to find. */
function scene(sensors: Partial<Sensors> = {}) {
  const lock = claimedLock(owner, policy, [{ credentialId: idOf(5), pin: pinCode }], sensors)
  const auditor = new Auditor(lock, 30_000)
  return {
    lock,
    auditor,
    /** What the lock does, as it does it. */
    good: (input: Input): void => auditor.judge(input, lock.input(input)),
  }
}

const anyTimer = { type: 'timer', name: 'timeFloor' } as const
const nothing = (lock: TestLock): StepResult => ({ writes: [], effects: [], state: lock.state })
const driveOf = ({ effects }: StepResult): Effect => {
  const drive = effects.find(({ type }) => type === 'drive')
  assert.ok(drive !== undefined)
  return drive
}
/** The input of a command as a phone sends it. */
function commandInput(lock: TestLock, operation: Operation): Input {
  const command = lock.command(operation, lock.challengeFor(owner))
  return { type: 'signed', requestId: 900, command, proof: owner.sign(command) }
}

interface Line {
  /** Of the design's contract of motion and truth. */
  readonly says: string
  /** What a lock that breaks it would do; the judge must object in the words given. */
  readonly faults: readonly (readonly [what: string, plant: () => void, objection: RegExp])[]
}

const contract: readonly Line[] = [
  {
    says: 'no effect `drive` without an accepted intent in the journal',
    faults: [
      [
        'a drive that names an old entry',
        () => {
          const { lock, auditor } = scene()
          const result = lock.input(anyTimer)
          const drive = { type: 'drive', direction: 'retract', intent: 3 } as const
          auditor.judge(anyTimer, { ...result, effects: [...result.effects, drive] })
        },
        /has its intent in the journal/,
      ],
    ],
  },
  {
    says: 'at most one drive per intent, also across a crash',
    faults: [
      [
        'the same drive twice',
        () => {
          const { lock, auditor } = scene()
          const input = commandInput(lock, { type: 'unlock' })
          const result = lock.input(input)
          auditor.judge(input, result)
          auditor.judge(input, result)
        },
        /one drive per intent/,
      ],
      [
        'a drive again after the power came back',
        () => {
          const { lock, auditor } = scene()
          const input = commandInput(lock, { type: 'unlock' })
          const result = lock.input(input)
          auditor.judge(input, result)
          auditor.judge(undefined, { ...lock.boot(), effects: [driveOf(result)] })
        },
        /one drive per intent/,
      ],
      [
        'a third try',
        () => {
          const { lock, good } = scene()
          const stall = { type: 'driveStalled', reason: 'blocked' } as const
          good(commandInput(lock, { type: 'unlock' }))
          good(stall)
          const { bolt } = lock.state
          assert.ok(bolt.drive !== undefined)
          lock.state = { ...lock.state, bolt: { ...bolt, drive: { ...bolt.drive, attempt: 1 } } }
          good(stall)
        },
        /no third try/,
      ],
    ],
  },
  {
    says: 'no drive caused by boot, reconnect, time change, policy change or update',
    faults: (
      [
        ['a boot', undefined],
        ['a link that is back', { type: 'link', up: true }],
        ['the hub, which vouches for a policy', { type: 'newestPolicy', version: 1 }],
        ['the time', anyTimer],
        ['codes that a policy change has hashed', { type: 'pinsHashed', job: 1, tags: [] }],
      ] as const
    ).map(([what, cause]) => [
      `a drive by ${what}`,
      () => {
        const { lock, auditor } = scene()
        auditor.judge(cause, lock.input(commandInput(lock, { type: 'unlock' })))
      },
      /nothing else moves it/,
    ]),
  },
  {
    says: 'no drive caused by (…) policy change (…)',
    faults: [
      [
        'a drive by a signed command that is none to move it',
        () => {
          const { lock, auditor } = scene()
          const result = lock.input(commandInput(lock, { type: 'unlock' }))
          const mode = { type: 'setOperatingMode', operatingMode: 'vacation' } as const
          auditor.judge(commandInput(lock, mode), result)
        },
        /nothing but a command to move it moves it/,
      ],
    ],
  },
  {
    says: '`locked` is never reported unless the bolt sensor says so (and, where fitted, the door is closed)',
    faults: (
      [
        ['a drawn bolt', { bolt: 'retracted' }],
        ['a bolt half way', { bolt: 'between' }],
        ['a bolt that nobody sees', { bolt: 'unknown' }],
        ['an open door', { leaf: 'open' }],
      ] as const
    ).map(([what, sensors]) => [
      `locked with ${what}`,
      () => {
        const { lock, auditor } = scene()
        const result = lock.input(anyTimer)
        lock.sensors = { ...lock.sensors, ...sensors }
        auditor.judge(anyTimer, result)
      },
      /locked is true/,
    ]),
  },
  {
    says: 'auto-relock waits for a closed door and counts its full time again',
    faults: [
      ['a door that stands open', () => relockAfter(30_000, 'open'), /waits for a closed door/],
      ['a second less than its time', () => relockAfter(29_000, 'closed'), /counts its full time/],
    ],
  },
  {
    says: 'failure counters (…) never go back',
    faults: [
      [
        'a wrong code that is forgotten',
        () => {
          const { lock, auditor } = scene()
          lock.press('000000#')
          auditor.judge(undefined, nothing(lock))
          lock.store.registers = { ...lock.store.registers, tries: {} }
          auditor.judge({ type: 'key', key: '1' }, nothing(lock))
        },
        /failure counters never go back/,
      ],
      [
        'a lockout that ends too early',
        () => {
          const { lock, auditor } = scene()
          const input = { type: 'key', key: '1' } as const
          const { registers } = lock.store
          const keypad = { wrongCodes: 0, lockouts: 1, lockedUntilMs: 5 }
          lock.store.registers = { ...registers, tries: { keypad } }
          auditor.judge(input, nothing(lock))
          lock.monotonicMs += 29_999
          const over = { ...keypad, lockedUntilMs: 0 }
          lock.store.registers = { ...registers, tries: { keypad: over } }
          auditor.judge(input, nothing(lock))
        },
        /served in full/,
      ],
      [
        'a code that is compared before its failure is durable',
        () => {
          const { lock, auditor } = scene()
          lock.press('000000')
          const result = lock.input({ type: 'key', key: '#' })
          auditor.judge({ type: 'key', key: '#' }, { ...result, writes: [] })
        },
        /counted before it is compared/,
      ],
      [
        'a lockout of the keypad that stops a phone',
        () => {
          const { lock, auditor } = scene()
          const input = commandInput(lock, { type: 'unlock' })
          const result = lock.input(input)
          lock.settle()
          const reply = { type: 'receipt', ...lock.receipt(), reason: 'keypadLockedOut' } as const
          const [replyTo, requestId] = [new Uint8Array(32), 900]
          const effects = [{ type: 'reply', requestId, replyTo, reply }] as const
          auditor.judge(input, { ...result, effects })
        },
        /a lockout stops no phone/,
      ],
    ],
  },
  {
    says: 'version floors never go back',
    faults: [
      [
        'an older policy',
        () => {
          const { lock, auditor } = scene()
          lock.store.registers = { ...lock.store.registers, policyVersionFloor: 0 }
          auditor.judge(anyTimer, nothing(lock))
        },
        /version floors never go back/,
      ],
    ],
  },
  {
    says: 'an unlock without a journal entry does not exist',
    faults: [
      [
        'a thumbturn that nobody wrote down',
        () => {
          const { lock, auditor } = scene()
          const { state } = lock
          lock.sensors = { ...lock.sensors, bolt: 'retracted' }
          lock.state = { ...state, bolt: { ...state.bolt, position: 'retracted' } }
          auditor.judge({ type: 'boltMoved', position: 'retracted' }, nothing(lock))
        },
        /an unlock without a journal entry does not exist/,
      ],
    ],
  },
  {
    says: 'nothing opens that could not be locked again, and a weak battery is told of',
    faults: [
      [
        'an opening by a weak motor',
        () => {
          const { lock, auditor } = scene()
          const input = commandInput(lock, { type: 'unlock' })
          const result = lock.input(input)
          lock.sensors = { ...lock.sensors, loadMillivolts: 3400 }
          auditor.judge(input, result)
        },
        /could not end, or be locked again/,
      ],
      [
        'a weakness that nobody tells',
        () => {
          const { lock, auditor } = scene()
          lock.sensors = { ...lock.sensors, loadMillivolts: 3400 }
          auditor.judge(anyTimer, nothing(lock))
        },
        /weakness is told/,
      ],
    ],
  },
]

/** The lock's own relock, seen by a judge for whom door and clock were otherwise. */
function relockAfter(ms: number, leaf: 'open' | 'closed'): void {
  const { lock, auditor } = scene({ bolt: 'retracted' })
  auditor.judge(anyTimer, nothing(lock))
  lock.monotonicMs += 30_000
  const input = { type: 'timer', name: 'autoRelock' } as const
  const result = lock.input(input)
  assert.equal(driveOf(result).type, 'drive')
  lock.monotonicMs -= 30_000 - ms
  lock.sensors = { ...lock.sensors, leaf }
  auditor.judge(input, result)
}

/** A judge that never objects proves nothing: for each line, what would break it is planted and found. */
describe('the judge of', () => {
  for (const { says, faults } of contract) {
    describe(says, () => {
      for (const [what, plant, objection] of faults) {
        test(`objects to ${what}`, () => assert.throws(plant, objection))
      }
    })
  }

  test('all of it has nothing against a lock that is sound', () => {
    const { lock, good } = scene()
    good(commandInput(lock, { type: 'unlock' }))
    good({ type: 'driveStalled', reason: 'blocked' })
    lock.sensors = { ...lock.sensors, bolt: 'retracted' }
    good({ type: 'boltMoved', position: 'retracted' })
    lock.monotonicMs += 30_000
    good({ type: 'timer', name: 'autoRelock' })
    lock.sensors = { ...lock.sensors, bolt: 'extended' }
    good({ type: 'boltMoved', position: 'extended' })
    for (const bolt of ['between', 'retracted', 'unknown', 'extended'] as const) {
      lock.sensors = { ...lock.sensors, bolt }
      good({ type: 'boltMoved', position: bolt })
    }
    assert.equal(lock.published().lockState, 'locked')
  })
})
