import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyFlaws } from '@mortise/access'
import { alarmCodes, eventTypes, reasons, verbs } from '@mortise/protocol/words'
import { appTroubles } from '#app/state/model/trouble.ts'
import { linesOf } from '#app/state/model/history/history-lines.ts'
import { textsFor } from '#app/texts/language.ts'
import { sectionNames } from '#app/texts/texts.ts'
import { entry } from '#app/testing/samples.ts'

const { texts, load } = textsFor(['xx', 'en-GB'])
await load(...sectionNames)
const time = (): string => '18:42'

test('every trouble has a title and, where there is one, a next step', () => {
  for (const trouble of [...reasons, ...appTroubles]) {
    const { title, next } = texts.troubleText(trouble)
    assert.match(title, /^[A-Z].*[.]$/, trouble)
    assert.ok(next.length > 0, trouble)
  }
})

test('every flaw of a list is told with whom or what it is about, and what mends it', () => {
  for (const flaw of policyFlaws) {
    const { title, next } = texts.access.flaw({ flaw, who: 'Bo' })
    assert.match(title, /^Bo: .*[.]$/, flaw)
    assert.match(next, /^[A-Z].*[.]$/, flaw)
  }
  const { title } = texts.access.flaw({ flaw: 'holidaysDisagree', holidays: ['Fair', 'Lent'] })
  assert.match(title, /^“Fair” and “Lent”: /)
  assert.match(texts.access.flaw({ flaw: 'noOwnerOpens' }).title, /^No owner/)
})

test('every kind of entry has a sentence without a hole in it', () => {
  const outcomes = ['done', 'refused', 'failed'] as const
  for (const type of eventTypes) {
    for (const reason of reasons) {
      for (const outcome of outcomes) {
        for (const name of [{}, { userName: 'Nora' }]) {
          const sample = entry(1, { type, reason, outcome, source: 'keypad', ...name })
          const [line] = linesOf([sample], null)
          assert.ok(line !== undefined)
          const { title, detail } = texts.history.lineText(line.line, time)
          assert.ok(title.length > 3, type)
          assert.doesNotMatch(`${title} ${detail}`, /undefined|null|NaN/, `${type} ${reason}`)
        }
      }
    }
  }
})

const spoken = [
  [
    {
      type: 'operationResult',
      outcome: 'done',
      verb: 'unlock',
      userName: 'Nora',
      source: 'keypad',
      credentialType: 'pin',
    },
    'Nora unlocked',
    'Code',
  ],
  [
    { type: 'operationResult', outcome: 'done', verb: 'lock', source: 'auto' },
    'Locked',
    'Automatic',
  ],
  [
    {
      type: 'operationResult',
      outcome: 'failed',
      reason: 'jammed',
      verb: 'lock',
      userName: 'Ada',
      source: 'remote',
      credentialType: 'passkey',
    },
    'Ada tried to lock',
    'Phone: the bolt was stuck',
  ],
  [
    {
      type: 'refused',
      reason: 'unknownCode',
      verb: 'unlock',
      source: 'keypad',
      credentialType: 'pin',
    },
    'A code was refused',
    'Code: no such code',
  ],
  [
    {
      type: 'refused',
      reason: 'noLongerValid',
      verb: 'unlock',
      userName: 'Erik',
      source: 'keypad',
      credentialType: 'pin',
    },
    'Erik was refused',
    'Code: their time had ended',
  ],
  [
    {
      type: 'refused',
      reason: 'unknownCode',
      verb: 'unlock',
      source: 'biometric',
      attempt: 'fingerprint',
    },
    'A fingerprint was refused',
    'Fingerprint: not known at this door',
  ],
  [
    {
      type: 'refused',
      reason: 'unknownCode',
      verb: 'unlock',
      source: 'biometric',
      attempt: 'face',
    },
    'A face was refused',
    'Face: not known at this door',
  ],
  [
    { type: 'policyChanged', userName: 'Ada', policyVersion: 3 },
    'Ada changed who may come in',
    'Version 3',
  ],
  [{ type: 'boltMoved', lockState: 'unlocked', source: 'manual' }, 'Unlocked', 'Thumbturn or key'],
  [
    { type: 'keypadLockedOut', untilMs: 1 },
    'The keypad locked itself',
    'After wrong codes, until 18:42',
  ],
  [
    { type: 'keypadLockedOut', untilMs: 1, source: 'biometric' },
    'The reader locked itself',
    'After unknown fingers or faces, until 18:42',
  ],
  [
    { type: 'keypadLockedOut', untilMs: 1, source: 'matter' },
    'Codes through Matter were stopped',
    'After wrong codes, until 18:42',
  ],
  [{ type: 'messagesRefused', count: 1 }, '1 message refused', 'Nobody could be named for them'],
  [
    { type: 'messagesRefused', count: 40, reason: 'badNewestPolicy' },
    '40 messages refused',
    'The hub named another list as the newest, or could not prove it',
  ],
] as const

test('names who, what and how in the order people say it', () => {
  for (const [change, title, detail] of spoken) {
    const [line] = linesOf([entry(1, change)], null)
    assert.ok(line !== undefined)
    assert.deepEqual(texts.history.lineText(line.line, time), { title, detail })
  }
})

test('every alarm is named and comes with advice', () => {
  for (const alarm of alarmCodes) {
    assert.ok(texts.door.alarms[alarm].length > 0 && texts.alarmAdvice[alarm].length > 0)
  }
  for (const verb of verbs) assert.ok(texts.door.verbs[verb].length > 0)
})

test('a section is not read before it is loaded', () => {
  const { texts: closed } = textsFor([])
  assert.throws(() => closed.access, { code: 'invariant' })
})
