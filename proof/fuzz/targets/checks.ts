import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { genesisHead, verifyBackward, verifyForward } from '@mortise/protocol/chain'
import { verifyAssertion, verifyLinkSignature, verifyStatement } from '@mortise/protocol/verify'
import type { StatementLabel } from '@mortise/protocol/verify'
import {
  decodeCbor,
  encodeCbor,
  linkTranscriptMessage,
  signedStatementMessage,
  toHex,
} from '@mortise/protocol/wire'
import type { CborValue } from '@mortise/protocol/wire'
import { bytesIn, goldenCases, textIn } from '../corpus.ts'
import type { GoldenCase } from '../corpus.ts'
import { mutateBytes } from '../mutate-bytes.ts'
import type { Random } from '../random.ts'
import { pick } from '../random.ts'
import type { Target } from '../target.ts'
import { cborInputs } from '../target.ts'

const crypto = nodeSealCrypto

/** Several byte strings as one input, so that a finding is one line of hexadecimal. */
function pack(parts: readonly Uint8Array[]): Uint8Array {
  return encodeCbor([...parts])
}

function unpack(input: Uint8Array): readonly Uint8Array[] {
  const parts: CborValue = decodeCbor(input)
  assert.ok(Array.isArray(parts))
  return parts.map((part) => {
    assert.ok(part instanceof Uint8Array)
    return part
  })
}

/** Damages one of several parts and leaves the others whole. */
function partInputs(seeds: readonly (readonly Uint8Array[])[]): Target['next'] {
  return (random: Random) => {
    const parts = pick(random, seeds)
    const at = random.next(parts.length)
    const damaged = mutateBytes(random, parts[at] ?? new Uint8Array(0), parts)
    return pack(random.next(16) === 0 ? parts : parts.with(at, damaged))
  }
}

/** A passkey's answer: nothing is believed but what was signed. */
function assertionTarget(): Target {
  const good = goldenCases('assertions').find((each) => textIn(each, 'verdict') === 'accepted')
  assert.ok(good)
  const relyingParty = { id: 'home.example', origins: ['https://home.example'] }
  assert.deepEqual(good['relyingParty'], relyingParty)
  const expected = {
    publicKey: bytesIn(good, 'publicKey'),
    challenge: bytesIn(good, 'challenge'),
    relyingParty,
  }
  const partsOf = (each: GoldenCase): readonly Uint8Array[] =>
    ['authenticatorData', 'clientDataJson', 'signature'].map((field) => bytesIn(each, field))
  const signed = new Set(
    goldenCases('assertions').map((each) => partsOf(each).slice(0, 2).map(toHex).join()),
  )
  return {
    name: 'assertion',
    cost: 'dear',
    next: partInputs([partsOf(good), ...goldenCases('assertions').map(partsOf)]),
    feed: (input) => {
      const [authenticatorData, clientDataJson, signature] = unpack(input)
      assert.ok(authenticatorData && clientDataJson && signature)
      const assertion = { authenticatorData, clientDataJson, signature }
      const fault = verifyAssertion(crypto, assertion, expected)
      if (fault !== undefined) return fault
      // ECDSA signatures have a second form, so the signature itself may differ.
      const content = [authenticatorData, clientDataJson].map(toHex).join()
      assert.ok(signed.has(content), 'content that nobody signed was believed')
      return 'accepted'
    },
  }
}

const statementLabels = ['reply', 'state', 'policyReport', 'head'] as const

function labelOf(each: GoldenCase): StatementLabel {
  const label = statementLabels.find((word) => word === textIn(each, 'label'))
  assert.ok(label)
  return label
}

/** Signed statements: a body comes out only with the lock's signature over exactly it. */
function statementTarget(): Target {
  const cases = goldenCases('statements')
  const good = cases.filter((each) => textIn(each, 'verdict') === 'accepted')
  const bodies = new Set(
    good.map((each) => toHex(signedStatementMessage.decode(bytesIn(each, 'signed')).body)),
  )
  const keys = good.map((each) => bytesIn(each, 'lockKey'))
  const [key] = keys
  assert.ok(key)
  return {
    name: 'statement',
    cost: 'dear',
    next: cborInputs(cases.map((each) => bytesIn(each, 'signed'))),
    feed: (input) => {
      for (const label of new Set(good.map(labelOf))) {
        const body = verifyStatement(crypto, label, key, input)
        if (body === undefined) continue
        assert.ok(bodies.has(toHex(body)), 'a body that nobody signed was believed')
        return 'accepted'
      }
      return 'badSignature'
    },
  }
}

/** The link handshake: a transcript or signature that is altered proves nothing. */
function linkTarget(): Target {
  const cases = goldenCases('links')
  const partsOf = (each: GoldenCase): readonly Uint8Array[] =>
    ['transcript', 'signature'].map((field) => bytesIn(each, field))
  const known = new Set(cases.map((each) => toHex(pack(partsOf(each)))))
  return {
    name: 'link signature',
    cost: 'dear',
    next: partInputs(cases.map(partsOf)),
    feed: (input) => {
      const [transcript, signature] = unpack(input)
      assert.ok(transcript && signature)
      const decoded = linkTranscriptMessage.decode(transcript)
      for (const side of ['linkLock', 'linkHub'] as const) {
        if (!verifyLinkSignature(crypto, side, decoded, signature)) continue
        assert.ok(known.has(toHex(input)), 'an altered handshake was believed')
        return 'accepted'
      }
      return 'badSignature'
    },
  }
}

/** The hash chain, in both directions: always a segment, never an exception. */
function chainTarget(): Target {
  const cases = goldenCases('chains')
  const [first] = cases
  assert.ok(first)
  const genesis = genesisHead(crypto, bytesIn(first, 'lockId'))
  const chains = cases.map((each) => {
    const entries = each['entries']
    assert.ok(Array.isArray(entries))
    return entries.map((entry: unknown) => {
      assert.ok(typeof entry === 'string')
      return Uint8Array.fromHex(entry)
    })
  })
  return {
    name: 'chain',
    cost: 'cheap',
    next: partInputs(chains.filter(({ length }) => length > 0)),
    feed: (input) => {
      const entries = unpack(input)
      const forward = verifyForward(crypto, genesis, entries)
      assert.equal(forward.head.sequence, forward.entries.length)
      const backward = verifyBackward(crypto, forward.head, entries.toReversed())
      assert.equal(backward.fault === undefined, forward.fault === undefined)
      return forward.fault?.code ?? 'accepted'
    },
  }
}

/** Everything that decides whether to believe. */
export function checkTargets(): readonly Target[] {
  return [assertionTarget(), statementTarget(), linkTarget(), chainTarget()]
}
