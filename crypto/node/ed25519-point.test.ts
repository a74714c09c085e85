import assert from 'node:assert/strict'
import { it } from 'node:test'
import { torsion } from '#crypto/edge-ed25519.ts'
import { isAcceptableEd25519Point } from './ed25519-point.ts'

/** Little endian, around the border p = 2^255 - 19 of canonical encodings. */
const border = [
  { name: 'p - 2', y: `eb${'ff'.repeat(30)}7f`, acceptable: true },
  { name: 'p', y: `ed${'ff'.repeat(30)}7f`, acceptable: false },
  { name: 'p with the sign bit', y: `ed${'ff'.repeat(31)}`, acceptable: false },
  { name: '2^255 - 1', y: `${'ff'.repeat(31)}7f`, acceptable: false },
  { name: '2^256 - 1', y: 'ff'.repeat(32), acceptable: false },
  { name: 'a bit lower in byte 30', y: `${'ff'.repeat(30)}fe7f`, acceptable: true },
  { name: 'a bit lower in byte 1', y: `fffe${'ff'.repeat(29)}7f`, acceptable: true },
  { name: 'a bit lower in byte 31', y: `${'ff'.repeat(31)}7e`, acceptable: true },
]

it('knows every point of small order, with either sign bit', () => {
  assert.equal(new Set(torsion.map((point) => point.toHex())).size, 8)
  for (const point of torsion) {
    assert.ok(point.isSmallOrder())
    const encoded = point.toBytes()
    assert.equal(isAcceptableEd25519Point(encoded), false)
    assert.equal(isAcceptableEd25519Point(encoded.with(31, (encoded[31] ?? 0) ^ 0x80)), false)
  }
})

for (const { name, y, acceptable } of border) {
  it(`${acceptable ? 'accepts' : 'refuses'} y = ${name}`, () => {
    assert.equal(isAcceptableEd25519Point(Uint8Array.fromHex(y)), acceptable)
  })
}
