import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTokenOf, tabOf } from '#app/shell/address.ts'

const token = 'ms32130DWUrpzu-Tz_LL1V93D8UIIpe7uaf4BuBA0G8'

test('reads the page from the fragment', () => {
  const cases = [
    ['#/history', 'history'],
    ['#/settings', 'settings'],
    ['', 'door'],
    ['#/nowhere', 'door'],
    [`#${token}`, 'door'],
  ] as const
  for (const [hash, tab] of cases) assert.equal(tabOf(hash), tab)
})

test('takes a token only from a setup link of the right length', () => {
  const cases = [
    ['/setup', `#${token}`, token],
    ['/setup/', `#${token}`, token],
    ['/', `#${token}`, null],
    ['/setup', '', null],
    ['/setup', `#${token}A`, null],
    ['/setup', `#${token.slice(1)}=`, null],
    ['/setup/more', `#${token}`, null],
  ] as const
  for (const [pathname, hash, expected] of cases) {
    assert.equal(setupTokenOf({ pathname, hash }), expected, pathname + hash)
  }
})
