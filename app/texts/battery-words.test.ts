import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batteryText } from '#app/texts/battery-words.ts'
import { createFormats } from '#app/texts/formats.ts'
import { english } from '#app/texts/en.ts'
import { openTexts } from '#app/texts/texts.ts'

const words = { t: openTexts(english).texts, f: createFormats('en-GB', 'Europe/Berlin') }

test('days of a battery are told no surer and no finer than they are known', () => {
  const rows = [
    [62, 40, 'medium', 'Battery at 62%, about 40 days left'],
    [62, 40, 'high', 'Battery at 62%, 40 days left'],
    [62, 40, 'low', 'Battery at 62%, perhaps 40 days left'],
    [3, 1, 'high', 'Battery at 3%, 1 day left'],
    [3, 0, 'medium', 'Battery at 3%, may be empty today'],
    [80, 59, 'medium', 'Battery at 80%, about 59 days left'],
    [80, 89, 'medium', 'Battery at 80%, about 2 months left'],
    [100, 730, 'medium', 'Battery at 100%, about 2 years left'],
    [50, null, 'low', 'Battery at 50%'],
    [null, 40, 'medium', 'Battery, about 40 days left'],
  ] as const
  for (const [percent, daysLeft, confidence, said] of rows) {
    assert.equal(batteryText({ percent, daysLeft, confidence }, words), said)
  }
})
