import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatProblems, type Problem } from '#tools/source/problem.ts'
import { repositoryRoot, treeOf, workTree, type Tree } from '#tools/source/tree.ts'
import { checkAny } from '#tools/tidy/any.ts'
import { checkCaptions } from '#tools/tidy/captions.ts'
import { checkConsole } from '#tools/tidy/console.ts'
import { checkErrors } from '#tools/tidy/errors.ts'
import { checkFileLength } from '#tools/tidy/file-length.ts'
import { checkFunctionLength, lowerRatchet, RATCHET_FILE } from '#tools/tidy/function-length.ts'
import { checkLockfile } from '#tools/tidy/lockfile.ts'
import { checkPaths } from '#tools/tidy/paths.ts'
import { rules } from '#tools/tidy/rules.ts'
import { checkSyntax } from '#tools/tidy/syntax.ts'
import { checkWords } from '#tools/tidy/words.ts'

interface Case {
  readonly name: string
  readonly plant: Readonly<Record<string, string>>
  /** The one problem that must be found; without it the tree must pass. */
  readonly problem?: RegExp
}

function verdicts(
  title: string,
  check: (tree: Tree) => readonly Problem[],
  cases: readonly Case[],
): void {
  describe(title, () => {
    for (const { name, plant, problem } of cases) {
      test(`${problem ? 'finds' : 'allows'} ${name}`, () => {
        const found = formatProblems(check(treeOf(plant)))
        if (!problem) return assert.equal(found, '')
        assert.match(found, problem)
        assert.equal(found.split('\n').length, 1, found)
      })
    }
  })
}

/** One file of the lock's shell with this text. */
const product = (text: string): Case['plant'] => ({ 'lock/shell/fault.ts': text })
const finds = (text: string, problem: RegExp): Case => ({
  name: text,
  plant: product(text),
  problem,
})
const allows = (text: string): Case => ({ name: text, plant: product(text) })

const lines = (count: number, line = '  work()'): string => Array(count).fill(line).join('\n')
/** A function of exactly `count` lines. */
const longFunction = (count: number, name = 'long'): string =>
  `export function ${name}(): void {\n${lines(count - 2)}\n}\n`

verdicts('syntax', checkSyntax, [
  finds('export const = 1', /cannot be parsed/),
  allows('export const one = <T,>(value: T): T => value'),
])

verdicts('function length', checkFunctionLength, [
  { name: 'a function of 70 lines', plant: product(longFunction(70)) },
  {
    name: 'a function of 71 lines',
    plant: product(`\n${longFunction(71)}`),
    problem: /^lock\/shell\/fault\.ts:2: long has 71 lines/,
  },
  {
    name: 'a long arrow function',
    plant: product(`export const arrow = (): void => {\n${lines(70)}\n}`),
    problem: /arrow has 72 lines/,
  },
  {
    name: 'a long method',
    plant: product(`export class Door {\n  open(): void {\n${lines(70)}\n  }\n}`),
    problem: /open has 72 lines/,
  },
  {
    name: 'a long function that hides in short ones',
    plant: product(`export function outer(): void {\n  inner(() => {\n${lines(68)}\n  })\n}`),
    problem: /outer has 72 lines/,
  },
  {
    name: 'a component that is long',
    plant: {
      'app/screens/door.tsx': `export const Door = () => (\n<p>\n${lines(70, '<b/>')}\n</p>\n)`,
    },
    problem: /Door has 74 lines/,
  },
  {
    name: 'a heading over many tests',
    plant: {
      'lock/core/a.test.ts': `describe('a', () => {\n${`test('b', () => {\n${lines(40)}\n})\n`.repeat(3)}})`,
    },
  },
  {
    name: 'one test that is long',
    plant: {
      'lock/core/a.test.ts': `describe('a', () => {\ntest('b', () => {\n${lines(70)}\n})\n})`,
    },
    problem: /an argument of test\('b'\) has 72 lines/,
  },
  {
    name: 'a long function that the ratchet knows',
    plant: {
      ...product(longFunction(80)),
      [RATCHET_FILE]: '{ "lock/shell/fault.ts#long": 80 }',
    },
  },
  {
    name: 'a long function that has grown',
    plant: {
      ...product(longFunction(81)),
      [RATCHET_FILE]: '{ "lock/shell/fault.ts#long": 80 }',
    },
    problem: /long has 81 lines/,
  },
  {
    name: 'a ratchet with slack',
    plant: {
      ...product(longFunction(79)),
      [RATCHET_FILE]: '{ "lock/shell/fault.ts#long": 80 }',
    },
    problem: /^tools\/ratchet\.json:1: lock\/shell\/fault\.ts#long has become shorter/,
  },
  {
    name: 'a ratchet for a function that is short by now',
    plant: {
      ...product(longFunction(20)),
      [RATCHET_FILE]: '{ "lock/shell/fault.ts#long": 80 }',
    },
    problem: /has become shorter/,
  },
])

