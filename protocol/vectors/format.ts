import { z } from 'zod'

/**
 * The shape of a golden file. Byte strings are lower-case hexadecimal. `verdict` is `accepted` or
 * the code of the one error that a decoder or verifier must give.
 */
const hex = z.string().regex(/^([0-9a-f]{2})*$/)

/** CBOR input that must be refused, or accepted and encoded to the same bytes. */
const cborCase = z.strictObject({ name: z.string(), bytes: hex, verdict: z.string() })

/** A message of a kind; `value` is its meaning, with byte strings as `hex:...`. */
const messageCase = z.strictObject({
  name: z.string(),
  message: z.string(),
  bytes: hex,
  verdict: z.string(),
  value: z.unknown().optional(),
})

/** A labelled hash. */
const hashCase = z.strictObject({
  name: z.string(),
  hash: z.string(),
  input: hex,
  output: hex,
})

const textCase = z.strictObject({
  name: z.string(),
  format: z.enum(['claimText', 'hubText']),
  text: z.string(),
  verdict: z.string(),
  value: z.unknown().optional(),
})

/** Texts that came later have a file of their own: a golden file is never written again. */
const personTextCase = textCase.extend({ format: z.enum(['invitationText', 'keyText']) })

const assertionCase = z.strictObject({
  name: z.string(),
  publicKey: hex,
  challenge: hex,
  relyingParty: z.strictObject({ id: z.string(), origins: z.array(z.string()) }),
  authenticatorData: hex,
  clientDataJson: hex,
  signature: hex,
  verdict: z.string(),
})

const statementCase = z.strictObject({
  name: z.string(),
  label: z.enum(['reply', 'state', 'policyReport', 'head']),
  lockKey: hex,
  signed: hex,
  verdict: z.enum(['accepted', 'badSignature']),
})

const linkCase = z.strictObject({
  name: z.string(),
  side: z.enum(['linkLock', 'linkHub']),
  transcript: hex,
  signature: hex,
  verdict: z.enum(['accepted', 'badSignature']),
})

const sealCase = z.strictObject({
  name: z.string(),
  direction: z.enum(['request', 'reply']),
  lockId: hex,
  privateKey: hex,
  sealed: hex,
  verdict: z.string(),
  plain: hex.optional(),
})

const chainCase = z.strictObject({
  name: z.string(),
  lockId: hex,
  entries: z.array(hex),
  verdict: z.string(),
  /** How many entries are good before the fault. */
  good: z.number(),
  head: hex,
})

export const vectorFiles = {
  cbor: z.array(cborCase),
  messages: z.array(messageCase),
  hashes: z.array(hashCase),
  texts: z.array(textCase),
  personTexts: z.array(personTextCase),
  assertions: z.array(assertionCase),
  statements: z.array(statementCase),
  links: z.array(linkCase),
  seals: z.array(sealCase),
  chains: z.array(chainCase),
} as const

/** A golden file: where its rules come from, and its cases. */
export function vectorFile<Case extends z.ZodType>(
  cases: Case,
): z.ZodObject<{
  section: z.ZodString
  about: z.ZodString
  cases: Case
}> {
  return z.strictObject({ section: z.string(), about: z.string(), cases })
}
