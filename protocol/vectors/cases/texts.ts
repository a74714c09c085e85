import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import {
  encodeClaimText,
  encodeHubText,
  encodeInvitationText,
  encodeKeyText,
} from '#protocol/wire/texts.ts'
import { jsonValue } from '#protocol/vectors/value.ts'

interface TextCase<Format extends string> {
  readonly name: string
  readonly format: Format
  readonly text: string
  readonly verdict: string
  readonly value?: unknown
}

const claim = {
  lockKey: new Uint8Array(32).fill(0x43),
  sealingKey: new Uint8Array(32).fill(0x45),
  setupCode: new Uint8Array(16).fill(0x5c),
}
const hub = {
  url: 'wss://hub.example/link',
  hubKey: new Uint8Array(32).fill(0x41),
  enrolmentSecret: new Uint8Array(16).fill(0x5e),
}

/** Swaps the first two letters after the prefix that differ: the slip of a hurried hand. */
function slip(text: string): string {
  const start = text.indexOf('.') + 1
  const letters = text.slice(start).split('')
  const at = letters.findIndex((letter, index) => letter !== letters[index + 1])
  const [left, right] = [letters[at] ?? '', letters[at + 1] ?? '']
  letters.splice(at, 2, right, left)
  return text.slice(0, start) + letters.join('')
}

/** The texts between lock, hub and owner, whole and damaged. */
export function textCases(): readonly TextCase<'claimText' | 'hubText'>[] {
  const claimText = encodeClaimText(nodeVerifyCrypto.sha256, claim)
  const hubText = encodeHubText(nodeVerifyCrypto.sha256, hub)
  const broken = `${claimText.slice(0, 40)}\n  ${claimText.slice(40)} `
  return [
    {
      name: 'a claim text',
      format: 'claimText',
      text: claimText,
      verdict: 'accepted',
      value: jsonValue(claim),
    },
    {
      name: 'pasted over two lines',
      format: 'claimText',
      text: broken,
      verdict: 'accepted',
      value: jsonValue(claim),
    },
    {
      name: 'two letters swapped',
      format: 'claimText',
      text: slip(claimText),
      verdict: 'badChecksum',
    },
    {
      name: 'the end cut off',
      format: 'claimText',
      text: claimText.slice(0, -4),
      verdict: 'badChecksum',
    },
    { name: 'only the prefix', format: 'claimText', text: 'mortise1.', verdict: 'truncated' },
    { name: 'nothing', format: 'claimText', text: '', verdict: 'unknownVariant' },
    {
      name: 'a foreign letter',
      format: 'claimText',
      text: `${claimText}!`,
      verdict: 'invalidText',
    },
    {
      name: 'a hub text where a claim text belongs',
      format: 'claimText',
      text: hubText,
      verdict: 'unknownVariant',
    },
    {
      name: 'a hub text',
      format: 'hubText',
      text: hubText,
      verdict: 'accepted',
      value: jsonValue(hub),
    },
    { name: 'a damaged hub text', format: 'hubText', text: slip(hubText), verdict: 'badChecksum' },
  ]
}

const invitation = {
  lockKey: new Uint8Array(32).fill(0x43),
  sealingKey: new Uint8Array(32).fill(0x45),
  invitationId: new Uint8Array(16).fill(0x19),
  ticketSeed: new Uint8Array(32).fill(0x7c),
}
const key = { publicKey: new Uint8Array(32).fill(0xd1), name: "Zoë's laptop" }

/** The texts between people, whole and damaged. */
export function personTextCases(): readonly TextCase<'invitationText' | 'keyText'>[] {
  const invitationText = encodeInvitationText(nodeVerifyCrypto.sha256, invitation)
  const keyText = encodeKeyText(nodeVerifyCrypto.sha256, key)
  return [
    ...wholeAndDamaged('invitationText', invitationText, jsonValue(invitation)),
    {
      name: 'a claim text in its place',
      format: 'invitationText',
      text: encodeClaimText(nodeVerifyCrypto.sha256, claim),
      verdict: 'unknownVariant',
    },
    ...wholeAndDamaged('keyText', keyText, jsonValue(key)),
    {
      name: 'an invitation in its place',
      format: 'keyText',
      text: invitationText,
      verdict: 'unknownVariant',
    },
    {
      name: 'the body of an invitation behind its prefix',
      format: 'keyText',
      text: `mortise-key1.${invitationText.slice(invitationText.indexOf('.') + 1)}`,
      verdict: 'badChecksum',
    },
  ]
}

/** An invitation that says who sends it. */
export function inviterTextCases(): readonly TextCase<'invitationText'>[] {
  const named = { ...invitation, inviterName: 'Zoë' }
  const text = encodeInvitationText(nodeVerifyCrypto.sha256, named)
  return wholeAndDamaged('invitationText', text, jsonValue(named))
}

/** Without its last letters, up to a whole group of four, which is three bytes. */
function cut(text: string): string {
  const start = text.indexOf('.') + 1
  return text.slice(0, start + Math.floor((text.length - start - 1) / 4) * 4)
}

function wholeAndDamaged<Format extends string>(
  format: Format,
  text: string,
  value: unknown,
): readonly TextCase<Format>[] {
  const prefix = text.slice(0, text.indexOf('.') + 1)
  const broken = ` ${text.slice(0, 30)}\r\n${text.slice(30)}\t`
  return [
    { name: 'whole', format, text, verdict: 'accepted', value },
    { name: 'pasted over two lines', format, text: broken, verdict: 'accepted', value },
    { name: 'two letters swapped', format, text: slip(text), verdict: 'badChecksum' },
    { name: 'the end cut off', format, text: cut(text), verdict: 'badChecksum' },
    { name: 'only the prefix', format, text: prefix, verdict: 'truncated' },
    {
      name: 'the prefix in capitals',
      format,
      text: text.replace('m', 'M'),
      verdict: 'unknownVariant',
    },
    { name: 'nothing', format, text: '', verdict: 'unknownVariant' },
    { name: 'a foreign letter', format, text: `${text}=`, verdict: 'invalidText' },
  ]
}