test('the ratchet is lowered and never raised', () => {
  const tree = treeOf({
    'a.ts': longFunction(75, 'shrunk') + longFunction(99, 'grown') + longFunction(88, 'fresh'),
    [RATCHET_FILE]: '{ "a.ts#shrunk": 80, "a.ts#grown": 90, "a.ts#gone": 90 }',
  })
  assert.deepEqual(lowerRatchet(tree), { 'a.ts#shrunk': 75, 'a.ts#grown': 90 })
})

verdicts('file length', checkFileLength, [
  { name: 'a file of 500 lines', plant: product(`${lines(500, '//')}\n`) },
  {
    name: 'a file of 501 lines',
    plant: product(`${lines(501, '//')}\n`),
    problem: /^lock\/shell\/fault\.ts:501: this file has 501 lines/,
  },
  {
    name: 'a long style sheet',
    plant: { 'app/design/all.css': lines(501, 'p {}') },
    problem: /this file has 501 lines/,
  },
  { name: 'a long test', plant: { 'lock/core/step.test.ts': lines(900, '//') } },
  { name: 'a long table', plant: { 'protocol/words/blocklist.table.ts': lines(900, '//') } },
  { name: 'long vectors', plant: { 'protocol/vectors/policy.ts': lines(900, '//') } },
])

const captioned = (caption: string): Case['plant'] => ({
  'lock/core/bolt/move.ts': '',
  'lock/core/bolt/README.md': caption,
})
verdicts('captions', checkCaptions, [
  {
    name: 'a folder without a caption',
    plant: { 'lock/core/bolt/move.ts': '' },
    problem: /^lock\/core\/bolt:1: this folder has no caption/,
  },
  {
    name: 'a folder of components without a caption',
    plant: { 'app/screens/door.tsx': '' },
    problem: /^app\/screens:1: this folder has no caption/,
  },
  { name: 'a caption', plant: captioned('# bolt: lock, unlock, unlatch, jam\n') },
  { name: 'a caption with the path', plant: captioned('# core/bolt: lock, unlock, jam\n') },
  {
    name: 'a caption of another folder',
    plant: captioned('# alarm: tamper and forced door\n'),
    problem:
      /^lock\/core\/bolt\/README\.md:1: the first line of a caption is "# bolt: one sentence"/,
  },
  {
    name: 'a caption without a sentence',
    plant: captioned('# bolt\n\nLock and unlock.\n'),
    problem: /the first line of a caption/,
  },
  {
    name: 'a caption of ten lines',
    plant: captioned(`# bolt: one sentence\n${lines(9, 'more')}\n`),
  },
  {
    name: 'a caption of eleven lines',
    plant: captioned(`# bolt: one sentence\n${lines(10, 'more')}\n`),
    problem: /at most 10 lines, and this one 11/,
  },
  { name: 'a folder without source', plant: { 'protocol/vectors/golden/a.json': '{}' } },
])

verdicts('errors', checkErrors, [
  ...[
    `throw new Error('no')`,
    `throw Error('no')`,
    `throw new TypeError('no')`,
    `export const fail = (): Error => new RangeError('no')`,
    `export const fail = () => Promise.reject(new Error('no'))`,
    `export class DoorError extends Error {}`,
    `throw 'no'`,
    'throw `no ${1}`',
    `throw { code: 'no' }`,
  ].map((text) => finds(text, /is banned here, because callers cannot switch on it/)),
  ...[
    `throw new MortiseError('world', 'diskFull', 'no space left')`,
    `export class DoorError extends MortiseError {}`,
    `try { f() } catch (error) { throw error }`,
    `export const isError = (value: unknown): boolean => value instanceof Error`,
    `// throw new Error('no')`,
  ].map(allows),
  {
    name: 'the one base class',
    plant: { 'protocol/errors.ts': 'export class MortiseError extends Error {}' },
  },
  {
    name: 'a test that plays the world',
    plant: { 'lock/shell/a.test.ts': `throw new Error('no')` },
  },
])

