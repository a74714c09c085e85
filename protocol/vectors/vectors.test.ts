import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { webSealCrypto } from '@mortise/crypto/web'
import { genesisHead, verifyForward } from '#protocol/chain/index.ts'
import { openReply, openRequest } from '#protocol/seal/seal.ts'
import type { SealCrypto } from '#protocol/seal/seal.ts'
import { verifyAssertion, verifyLinkSignature, verifyStatement } from '#protocol/seal/verify.ts'
import { labelledHashes } from '#protocol/vectors/cases/hashes.ts'
import { vectorFile, vectorFiles } from '#protocol/vectors/format.ts'
import { messageKinds } from '#protocol/vectors/messages.ts'
import { jsonValue } from '#protocol/vectors/value.ts'
import { fromHex, toHex } from '#protocol/wire/bytes.ts'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import { WireError } from '#protocol/wire/errors.ts'
import {
  decodeClaimText,
  decodeHubText,
  decodeInvitationText,
  decodeKeyText,
  linkTranscriptMessage,
} from '#protocol/wire/index.ts'

function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'))
}

function hex(text: string): Uint8Array {
  const bytes = fromHex(text)
  assert.ok(bytes)
  return bytes
}

/** The verdict of a decoder: `accepted` or the code that it refused with. */
function verdictOf(decode: () => void): string {
  try {
    decode()
    return 'accepted'
  } catch (error) {
    assert.ok(error instanceof WireError, String(error))
    return error.code
  }
}

const both: Readonly<Record<string, SealCrypto>> = { node: nodeSealCrypto, web: webSealCrypto }

describe('golden: cbor', () => {
  for (const { name, bytes, verdict } of vectorFile(vectorFiles.cbor).parse(load('cbor')).cases) {
    test(`${name}: ${verdict}`, () => {
      assert.equal(
        verdictOf(() => assert.deepEqual(encodeCbor(decodeCbor(hex(bytes))), hex(bytes))),
        verdict,
      )
    })
  }
})

describe('golden: messages', () => {
  const files = ['messages', 'own-answers', 'own-hours', 'names', 'access', 'pruning', 'enrolment']
  const cases = [...files, 'factory-reset'].flatMap(
    (name) => vectorFile(vectorFiles.messages).parse(load(name)).cases,
  )
  for (const each of cases) {
    test(`${each.message}, ${each.name}: ${each.verdict}`, () => {
      const kind = messageKinds[each.message]
      assert.ok(kind)
      let value: unknown
      assert.equal(
        verdictOf(() => (value = kind.decode(hex(each.bytes)))),
        each.verdict,
      )
      if (each.verdict === 'accepted') assert.deepEqual(jsonValue(value), each.value)
    })
  }
})

const textDecoders = {
  claimText: decodeClaimText,
  hubText: decodeHubText,
  invitationText: decodeInvitationText,
  keyText: decodeKeyText,
} as const

describe('golden: texts', () => {
  const cases = [
    ...vectorFile(vectorFiles.texts).parse(load('texts')).cases,
    ...vectorFile(vectorFiles.personTexts).parse(load('person-texts')).cases,
    ...vectorFile(vectorFiles.personTexts).parse(load('inviter-texts')).cases,
  ]
  for (const each of cases) {
    test(`${each.format}, ${each.name}: ${each.verdict}`, () => {
      const decode = textDecoders[each.format]
      let value: unknown
      assert.equal(
        verdictOf(() => (value = decode(nodeSealCrypto.sha256, each.text))),
        each.verdict,
      )
      if (each.verdict === 'accepted') assert.deepEqual(jsonValue(value), each.value)
    })
  }
})

for (const [adapter, crypto] of Object.entries(both)) {
  describe(`golden, with the ${adapter} crypto`, () => {
    for (const each of vectorFile(vectorFiles.hashes).parse(load('hashes')).cases) {
      test(`hash ${each.name}`, () => {
        const compute = labelledHashes[each.hash]
        assert.ok(compute)
        assert.equal(toHex(compute(crypto, hex(each.input))), each.output)
      })
    }
    for (const each of vectorFile(vectorFiles.assertions).parse(load('assertions')).cases) {
      test(`assertion, ${each.name}: ${each.verdict}`, () => {
        const assertion = {
          authenticatorData: hex(each.authenticatorData),
          clientDataJson: hex(each.clientDataJson),
          signature: hex(each.signature),
        }
        const expected = {
          publicKey: hex(each.publicKey),
          challenge: hex(each.challenge),
          relyingParty: each.relyingParty,
        }
        assert.equal(verifyAssertion(crypto, assertion, expected) ?? 'accepted', each.verdict)
      })
    }
    for (const each of vectorFile(vectorFiles.statements).parse(load('statements')).cases) {
      test(`statement, ${each.name}: ${each.verdict}`, () => {
        const body = verifyStatement(crypto, each.label, hex(each.lockKey), hex(each.signed))
        assert.equal(body === undefined ? 'badSignature' : 'accepted', each.verdict)
      })
    }
    for (const each of vectorFile(vectorFiles.links).parse(load('links')).cases) {
      test(`link, ${each.name}: ${each.verdict}`, () => {
        const transcript = linkTranscriptMessage.decode(hex(each.transcript))
        const good = verifyLinkSignature(crypto, each.side, transcript, hex(each.signature))
        assert.equal(good ? 'accepted' : 'badSignature', each.verdict)
      })
    }
    for (const each of vectorFile(vectorFiles.seals).parse(load('seals')).cases) {
      test(`sealed ${each.name}: ${each.verdict}`, () => {
        const open = each.direction === 'request' ? openRequest : openReply
        let plain: Uint8Array | undefined
        const decoded = verdictOf(() => {
          plain = open(crypto, hex(each.lockId), hex(each.privateKey), hex(each.sealed))
        })
        const verdict = decoded === 'accepted' && plain === undefined ? 'doesNotOpen' : decoded
        assert.equal(verdict, each.verdict)
        if (plain !== undefined) assert.equal(toHex(plain), each.plain)
      })
    }
    for (const each of vectorFile(vectorFiles.chains).parse(load('chains')).cases) {
      test(`chain, ${each.name}: ${each.verdict}`, () => {
        const segment = verifyForward(
          crypto,
          genesisHead(crypto, hex(each.lockId)),
          each.entries.map(hex),
        )
        assert.equal(segment.fault?.code ?? 'accepted', each.verdict)
        assert.equal(segment.entries.length, each.good)
        assert.equal(toHex(segment.head.hash), each.head)
      })
    }
  })
}
