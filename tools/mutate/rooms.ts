/** What is broken, and who must notice. */
export interface MutatedRoom {
  readonly name: string
  /** A folder stands for the product files right in it. */
  readonly sources: readonly string[]
  /** The tests that must notice: those below these folders. */
  readonly tests: readonly string[]
}

/** The rooms that decide whether a door opens. The first that names a file owns it. */
export const mutatedRooms: readonly MutatedRoom[] = [
  {
    name: 'policy authorization',
    // All that a signed command passes until its policy is in force, and what ties people to keys.
    sources: [
      'access/change.ts',
      'access/within.ts',
      'lock/core/requests',
      'lock/core/access/bindings.ts',
      'lock/core/access/pins.ts',
      'lock/core/enrolment/templates.ts',
    ],
    tests: ['access', 'lock/core'],
  },
  { name: 'access', sources: ['access'], tests: ['access'] },
  { name: 'bolt', sources: ['lock/core/bolt'], tests: ['lock/core'] },
  {
    name: 'lockout',
    sources: ['lock/core/lockout', 'lock/core/access/lockout.ts'],
    tests: ['lock/core'],
  },
]

/** A search through random worlds finds what nobody thought of; what only it notices has no test of its own. */
export const searches: readonly string[] = ['lock/core/contract.test.ts']

/** Of all mutants of a room, so many hundredths must be noticed. */
export const scoreMin = 95
