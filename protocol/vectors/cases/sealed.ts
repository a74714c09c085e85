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
  const damaged = request.with(request.length - 1, (request.at(-1) ?? 0) ^ 1)
  const common = { lockId: toHex(lockId), privateKey: toHex(privateKey) }
  const otherKey = toHex(new Uint8Array(32).fill(0x0d))
  return [
    {
      ...common,
      name: 'request',
      direction: 'request',
      sealed: toHex(request),
      verdict: 'accepted',
      plain: toHex(plain),
    },
    {
      ...common,
      name: 'reply',
      direction: 'reply',
      sealed: toHex(reply),
      verdict: 'accepted',
      plain: toHex(plain),
    },
    {
      ...common,
      name: 'request opened as reply',
      direction: 'reply',
      sealed: toHex(request),
      verdict: 'doesNotOpen',
    },
    {
      ...common,
      name: 'reply opened as request',
      direction: 'request',
      sealed: toHex(reply),
      verdict: 'doesNotOpen',
    },
    {
      ...common,
      name: 'another key',
      privateKey: otherKey,
      direction: 'request',
      sealed: toHex(request),
      verdict: 'doesNotOpen',
    },
    {
      ...common,
      name: 'another lock',
      lockId: toHex(otherLock),
      direction: 'request',
      sealed: toHex(request),
      verdict: 'doesNotOpen',
    },
    {
      ...common,
      name: 'last byte damaged',
      direction: 'request',
      sealed: toHex(damaged),
      verdict: 'doesNotOpen',
    },
    {
      ...common,
      name: 'cut short',
      direction: 'request',
      sealed: toHex(request.subarray(0, -1)),
      verdict: 'truncated',
    },
  ]
}
