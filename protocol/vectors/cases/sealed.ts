import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { linkSigningInput } from '#protocol/seal/link.ts'
import { sealReply, sealRequest, signStatement } from '#protocol/seal/seal.ts'
import { toHex, utf8 } from '#protocol/wire/bytes.ts'
import { linkTranscriptMessage } from '#protocol/wire/index.ts'

const seed = new Uint8Array(32).fill(0x0a)
const otherSeed = new Uint8Array(32).fill(0x0b)
const labels = ['reply', 'state', 'policyReport', 'head'] as const

interface StatementCase {
  readonly name: string
  readonly label: (typeof labels)[number]
  readonly lockKey: string
  readonly signed: string
  readonly verdict: 'accepted' | 'badSignature'
}

/** Each label with its own signature, with that of the next label, and with another key's. */
export function statementCases(): readonly StatementCase[] {
  const body = utf8('a body')
  const lockKey = toHex(crypto.ed25519PublicKey(seed))
  return labels.flatMap((label, index) => {
    const nextLabel = labels[(index + 1) % labels.length] ?? label
    const made = (name: string, signed: Uint8Array, good: boolean): StatementCase => ({
      name: `${label}: ${name}`,
      label,
      lockKey,
      signed: toHex(signed),
      verdict: good ? 'accepted' : 'badSignature',
    })
    return [
      made('good', signStatement(crypto, label, seed, body), true),
      made(`signed as ${nextLabel}`, signStatement(crypto, nextLabel, seed, body), false),
      made('signed by another lock', signStatement(crypto, label, otherSeed, body), false),
    ]
  })
}

interface LinkCase {
  readonly name: string
  readonly side: 'linkLock' | 'linkHub'
  readonly transcript: string
  readonly signature: string
  readonly verdict: 'accepted' | 'badSignature'
}

/** Both roles, and a signature reflected from one role to the other. */
export function linkCases(): readonly LinkCase[] {
  const transcript = {
    hubKey: crypto.ed25519PublicKey(otherSeed),
    hubNonce: new Uint8Array(32).fill(0x42),
    lockKey: crypto.ed25519PublicKey(seed),
    lockNonce: new Uint8Array(32).fill(0x46),
    sealingKey: new Uint8Array(32).fill(0x45),
  }
  const encoded = toHex(linkTranscriptMessage.encode(transcript))
  const signed = (signer: Uint8Array, side: 'linkLock' | 'linkHub'): string =>
    toHex(crypto.signEd25519(signer, linkSigningInput(side, transcript)))
  return [
    {
      name: 'lock',
      side: 'linkLock',
      transcript: encoded,
      signature: signed(seed, 'linkLock'),
      verdict: 'accepted',
    },
    {
      name: 'hub',
      side: 'linkHub',
      transcript: encoded,
      signature: signed(otherSeed, 'linkHub'),
      verdict: 'accepted',
    },
    {
      name: 'hub, in the role of the lock',
      side: 'linkLock',
      transcript: encoded,
      signature: signed(otherSeed, 'linkLock'),
      verdict: 'badSignature',
    },
    {
      name: 'lock, reflected as hub',
      side: 'linkHub',
      transcript: encoded,
      signature: signed(seed, 'linkLock'),
      verdict: 'badSignature',
    },
  ]
}

interface SealCase {
  readonly name: string
  readonly direction: 'request' | 'reply'
  readonly lockId: string
  readonly privateKey: string
  readonly sealed: string
  readonly verdict: string
  readonly plain?: string
}

/** Requests and replies that open, and what does not: wrong key, wrong lock, wrong direction, damage. */
export function sealCases(): readonly SealCase[] {
  const lockId = new Uint8Array(32).fill(0x11)
  const otherLock = new Uint8Array(32).fill(0x12)
  const privateKey = new Uint8Array(32).fill(0x0c)
  const publicKey = crypto.x25519PublicKey(privateKey)
  const plain = utf8('a sealed body')
  const request = sealRequest(crypto, lockId, publicKey, plain)
  const reply = sealReply(crypto, lockId, publicKey, plain)
  const otherKey = new Uint8Array(32).fill(0x0d)
  const damaged = request.with(request.length - 1, (request.at(-1) ?? 0) ^ 1)
  const good = { lockId, privateKey, plain }
  return [
    sealCase('request', 'request', request, good, 'accepted'),
    sealCase('reply', 'reply', reply, good, 'accepted'),
    sealCase('request opened as reply', 'reply', request, good, 'doesNotOpen'),
    sealCase('reply opened as request', 'request', reply, good, 'doesNotOpen'),
    sealCase('another key', 'request', request, { ...good, privateKey: otherKey }, 'doesNotOpen'),
    sealCase('another lock', 'request', request, { ...good, lockId: otherLock }, 'doesNotOpen'),
    sealCase('last byte damaged', 'request', damaged, good, 'doesNotOpen'),
    sealCase('cut short', 'request', request.subarray(0, -1), good, 'truncated'),
  ]
}

interface Opener {
  readonly lockId: Uint8Array
  readonly privateKey: Uint8Array
  readonly plain: Uint8Array
}

function sealCase(
  name: string,
  direction: SealCase['direction'],
  sealed: Uint8Array,
  opener: Opener,
  verdict: string,
): SealCase {
  return {
    lockId: toHex(opener.lockId),
    privateKey: toHex(opener.privateKey),
    name,
    direction,
    sealed: toHex(sealed),
    verdict,
    ...(verdict === 'accepted' && { plain: toHex(opener.plain) }),
  }
}
