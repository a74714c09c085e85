import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { alarmCodes, alarmSeverity } from '@mortise/protocol/words'
import { alarmTable } from '#core/alarm/table.ts'

test('every alarm has a row, and nothing else has', () => {
  assert.deepEqual(alarmTable.map(({ code }) => code).toSorted(), alarmCodes.toSorted())
})

test('the table for people names every alarm once, with its severity, worst first', () => {
  const page = readFileSync(new URL('../../../docs/alarms.md', import.meta.url), 'utf8')
  const told = [...page.matchAll(/^\| `(\w+)` *\| (\w+) /gm)].map(([, code, severity]) => [
    code,
    severity,
  ])
  assert.deepEqual(
    told.map((row) => row.join(' ')).toSorted(),
    Object.entries(alarmSeverity)
      .map((row) => row.join(' '))
      .toSorted(),
  )
  const order = ['urgent', 'warning', 'notice']
  const ranks = told.map(([, severity]) => order.indexOf(severity ?? ''))
  assert.deepEqual(
    ranks,
    ranks.toSorted((left, right) => left - right),
  )
})
