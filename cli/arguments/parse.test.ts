import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { commands } from '#cli/commands/index.ts'
import { CliError } from '#cli/errors.ts'
import { explain, overview } from './help.ts'
import { findCommand, parseGiven } from './parse.ts'

suite('findCommand', () => {
  const table: readonly (readonly [args: string, words: string | undefined, rest: string])[] = [
    ['status', 'status', ''],
    ['code add Bo --for 2h', 'code add', 'Bo --for 2h'],
    ['--json code list', 'code list', '--json'],
    ['--hub http://localhost code --json list', 'code list', '--hub http://localhost --json'],
    ['people', 'people', ''],
    ['people list', 'people list', ''],
    ['people nobody', 'people', 'nobody'],
    ['code', undefined, ''],
    ['open', undefined, ''],
    ['', undefined, ''],
  ]
  for (const [args, words, rest] of table) {
    test(`"${args}" is ${words ?? 'no command'}`, () => {
      const found = findCommand(
        commands,
        args.split(' ').filter((word) => word !== ''),
      )
      assert.equal(found?.command.words.join(' '), words)
      assert.equal(found?.rest.join(' ') ?? '', rest)
    })
  }
})

suite('parseGiven', () => {
  const command = commands.find(({ words }) => words.join(' ') === 'code add')
  assert.ok(command)

  const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /NAME is missing/],
    [['Bo', 'Ba'], /"Ba" is one word too many/],
    [['Bo', '--nonsense'], /Unknown option '--nonsense'/],
    [['Bo', '--for'], /--for/],
    [['Bo', '--json=yes'], /--json/],
  ]
  for (const [args, message] of refused) {
    test(`refuses "${args.join(' ')}"`, () => {
      assert.throws(
        () => parseGiven(command, args),
        (error) => {
          assert.ok(error instanceof CliError)
          assert.match(error.message, message)
          assert.equal(error.nextStep, 'Run: mortise help code add')
          return true
        },
      )
    })
  }

  test('reads options before, between and behind, and nothing after --', () => {
    const given = parseGiven(command, ['--json', '--for', '2h', '--', '--from'])
    assert.deepEqual(given.operands, ['--from'])
    assert.equal(given.text('for'), '2h')
    assert.equal(given.flag('json'), true)
    assert.equal(given.text('until'), undefined)
    assert.equal(given.flag('own-code'), false)
  })
})

suite('help', () => {
  test('every command has its line and its page', () => {
    const lines = overview(commands).join('\n')
    for (const command of commands) {
      assert.ok(lines.includes(command.summary))
      const page = explain(command).join('\n')
      for (const name of Object.keys(command.options)) assert.ok(page.includes(`--${name}`))
    }
  })

  test('no secret can be given as an option', () => {
    const names = commands.flatMap(({ options }) => Object.keys(options))
    const secret = /^(pin|code|token|secret|claim|setup|password|key)$/
    assert.deepEqual(
      names.filter((name) => secret.test(name)),
      [],
    )
  })
})
