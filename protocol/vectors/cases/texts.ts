import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { encodeClaimText, encodeHubText } from '#protocol/wire/texts.ts'
import { jsonValue } from '#protocol/vectors/value.ts'

interface TextCase {
  readonly name: string
  readonly format: 'claimText' | 'hubText'
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

/** Both texts, whole and damaged. */
export function textCases(): readonly TextCase[] {
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
