import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkRooms } from '#tools/rooms.ts'
import { bans, rooms } from '#tools/rooms/table.ts'
import { formatProblems } from '#tools/source/problem.ts'
import { repositoryRoot, treeOf, workTree } from '#tools/source/tree.ts'

const manifest = (name: string, rest: object = {}): string => JSON.stringify({ name, ...rest })
const depends = (...names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, '1.0.0']))

/** A small sound house; each case below plants one fault in it. */
const HOUSE: Readonly<Record<string, string>> = {
  'package.json': manifest('mortise', { devDependencies: depends('fast-check') }),
  'protocol/package.json': manifest('@mortise/protocol', {
    exports: { './verify': './seal/verify.ts', './seal': './seal/seal.ts' },
    imports: { '#protocol/*': './*' },
    dependencies: depends('cborg'),
  }),
  'protocol/limits.ts': 'export const MOST = 1',
  'protocol/seal/verify.ts': `import { MOST } from '#protocol/limits.ts'\nexport const verify = MOST`,
  'protocol/seal/seal.ts': `import { verify } from './verify.ts'\nexport const seal = verify`,
  'crypto/package.json': manifest('@mortise/crypto', {
    exports: {
      './node/verify': './node/verify.ts',
      './node/seal': './node/seal.ts',
      './web': './web/index.ts',
      './contract': './contract.ts',
    },
    imports: { '#crypto/*': './*' },
    dependencies: depends('@mortise/protocol'),
  }),
  'crypto/node/verify.ts': `import 'node:crypto'\nimport '@mortise/protocol/verify'`,
  'crypto/node/seal.ts': `import '@mortise/protocol/seal'`,
  'crypto/web/index.ts': `import '@mortise/protocol/seal'`,
  'crypto/contract.ts': `import 'node:test'`,
  'keyholder/package.json': manifest('@mortise/keyholder', {
    exports: { '.': './index.ts' },
    dependencies: depends('@mortise/protocol'),
  }),
  'keyholder/index.ts': `import '@mortise/protocol/seal'`,
  'lock/package.json': manifest('@mortise/lock', {
    exports: { '.': './index.ts' },
    imports: { '#lock/*': './*' },
    dependencies: depends('@mortise/protocol', '@mortise/crypto', '@mortise/lock-core', 'ws'),
  }),
  'lock/core/package.json': manifest('@mortise/lock-core', {
    exports: { '.': './index.ts' },
    imports: { '#core/*': './*' },
    dependencies: depends('@mortise/protocol'),
  }),
  'lock/core/index.ts': `export const step = (): number => 1`,
  'lock/ports/clock.ts': 'export interface Clock {}',
  'lock/ports/clock.contract.ts': `import 'node:test'\nimport './clock.ts'`,
  'lock/shell/loop.ts': `import '@mortise/lock-core'\nimport '#lock/ports/clock.ts'`,
  'lock/adapters/virtual/door.ts': `import '#lock/ports/clock.ts'\nimport 'node:http'`,
  'lock/adapters/disk/store.ts': `import 'node:sqlite'`,
  'lock/main.ts': `import './adapters/virtual/door.ts'\nimport './shell/loop.ts'`,
  'lock/index.ts': `export * from './adapters/virtual/door.ts'`,
  'hub/package.json': manifest('@mortise/hub', {
    imports: { '#hub/*': './*' },
    dependencies: depends('@mortise/protocol', '@mortise/crypto', '@mortise/hub-core'),
  }),
  'hub/core/package.json': manifest('@mortise/hub-core', {
    exports: { '.': './index.ts' },
    dependencies: depends('@mortise/protocol'),
  }),
  'hub/core/index.ts': `import '@mortise/protocol/verify'`,
  'hub/shell/relay.ts': `import '@mortise/crypto/node/verify'\nimport '@mortise/hub-core'`,
  'hub/api/rest.ts': `import '#hub/shell/relay.ts'`,
  'app/package.json': manifest('@mortise/app', {
    imports: { '#app/*': './*' },
    dependencies: depends('@mortise/protocol', '@mortise/crypto', '@mortise/keyholder', 'preact'),
    devDependencies: depends('vite'),
  }),
  'app/main.tsx': `import { render } from 'preact'\nimport '@mortise/crypto/web'\nimport './screens/door.tsx'`,
  'app/screens/door.tsx': `export const Door = () => <p title="Date.now()">process</p>`,
  'app/vite.config.ts': `import 'vite'\nimport 'node:path'`,
  'proof/package.json': manifest('@mortise/proof', {
    dependencies: depends('@mortise/lock', '@mortise/protocol', '@mortise/crypto'),
  }),
  'proof/attacks/replay.ts': `import '@mortise/lock'\nimport '@mortise/crypto/contract'\nimport 'fast-check'`,
  'tools/rooms.ts': `import 'node:fs'`,
}

