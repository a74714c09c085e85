/** One room: a folder, or a single file, that holds one idea. */
export interface Room {
  /** Folder or file, relative to the root. The longest match owns a file. */
  readonly path: string
  readonly holds: string
  /** Rooms that its product code may import; each stands above in the table. */
  readonly may: readonly string[]
  /** No clock, no chance, no timers, no input or output: it must run in browser and simulator. */
  readonly pure?: true
  /** No promises either: one step is one call. */
  readonly synchronous?: true
  /** A folder per thing, joined by `main.ts` alone: neighbours do not know each other. */
  readonly plugged?: true
  /** All folders straight in it, from the ground up: each imports only those before it. */
  readonly floors?: readonly string[]
}

const PROTOCOL = ['protocol']
const LOCK_BELOW = ['protocol', 'crypto', 'access']
const HUB_BELOW = ['protocol', 'crypto']

/**
 * The rooms from the ground up: a room may import only rooms above it, and of those only the ones
 * in `may`. A room may stand here before it stands in the tree.
 */
export const rooms: readonly Room[] = [
  { path: 'protocol', holds: 'the words that lock, hub and phone share', may: [], pure: true },
  { path: 'crypto', holds: 'adapters of the crypto port, for Node and browser', may: PROTOCOL },
  {
    path: 'access',
    holds: "who may do what, and when: the meaning of the owners' policy",
    may: PROTOCOL,
    pure: true,
    synchronous: true,
  },
  {
    path: 'keyholder',
    holds: "what a person's device knows and proves",
    may: [...PROTOCOL, 'access'],
    pure: true,
  },

  {
    path: 'lock/core',
    holds: 'the decision: state and input in, state and effects out',
    may: [...PROTOCOL, 'access'],
    pure: true,
    synchronous: true,
    // Its README leads a reader through in this order.
    floors: [
      'time',
      'access',
      'battery',
      'matter',
      'turn',
      'journal',
      'lockout',
      'visits',
      'alarm',
      'storage',
      'enrolment',
      'bolt',
      'mode',
      'doorstep',
      'keypad',
      'reset',
      'inside',
      'clock',
      'matter-channel',
      'requests',
    ],
  },
  { path: 'lock/ports', holds: 'contracts with hardware, disk and network', may: PROTOCOL },
  {
    path: 'lock/shell',
    holds: 'the loop: read a port, step, make durable, then act',
    may: [...LOCK_BELOW, 'lock/core', 'lock/ports'],
  },
  {
    path: 'lock/adapters',
    holds: 'one folder per thing that is plugged in',
    may: [...LOCK_BELOW, 'lock/ports'],
    plugged: true,
  },
  { path: 'lock/update', holds: 'new firmware', may: [...LOCK_BELOW, 'lock/ports'] },
  {
    path: 'lock',
    holds: 'main.ts and its configuration',
    may: [...LOCK_BELOW, 'lock/core', 'lock/ports', 'lock/shell', 'lock/update'],
  },

  {
    path: 'hub/core',
    holds: 'decisions of the hub',
    may: PROTOCOL,
    pure: true,
    synchronous: true,
  },
  { path: 'hub/ports', holds: 'contracts with store, bus and senders', may: PROTOCOL },
  {
    path: 'hub/shell',
    holds: 'one request in, step, effects out, one transaction',
    may: [...HUB_BELOW, 'hub/core', 'hub/ports'],
  },
  {
    path: 'hub/adapters',
    holds: 'ways out: stores, buses, senders',
    may: [...HUB_BELOW, 'hub/ports'],
    plugged: true,
  },
  {
    path: 'hub/api',
    holds: 'ways in: REST, live events, locks',
    may: [...HUB_BELOW, 'hub/core', 'hub/ports', 'hub/shell'],
  },
  {
    path: 'hub',
    holds: 'main.ts and its configuration',
    may: [...HUB_BELOW, 'hub/core', 'hub/ports', 'hub/shell', 'hub/api'],
  },

  { path: 'app', holds: 'the phone app', may: ['protocol', 'crypto', 'access', 'keyholder'] },
  { path: 'cli', holds: 'the command line', may: ['protocol', 'crypto', 'access', 'keyholder'] },
  {
    path: 'proof',
    holds: 'what shows that it works, and where it breaks',
    may: ['protocol', 'crypto', 'access', 'keyholder', 'lock', 'hub', 'app', 'cli'],
  },
  { path: 'tools', holds: 'our rules as programs', may: [] },
  { path: 'start', holds: 'what `npm start` is made of', may: PROTOCOL },
  {
    path: 'start.ts',
    holds: 'hub, one virtual door and app with one command',
    may: ['protocol', 'start'],
  },
]

/** Something that must stay out of reach. */
export interface Ban {
  /** The room whose code is bound. */
  readonly room: string
  /** Import specifiers; a `*` at the end stands for anything. */
  readonly forbidden: readonly string[]
  /** Rooms within `room` that are free of the ban. */
  readonly except?: RegExp
  readonly why: string
  readonly instead: string
  /** Whether a detour through other packages counts too. */
  readonly alsoIndirectly?: true
  /** A proof that is worth something only while it keeps the ban as well. */
  readonly testsToo?: true
}

const BROWSER = 'must run in a browser'
const MATTER_ROOMS = /\/adapters\/matter[^/]*\//

/** What must stay out of reach, with the reason. Tests and `proof` are free where nothing else is said. */
export const bans: readonly Ban[] = [
  {
    room: 'hub',
    forbidden: ['@mortise/protocol/seal', '@mortise/crypto/node/seal', '@mortise/crypto/web'],
    why: 'the hub must not be able to open or forge',
    instead: '@mortise/protocol/verify and @mortise/crypto/node/verify',
    alsoIndirectly: true,
  },
  ...['protocol', 'access', 'keyholder', 'lock/core', 'hub/core'].map((room): Ban => ({
    room,
    forbidden: ['node:*'],
    why: 'it must run in browser and simulator',
    instead: 'an argument that the shell hands in',
  })),
  {
    room: 'proof/simulator/auditor',
    forbidden: ['@mortise/access', '@mortise/access/*', '@mortise/lock-core', '#core/*'],
    why: 'a judge that shares code with the lock shares its faults',
    instead: 'what goes into a lock and what comes out of it',
    testsToo: true,
  },
  ...['app', 'crypto/web'].map((room): Ban => ({
    room,
    forbidden: ['node:*', '@mortise/crypto/node/*'],
    why: `it ${BROWSER}`,
    instead: '@mortise/crypto/web, or a port of the browser shell',
    alsoIndirectly: true,
  })),
  ...['lock', 'hub', 'cli', 'app', 'keyholder', 'access', 'protocol', 'crypto'].map(
    (room): Ban => ({
      room,
      forbidden: ['@matter/*', '@project-chip/*'],
      except: MATTER_ROOMS,
      why: 'Matter is one channel among others, and its words stop at its adapter',
      instead: 'a port, with the Matter side in an adapters/matter-* room',
    }),
  ),
]
