import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { argued as allArgued, type Argued } from '#tools/mutate/argued.ts'
import type { Mutant } from '#tools/mutate/mutant.ts'
import { argues, formatRoom, roomResult, scoreOf, staleArguments } from '#tools/mutate/report.ts'
import { tryAll } from '#tools/mutate/schedule.ts'
import { schemataOf } from '#tools/mutate/schemata.ts'
import { repositoryRoot, treeOf, workTree, type SourceFile } from '#tools/source/tree.ts'

const folder = 'tools/mutate/planted'

function parse(text: string, path = 'planted.ts'): SourceFile {
  const [source] = treeOf({ [path]: text }).sources
  assert.ok(source !== undefined)
  return source
}

describe('what is planted', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['f(a < b)', ['boundary a <= b', 'negation a >= b']],
    ['f(a === b)', ['negation a !== b']],
    ['f(a - b * c)', ['arithmetic a + b * c', 'arithmetic b / c']],
    ['f(a && !b)', ['logic a', 'logic !b', 'logic a || !b', 'negation b']],
    ['f(a ?? b)', ['nullish a', 'nullish b']],
    ['f(a ? b : c)', ['condition true', 'condition false']],
    ['f(true)', ['boolean false']],
    ["f('reason')", ["string ''"]],
    ['f(a?.b.c)', ['chain a.b.c']],
    ['f(a?.[0])', ['chain a[0]']],
    ['f(a.some(b))', ['method a.every(b)']],
    ['f(a.filter(b))', ['method a']],
    ['f([a, b])', ['emptied []', 'member [b]', 'member [a]']],
    ['f({ a, b: c })', ['emptied {}', 'member {b: c}', 'member {a}']],
    ['f({ a: undefined, b })', ['emptied {}', 'member {a: undefined}']],
    ["f(a as 'x')", []],
    ["unreachable(a, 'x')", []],
  ]
  for (const [text, expected] of cases) {
    test(text, () => {
      const { mutants } = schemataOf(parse(text), 1)
      // The call itself is a statement that can be left out.
      const found = mutants.filter(({ operator }) => operator !== 'statement')
      assert.deepEqual(
        found.map(({ operator, replacement }) => `${operator} ${replacement}`),
        expected,
      )
    })
  }

  test('a return that is not all that its condition does', () => {
    const returns = (text: string): readonly number[] =>
      schemataOf(parse(text), 1)
        .mutants.filter(({ operator }) => operator === 'return')
        .map(({ line }) => line)
    assert.deepEqual(returns('function f() {\n if (a) return 1\n return 2\n}'), [3])
    assert.deepEqual(returns('function f() {\n if (a) {\n g()\n return\n }\n}'), [4])
  })

  test('no line moves, and what surrounds a place stays', () => {
    const text = 'const a = 1\nfoo(b)\nif (c) return\nelse d()\n'
    assert.equal(
      schemataOf(parse(text), 7).text,
      'const isMutant = globalThis.isMutant;const a = 1\n' +
        '{if(!isMutant(7)){foo(b)}}\n' +
        'if ((isMutant(8)?(true):isMutant(9)?(false):(c))) {if(!isMutant(10)){return}}\n' +
        'else {if(!isMutant(11)){d()}}\n',
    )
  })
})

describe('the planted door', () => {
  const source = parse(
    readFileSync(join(repositoryRoot, folder, 'door.ts'), 'utf8'),
    `${folder}/door.ts`,
  )
  const schemata = schemataOf(source, 1)
  const plan = {
    schemata: [schemata],
    testFiles: [`${folder}/door-tests.ts`],
    mustNotice: () => true,
    seed: 1,
    workers: 1,
  }

  test('shows what its tests miss, and nothing else', async () => {
    const result = await tryAll(plan)
    assert.equal(result.type, 'tried')
    assert.ok(result.type === 'tried')
    const room = roomResult('door', result.fates, [])
    assert.deepEqual(
      room.survivors.map(
        ({ mutant: { within, replacement }, reachedBy }) => `${within} ${replacement} ${reachedBy}`,
      ),
      [
        'remember false 1',
        "remember 'mutant' 1",
        'remember  0',
        'price true 1',
        'colour  0',
        "colour '' 0",
      ],
    )
    assert.equal(room.total, schemata.mutants.length)
    assert.ok(room.endless >= 2, `${room.endless} run without end`)
    assert.ok(scoreOf(room) < 95)
    const colour = { file: source.path, within: 'colour', original: "'red'", why: 'nobody looks' }
    const argued: readonly Argued[] = [
      { ...colour, mutants: ["''"] },
      { ...colour, mutants: ["'blue'"] },
      { ...colour, within: 'opens', original: 'knocks >= 3', mutants: ['knocks > 3'] },
    ]
    assert.equal(roomResult('door', result.fates, argued).survivors.length, 5)
    assert.equal(scoreOf(roomResult('door', result.fates, argued)), scoreOf(room))
    assert.equal(staleArguments(argued, result.fates).length, 2)
  })

  test('is not broken while its tests fail by themselves', async () => {
    const missing = { ...plan, testFiles: [`${folder}/no-such-tests.ts`] }
    assert.equal((await tryAll(missing)).type, 'unfit')
  })
})

test('a survivor is told with its place, its function and its change', () => {
  const mutant: Mutant = {
    id: 1,
    file: 'a.ts',
    line: 3,
    within: 'f',
    operator: 'statement',
    original: 'g()',
    replacement: '',
    isStatic: false,
  }
  const result = roomResult('a room', new Map([[mutant, { type: 'survived', tests: 0 }]]), [])
  assert.equal(
    formatRoom(result).split('\n')[1],
    '  a.ts:3: statement in f, reached by no test: g() → (nothing)',
  )
})

test('every argument is about a mutant that there is', () => {
  const files = new Set(allArgued.map(({ file }) => file))
  const sources = workTree(repositoryRoot).sources.filter(({ path }) => files.has(path))
  const mutants = sources.flatMap((source) => schemataOf(source, 1).mutants)
  const idle = allArgued.flatMap((entry) =>
    entry.mutants
      .filter((text) => !mutants.some((mutant) => argues({ ...entry, mutants: [text] }, mutant)))
      .map((text) => `${entry.file} in ${entry.within}: ${text}`),
  )
  assert.deepEqual(idle, [])
})