const withAccess = {
  'proof/package.json': manifest('@mortise/proof', { dependencies: depends('@mortise/access') }),
  'proof/attacks/replay.ts': '',
}

interface Case {
  readonly name: string
  /** Files added to the house, or written over it. */
  readonly plant: Readonly<Record<string, string>>
  /** The problem that must be found, alone; without it the tree must pass. */
  readonly problem?: RegExp
}

function verdicts(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { name, plant, problem } of cases) {
      test(`${problem ? 'finds' : 'allows'} ${name}`, () => {
        const found = formatProblems(checkRooms(treeOf({ ...HOUSE, ...plant })))
        if (!problem) return assert.equal(found, '')
        assert.match(found, problem)
        assert.equal(found.split('\n').length, 1, found)
      })
    }
  })
}

verdicts('the direction of rooms', [
  { name: 'a sound house', plant: {} },
  {
    name: 'a core that imports its shell',
    plant: { 'lock/shell/loop.ts': '', 'lock/ports/up.ts': `\nimport '#lock/shell/loop.ts'` },
    problem:
      /^lock\/ports\/up\.ts:2: #lock\/shell\/loop\.ts is banned here, because lock\/ports may import protocol/,
  },
  {
    name: 'a shell that joins an adapter',
    plant: { 'lock/shell/disk.ts': `import '#lock/adapters/disk/store.ts'` },
    problem: /only main\.ts joins adapters; use a port in lock\/ports/,
  },
  {
    name: 'an adapter that knows its neighbour',
    plant: { 'lock/adapters/virtual/more.ts': `import '#lock/adapters/disk/store.ts'` },
    problem: /only main\.ts joins adapters/,
  },
  {
    name: 'files of one adapter that import each other',
    plant: { 'lock/adapters/disk/more.ts': `import './store.ts'` },
  },
  {
    name: 'a test beside the shell that plugs in an adapter',
    plant: {
      'lock/shell/loop.test.ts': `import 'node:test'\nimport '#lock/adapters/disk/store.ts'`,
    },
  },
  {
    name: 'product code that leans on a contract suite',
    plant: { 'lock/shell/bad.ts': `import '#lock/ports/clock.contract.ts'` },
    problem: /because it is a test or a contract suite/,
  },
  {
    name: 'a hub that knows the lock, even in a test',
    plant: {
      'hub/package.json': manifest('@mortise/hub', { dependencies: depends('@mortise/lock') }),
      'hub/shell/relay.ts': '',
      'hub/api/rest.ts': '',
      'hub/shell/relay.test.ts': `import '@mortise/lock'`,
    },
    problem: /programs do not know each other, not even in tests; use proof/,
  },
  {
    name: 'a hub program that knows the lock',
    plant: {
      'hub/package.json': manifest('@mortise/hub', { dependencies: depends('@mortise/lock') }),
      'hub/shell/relay.ts': `import '@mortise/lock'`,
      'hub/api/rest.ts': '',
    },
    problem:
      /@mortise\/lock is banned here, because hub\/shell may import .* and lock is not below it/,
  },
  {
    name: 'a file that stands in no room',
    plant: { 'garage/gate.ts': '' },
    problem: /^garage\/gate\.ts:1: this file stands in no room/,
  },
])

