/**
 * OpenSSL 3 asks of an Ed25519 point neither a canonical encoding nor a large order, and under a
 * key of small order one signature fits many messages. Node refuses such keys and commitments
 * by itself since 2026 (nodejs/node#64026). The lock does not lean on that: the rule stands here.
 */

/**
 * The y-coordinates of the eight points of small order on edwards25519, little endian, sign bit
 * clear: order 4, order 1, order 2, and the two of order 8. Five are all there are, because
 * edwards25519 has cofactor 8 (RFC 8032 section 5.1, table 1); the test recomputes them.
 */
const smallOrderY: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/**
 * Whether 32 bytes may be a public key or the first half of a signature: y below p = 2^255 - 19
 * (RFC 8032 section 5.1.3 step 1) and no point of small order. Whether the point is on the curve,
 * OpenSSL checks. The one other refusal of section 5.1.3, x = 0 with the sign bit set, is among
 * the small orders.
 */
export function isAcceptableEd25519Point(encoded: Uint8Array): boolean {
  const y = Buffer.from(encoded)
  y[31] = (y[31] ?? 0) & 0x7f
  return isBelowFieldPrime(y) && !smallOrderY.has(y.toString('hex'))
}

/** p is ed ff .. ff 7f in little endian, so only nineteen values below 2^255 reach it. */
function isBelowFieldPrime(y: Uint8Array): boolean {
  return (y[0] ?? 0) < 0xed || y[31] !== 0x7f || y.subarray(1, 31).some((byte) => byte !== 0xff)
}
