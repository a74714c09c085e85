import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import {
  concatBytes,
  decodeClaimText,
  decodeHubText,
  decodeInvitationText,
  encodeClaimText,
  encodeHubText,
  encodeInvitationText,
  fromBase64Url,
  labelled,
  toBase64Url,
  utf8,
} from '@mortise/protocol/wire'
import type { Label } from '@mortise/protocol/wire'
import { goldenCases, textIn } from '../corpus.ts'
import type { Target } from '../target.ts'
import { cborInputs, plainInputs } from '../target.ts'

const { sha256 } = nodeSealCrypto
const fill = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte)
const checksumBytes = 4
const keys = { lockKey: fill(1), sealingKey: fill(2) }

interface Format {
  readonly name: string
  readonly prefix: string
  readonly label: Label
  readonly sample: string
  /** Decodes and encodes again. */
  readonly again: (text: string) => string
}

const formats: readonly Format[] = [
  {
    name: 'claimText',
    prefix: 'mortise1.',
    label: 'claimText',
    sample: encodeClaimText(sha256, { ...keys, setupCode: fill(3, 16) }),
    again: (text) => encodeClaimText(sha256, decodeClaimText(sha256, text)),
  },
  {
    name: 'hubText',
    prefix: 'mortise-hub1.',
    label: 'hubText',
    sample: encodeHubText(sha256, {
      url: 'wss://hub.example/locks',
      hubKey: fill(4),
      enrolmentSecret: fill(5, 16),
    }),
    again: (text) => encodeHubText(sha256, decodeHubText(sha256, text)),
  },
  {
    name: 'invitationText',
    prefix: 'mortise-invitation1.',
    label: 'invitationText',
    sample: encodeInvitationText(sha256, {
      ...keys,
      invitationId: fill(6, 16),
      ticketSeed: fill(7),
    }),
    again: (text) => encodeInvitationText(sha256, decodeInvitationText(sha256, text)),
  },
]

const readText = new TextDecoder()

/** Damaged letters: caught by the checksum, or accepted as the same text without white space. */
function lettersTarget(format: Format): Target {
  const golden = goldenCases('texts').map((each) => textIn(each, 'text'))
  return {
    name: `${format.name} letters`,
    cost: 'cheap',
    next: plainInputs([format.sample, ...golden].map(utf8)),
    feed: (input) => {
      const text = readText.decode(input)
      assert.equal(format.again(text), text.replaceAll(/\s+/g, ''))
      return 'accepted'
    },
  }
}

/** Damaged content under a right checksum: meets the decoder behind it. */
function contentTarget(format: Format): Target {
  const joined = fromBase64Url(format.sample.slice(format.prefix.length))
  assert.ok(joined)
  return {
    name: `${format.name} content`,
    cost: 'cheap',
    next: cborInputs([joined.subarray(0, -checksumBytes)]),
    feed: (input) => {
      const checksum = sha256(labelled(format.label, input)).subarray(0, checksumBytes)
      const text = format.prefix + toBase64Url(concatBytes(input, checksum))
      assert.equal(format.again(text), text)
      return 'accepted'
    },
  }
}

/** The three texts that people carry. */
export function textTargets(): readonly Target[] {
  return [...formats.map(lettersTarget), ...formats.map(contentTarget)]
}