verdicts('the order within a room', [
  {
    name: 'a folder that imports one before it',
    plant: { 'lock/core/turn/state.ts': `import '#core/time/now.ts'`, 'lock/core/time/now.ts': '' },
  },
  {
    name: 'a folder that imports one after it',
    plant: {
      'lock/core/turn/state.ts': '',
      'lock/core/time/now.ts': `import '#core/turn/state.ts'`,
    },
    problem: /^lock\/core\/time\/now\.ts:1: .* because time stands below turn in lock\/core/,
  },
  {
    name: 'a test that looks up',
    plant: {
      'lock/core/turn/state.ts': '',
      'lock/core/time/now.test.ts': `import '#core/turn/state.ts'`,
    },
  },
  {
    name: 'a folder without a place',
    plant: { 'lock/core/attic/box.ts': '' },
    problem: /^lock\/core\/attic\/box\.ts:1: attic has no place in the order of lock\/core/,
  },
])

verdicts('the bans', [
  {
    name: 'a hub that imports the sealing half',
    plant: { 'hub/core/open.ts': `import { seal } from '@mortise/protocol/seal'` },
    problem:
      /protocol\/seal is banned here, because the hub must not be able to open or forge; use/,
  },
  {
    name: 'a hub that takes only a type from it',
    plant: { 'hub/core/open.ts': `import type { seal } from '@mortise/protocol/seal'` },
    problem: /must not be able to open or forge/,
  },
  {
    name: 'a hub that names it in a type query',
    plant: { 'hub/core/open.ts': `export type Seal = import('@mortise/protocol/seal').Seal` },
    problem: /must not be able to open or forge/,
  },
  {
    name: 'a hub that loads it late',
    plant: { 'hub/api/late.ts': `export const late = () => import('@mortise/crypto/node/seal')` },
    problem: /crypto\/node\/seal is banned here, because the hub must not/,
  },
  {
    name: 'a hub that passes it on',
    plant: { 'hub/api/more.ts': `export * from '@mortise/crypto/web'` },
    problem: /crypto\/web is banned here, because the hub must not/,
  },
  {
    name: 'a hub that reaches it by a detour',
    plant: {
      'crypto/node/verify.ts': `import '#crypto/node/helper.ts'`,
      'crypto/node/helper.ts': `import '@mortise/protocol/seal'`,
    },
    problem:
      /^hub\/shell\/relay\.ts:1: @mortise\/crypto\/node\/verify reaches crypto\/node\/verify\.ts -> crypto\/node\/helper\.ts -> @mortise\/protocol\/seal/,
  },
  {
    name: 'a detour inside the protocol, by path',
    plant: {
      'protocol/seal/verify.ts': `import './forge.ts'`,
      'protocol/seal/forge.ts': `import '#protocol/seal/seal.ts'`,
      'protocol/seal/seal.ts': '',
      'hub/shell/relay.ts': '',
    },
    problem:
      /^hub\/core\/index\.ts:1: .* reaches protocol\/seal\/verify\.ts -> protocol\/seal\/forge\.ts/,
  },
  {
    name: 'a detour of types only, which is gone at run time',
    plant: { 'crypto/node/verify.ts': `import type { seal } from '@mortise/protocol/seal'` },
  },
  {
    name: 'a hub test that plays the lock',
    plant: { 'hub/core/index.test.ts': `import '@mortise/protocol/seal'` },
  },
  {
    name: 'the name of the sealing half in a comment or text',
    plant: {
      'hub/core/note.ts': `// '@mortise/protocol/seal'\nexport const x = "import '@mortise/protocol/seal'"`,
    },
  },
  {
    name: 'an app that reaches Node by a detour',
    plant: {
      'crypto/web/index.ts': '',
      'app/state/key.ts': `import '@mortise/crypto/node/verify'`,
    },
    problem: /crypto\/node\/verify is banned here, because it must run in a browser/,
  },
  {
    name: 'Matter outside its adapters',
    plant: {
      'lock/package.json': manifest('@mortise/lock', {
        exports: { '.': './index.ts' },
        imports: { '#lock/*': './*' },
        dependencies: depends('@mortise/lock-core', '@matter/main'),
      }),
      'lock/shell/matter.ts': `import '@matter/main'`,
    },
    problem: /@matter\/main is banned here, because Matter is one channel among others/,
  },
  {
    name: 'Matter in its adapter',
    plant: {
      'lock/package.json': manifest('@mortise/lock', {
        exports: { '.': './index.ts' },
        imports: { '#lock/*': './*' },
        dependencies: depends('@mortise/lock-core', '@matter/main'),
      }),
      'lock/adapters/matter-device/device.ts': `import '@matter/main'`,
    },
  },
  {
    name: 'the lock’s own decisions in the auditor of the simulated world',
    plant: {
      ...withAccess,
      'proof/simulator/auditor/reading.ts': `import { decide } from '@mortise/access'`,
    },
    problem: /@mortise\/access is banned here, because a judge that shares code with the lock/,
  },
  {
    name: 'the lock’s own decisions elsewhere in a proof',
    plant: { ...withAccess, 'proof/simulator/visitors.ts': `import '@mortise/access'` },
  },
  {
    name: 'Node in a pure room',
    plant: { 'keyholder/file.ts': `import { readFileSync } from 'fs'` },
    problem: /fs is banned here, because it must run in browser and simulator/,
  },
  {
    name: 'Node in the test of a pure room',
    plant: { 'keyholder/index.test.ts': `import 'node:test'\nimport 'fast-check'` },
  },
])

