import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { concatBytes, toBase64Url, toHex, utf8 } from '#protocol/wire/bytes.ts'

interface AssertionCase {
  readonly name: string
  readonly publicKey: string
  readonly challenge: string
  readonly relyingParty: { readonly id: string; readonly origins: string[] }
  readonly authenticatorData: string
  readonly clientDataJson: string
  readonly signature: string
  readonly verdict: string
}

const challenge = new Uint8Array(32).fill(0x33)
const relyingParty = { id: 'home.example', origins: ['https://home.example'] }
const goodClientData = {
  type: 'webauthn.get',
  challenge: toBase64Url(challenge),
  origin: 'https://home.example',
  crossOrigin: false,
}

interface Row {
  readonly name: string
  readonly verdict: string
  readonly clientData?: object
  readonly flags?: number
  readonly relyingPartyId?: string
  readonly spoilSignature?: true
}

const rows: readonly Row[] = [
  { name: 'good', verdict: 'accepted' },
  { name: 'good, synced passkey', verdict: 'accepted', flags: 0x1d },
  { name: 'registration type', verdict: 'wrongType', clientData: { type: 'webauthn.create' } },
  { name: 'other challenge', verdict: 'wrongChallenge', clientData: { challenge: 'AAAA' } },
  {
    name: 'foreign origin',
    verdict: 'wrongOrigin',
    clientData: { origin: 'https://evil.example' },
  },
  {
    name: 'other port',
    verdict: 'wrongOrigin',
    clientData: { origin: 'https://home.example:444' },
  },
  { name: 'cross-origin frame', verdict: 'wrongOrigin', clientData: { crossOrigin: true } },
  { name: 'other relying party', verdict: 'wrongRelyingParty', relyingPartyId: 'evil.example' },
  { name: 'no user presence', verdict: 'noUserPresence', flags: 0x04 },
  { name: 'no user verification', verdict: 'noUserVerification', flags: 0x01 },
  { name: 'backed up but not eligible', verdict: 'badFlags', flags: 0x15 },
  { name: 'flipped signature bit', verdict: 'badSignature', spoilSignature: true },
]

/** One key pair, one row a case. */
export function assertionCases(): readonly AssertionCase[] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
  return rows.map((row) => {
    const id = row.relyingPartyId ?? relyingParty.id
    const authenticatorData = concatBytes(
      createHash('sha256').update(id).digest(),
      Uint8Array.of(row.flags ?? 0x05, 0, 0, 0, 0),
    )
    const clientDataJson = utf8(JSON.stringify({ ...goodClientData, ...row.clientData }))
    const hash = createHash('sha256').update(clientDataJson).digest()
    const signature = sign('sha256', concatBytes(authenticatorData, hash), privateKey)
    if (row.spoilSignature) signature[20] = (signature[20] ?? 0) ^ 1
    return {
      name: row.name,
      publicKey: toHex(point),
      challenge: toHex(challenge),
      relyingParty,
      authenticatorData: toHex(authenticatorData),
      clientDataJson: toHex(clientDataJson),
      signature: toHex(signature),
      verdict: row.verdict,
    }
  })
}
