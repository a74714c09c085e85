import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { LockRefusal } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import { CliError } from '#cli/errors.ts'
import { line } from './result.ts'
import { createSpeaker, wantsColour } from './speaker.ts'

function speaking(options: { readonly json?: boolean; readonly colour?: boolean }) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({
    isTerminal: true,
    write: (text: string) => {
      written[name] += text
    },
  })
  const { json = false, colour = false } = options
  const speaker = createSpeaker({ stdout: sink('stdout'), stderr: sink('stderr'), json, colour })
  return { speaker, written }
}

suite('speaking', () => {
  test('for people: what happened, the next step, the code', () => {
    const { speaker, written } = speaking({})
    speaker.error(new CliError('usage', 'It went wrong', 'Do this.'))
    assert.deepEqual(written, { stdout: '', stderr: 'It went wrong. Do this. (usage)\n' })
  })

  test('as JSON: one object on standard output, with notes', () => {
    const { speaker, written } = speaking({ json: true })
    speaker.note({ code: 'n', message: 'beware' })
    speaker.error(new LockRefusal('refused', 'noLongerValid'))
    assert.equal(written.stderr, '')
    assert.deepEqual(JSON.parse(written.stdout), {
      v: 1,
      ok: false,
      error: {
        code: 'refused',
        message: 'The lock refused: this access has ended',
        nextStep: 'Ask an owner of the door.',
        reason: 'noLongerValid',
      },
      notes: [{ code: 'n', message: 'beware' }],
    })
  })

  for (const json of [false, true]) {
    test(`our own mistakes show nothing of the inside (${json ? 'JSON' : 'text'})`, () => {
      for (const error of [
        new TypeError('secret inside'),
        new MortiseError('bug', 'invariant', 'secret inside'),
      ]) {
        const { speaker, written } = speaking({ json })
        speaker.error(error)
        assert.doesNotMatch(written.stdout + written.stderr, /secret inside/)
        assert.match(written.stdout + written.stderr, /mistake of Mortise itself/)
      }
    })
  }

  test('names cannot steer the terminal', () => {
    const { speaker, written } = speaking({ colour: true })
    speaker.result({ data: {}, lines: [line('A\u001b[2Jda\nx\u0007', 'good')] })
    assert.equal(written.stdout, '\u001b[32mA\ufffd[2Jda\ufffdx\ufffd\u001b[0m\n')
  })

  test('names cannot turn the line around them, and may be Persian or a family', () => {
    const { speaker, written } = speaking({ colour: false })
    speaker.result({
      data: {},
      lines: [line('Ada\u202egnuz\u2069'), line('می\u200cخواهم 👨\u200d👩')],
    })
    assert.equal(written.stdout, 'Ada\ufffdgnuz\ufffd\nمی\u200cخواهم 👨\u200d👩\n')
  })

  const colours: readonly (readonly [boolean, Record<string, string>, boolean, boolean])[] = [
    [true, {}, false, true],
    [false, {}, false, false],
    [true, { NO_COLOR: '1' }, false, false],
    [true, { NO_COLOR: '' }, false, true],
    [true, { TERM: 'dumb' }, false, false],
    [true, {}, true, false],
  ]
  for (const [isTerminal, variables, flag, expected] of colours) {
    const given = `terminal ${isTerminal}, ${JSON.stringify(variables)}, --no-color ${flag}`
    test(`colour is ${expected} with ${given}`, () => {
      assert.equal(wantsColour({ isTerminal, write: () => {} }, variables, flag), expected)
    })
  }
})