const pure = (text: string): Case['plant'] => ({ 'lock/core/fault.ts': text })

verdicts('the purity of the cores', [
  ...[
    'export const now = Date.now()',
    'export const now = new Date()',
    'export const now = performance.now()',
    'export const die = Math.random()',
    `export const die = Math['random']()`,
    'export const now = Temporal.Now.instant()',
    'export const key = crypto.getRandomValues(new Uint8Array(16))',
    'setTimeout(() => {}, 1)',
    'setInterval(() => {}, 1)',
    'queueMicrotask(() => {})',
    'export const name = process.env.NAME',
    'export const subtle = globalThis.crypto',
    'export const bytes = Buffer.alloc(1)',
    'export const clock = { Date }',
    'export const where = import.meta.dirname',
    'export const { random } = Math',
    'export const member = (name: "random") => Math[name]',
    'export const later = async () => 1',
    'export class Later { async run() {} }',
    'export type Later = Promise<void>',
  ].map((text): Case => ({
    name: text,
    plant: pure(text),
    problem: /^lock\/core\/fault\.ts:1: .*use /,
  })),
  ...[
    '// Date.now() and Math.random() are banned',
    `export const text = 'Date.now()'`,
    'export const text = `setTimeout`',
    'export interface Log { readonly process: number; Date(): void }',
    'export const member = (log: { process: number }) => log.process',
    'export const log = { process: 1, Date: 2 }',
    'export const root = Math.max(1, 2)',
    'export const day = (at: Temporal.Instant) => at.epochMilliseconds',
    'export const verify = (crypto: { verify(): boolean }) => crypto.verify()',
  ].map((text): Case => ({ name: text, plant: pure(text) })),
  {
    name: 'a clock outside the pure rooms',
    plant: { 'lock/shell/now.ts': 'export const now = Date.now()' },
  },
  {
    name: 'promises in the keyholder',
    plant: { 'keyholder/wait.ts': 'export const wait = async () => 1' },
  },
  { name: 'a clock in the test of a core', plant: { 'lock/core/step.test.ts': 'Date.now()' } },
])