verdicts('any', checkAny, [
  finds('export const value: any = 1', /any is banned here/),
  finds('export const value = one as any', /any is banned here/),
  finds('export const f = <T extends any[]>(value: T): T => value', /any is banned here/),
  finds('// @ts-ignore\nf()', /use @ts-expect-error with a reason/),
  finds('// @ts-nocheck: because the library is untyped\nf()', /use @ts-expect-error/),
  finds('// @ts-expect-error\nf()', /@ts-expect-error needs a reason/),
  finds('/* eslint-disable no-console */\nf()', /eslint-disable needs a reason/),
  finds('// oxlint-disable-next-line no-console\nf()', /oxlint-disable-next-line needs a reason/),
  allows('// @ts-expect-error the library types leave out the second argument\nf()'),
  allows('// oxlint-disable-next-line no-bitwise -- the standard packs two numbers\nf()'),
  allows('// any bolt will do\nexport const text = "any"'),
])

verdicts('console', checkConsole, [
  finds('console.log(1)', /console is banned here/),
  finds(`console['error'](1)`, /console is banned here/),
  allows('// console.log(1)'),
  { name: 'the output of the command line', plant: { 'cli/output.ts': 'console.log(1)' } },
  { name: 'a logger', plant: { 'hub/shell/log.ts': 'console.log(1)' } },
])

verdicts('paths', checkPaths, [
  ...[
    '/tmp/door',
    '/work/main',
    '/root/.npmrc',
    '/home/ada/lock',
    '/Users/ada',
    'C:\\Users\\ada',
  ].map((path): Case => ({
    name: path,
    plant: { 'docs/guide.md': `first\nsee ${path} there` },
    problem: /^docs\/guide\.md:2: .* is a path of one machine; use/,
  })),
  finds(`export const folder = '/tmp/mortise'`, /is a path of one machine/),
  ...[
    'https://example.org/work/door',
    './tmp/door',
    'data/root/door',
    '/var/lib/mortise',
    'at /root of the tree',
    '@mortise/work/door',
  ].map((path): Case => ({ name: path, plant: { 'docs/guide.md': path } })),
])

verdicts('words', checkWords, [
  ...[
    'TODO: jam',
    'FIXME later',
    'XXX',
    'a HACK',
    'You simply tap',
    'It just works.',
    'bank-grade keys',
    'Military-grade',
    'unhackable',
    'written by ChatGPT',
    'a sub-agent did it',
    '-----BEGIN PRIVATE KEY-----',
    'AKIAABCDEFGHIJKLMNOP',
  ].map((text): Case => ({
    name: text,
    plant: { 'docs/guide.md': text },
    problem: /^docs\/guide\.md:1: ".*" is banned here, because .*; use /,
  })),
  finds(`// TODO: jam`, /"TODO" is banned here/),
  ...['an agent user of the policy', 'the hackers', 'a session token', 'todos', 'shipworks'].map(
    (text): Case => ({ name: text, plant: { 'docs/guide.md': text } }),
  ),
])

verdicts('the lockfile', checkLockfile, [
  {
    name: 'the address of a registry',
    plant: { 'package-lock.json': '{\n"resolved": "https://registry.example/a.tgz"\n}' },
    problem: /^package-lock\.json:2: a registry address is banned here/,
  },
  {
    name: 'the path of a workspace',
    plant: { 'package-lock.json': '{ "resolved": "lock/core" }' },
  },
  {
    name: 'a package without a hash',
    plant: { 'package-lock.json': '{ "packages": {\n"node_modules/a": { "version": "1.0.0" } } }' },
    problem: /^package-lock\.json:2: node_modules\/a has no integrity/,
  },
  {
    name: 'a package with a hash, and a workspace',
    plant: {
      'package-lock.json':
        '{ "packages": { "app": {}, "node_modules/b": { "link": true }, "node_modules/a": { "integrity": "sha512-x" } } }',
    },
  },
])

describe('the house is tidy', () => {
  const tree = workTree(repositoryRoot)
  for (const { name, check } of rules) {
    test(name, () => {
      const found = formatProblems(check(tree))
      if (found !== '') assert.fail(`\n${found}`)
    })
  }
})