verdicts('declared imports', [
  {
    name: 'a library that package.json does not name',
    plant: { 'lock/shell/web.ts': `import 'hono/cors'` },
    problem: /hono is banned here, because the dependencies of lock\/package\.json do not name it/,
  },
  {
    name: 'a workspace package that package.json does not name',
    plant: { 'proof/attacks/lie.ts': `import '@mortise/hub-core'` },
    problem: /@mortise\/hub-core is banned here, because neither proof\/package\.json nor/,
  },
  {
    name: 'a development tool in the product',
    plant: { 'app/state/build.ts': `import 'vite'` },
    problem: /vite is banned here, because the dependencies of app\/package\.json do not name it/,
  },
  {
    name: 'a library that nobody names, in a test',
    plant: { 'lock/shell/web.test.ts': `import 'sinon'` },
    problem: /sinon is banned here, because neither lock\/package\.json nor the root/,
  },
  {
    name: 'a relative path out of the package',
    plant: { 'lock/shell/core.ts': `import '../core/index.ts'` },
    problem: /\.\.\/core\/index\.ts is banned here, because a path must not leave its package/,
  },
  {
    name: 'a # path out of the package',
    plant: { 'lock/shell/core.ts': `import '#lock/core/index.ts'` },
    problem: /because a path must not leave its package/,
  },
  {
    name: 'a relative path out of the repository',
    plant: { 'lock/shell/core.ts': `import '../../../elsewhere.ts'` },
    problem: /because a path must not leave its package/,
  },
  {
    name: 'an absolute path',
    plant: { 'lock/shell/core.ts': `import '/etc/elsewhere.ts'` },
    problem: /because a path must not leave its package/,
  },
  {
    name: 'a file that a package does not export',
    plant: { 'keyholder/deep.ts': `import '@mortise/protocol/limits.ts'` },
    problem: /because @mortise\/protocol does not export it/,
  },
  {
    name: 'a # name that package.json does not know',
    plant: { 'lock/shell/what.ts': `import '#what/ever.ts'` },
    problem: /leads nowhere/,
  },
  {
    name: 'an import that is computed',
    plant: { 'lock/shell/any.ts': `export const load = (name: string) => import(name)` },
    problem: /a computed import is banned here/,
  },
  {
    name: 'the loader of the mutation runner',
    plant: { 'tools/mutate/worker.ts': `export const load = (name: string) => import(name)` },
  },
  { name: 'a query of the bundler', plant: { 'app/screens/icon.tsx': `import './door.tsx?raw'` } },
])

verdicts('rings', [
  {
    name: 'two rooms that import each other',
    plant: {
      'hub/shell/relay/who.ts': `import '#hub/shell/queue/move.ts'`,
      'hub/shell/queue/move.ts': `\n\nimport type { Who } from '#hub/shell/relay/more.ts'`,
      'hub/shell/relay/more.ts': '',
    },
    problem:
      /^hub\/shell\/relay\/who\.ts:1: #hub\/shell\/queue\/move\.ts closes the ring relay -> queue -> relay in hub\/shell \(the way back: hub\/shell\/queue\/move\.ts:3\)/,
  },
  {
    name: 'a ring of three',
    plant: {
      'hub/shell/relay/who.ts': `import '#hub/shell/queue/move.ts'`,
      'hub/shell/queue/move.ts': `import '#hub/shell/news/ring.ts'`,
      'hub/shell/news/ring.ts': `import '#hub/shell/relay/who.ts'`,
    },
    problem: /closes the ring relay -> queue -> news -> relay/,
  },
  {
    name: 'a file and a folder that import each other',
    plant: {
      'lock/core/state.ts': `import './access/who.ts'`,
      'lock/core/access/who.ts': `import '#core/state.ts'`,
    },
    problem: /closes the ring/,
  },
  {
    name: 'a test that imports the front door of its room',
    plant: {
      'lock/core/access/who.ts': '',
      'lock/core/index.ts': `import './access/who.ts'`,
      'lock/core/access/who.test.ts': `import '#core/index.ts'`,
    },
  },
])

test('the table names only rooms above, so that its order is a direction', () => {
  rooms.forEach((room, place) => {
    const above = rooms.slice(0, place).map(({ path }) => path)
    for (const path of room.may) assert.ok(above.includes(path), `${room.path} may import ${path}`)
  })
})

test('every ban binds a room of the table', () => {
  const paths = rooms.map(({ path }) => path)
  for (const ban of bans) {
    assert.ok(
      paths.some((path) => ban.room === path || ban.room.startsWith(`${path}/`)),
      ban.room,
    )
  }
})

test('the house keeps to its rooms', () => {
  const found = formatProblems(checkRooms(workTree(repositoryRoot)))
  if (found !== '') assert.fail(`\n${found}`)
})
