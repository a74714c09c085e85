import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { MortiseError } from '@mortise/protocol/errors'
import { fromBase64Url, toBase64Url } from '@mortise/protocol/wire'
import { writeSecretFile } from '#hub/adapters/identity/secret-file.ts'

export interface HubSecrets {
  /** Ed25519 seed, 32 bytes. */
  readonly seed: Uint8Array
  /** 16 bytes. */
  readonly enrolmentSecret: Uint8Array
}

const fileName = 'identity.json'
const seedBytes = 32
const enrolmentSecretBytes = 16

const fileSchema = z.strictObject({
  v: z.literal(1),
  seed: z.string(),
  enrolmentSecret: z.string(),
})

/** Reads `identity.json` in the folder, or makes it when there is none. */
export function readOrMakeSecrets(folder: string): HubSecrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, fileName)
  const text = readIfThere(path)
  if (text === undefined) return makeSecrets(path)
  // Restored backups tend to come with wider rights.
  chmodSync(path, 0o600)
  return parseSecrets(path, text)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}

function parseSecrets(path: string, text: string): HubSecrets {
  const parsed = fileSchema.safeParse(parseJson(text)).data
  const seed = fromBase64Url(parsed?.seed ?? '')
  const enrolmentSecret = fromBase64Url(parsed?.enrolmentSecret ?? '')
  if (seed?.length !== seedBytes || enrolmentSecret?.length !== enrolmentSecretBytes) {
    throw unreadable(path)
  }
  return { seed, enrolmentSecret }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreadable(path: string, cause?: unknown): MortiseError {
  return new MortiseError('world', 'identityUnreadable', `cannot read ${path}`, {
    nextStep:
      'Restore it from a backup. Without it the hub gets a new identity, and each lock has to be given the new hub text.',
    cause,
  })
}

function makeSecrets(path: string): HubSecrets {
  const seed = new Uint8Array(randomBytes(seedBytes))
  const enrolmentSecret = new Uint8Array(randomBytes(enrolmentSecretBytes))
  const text = JSON.stringify({
    v: 1,
    seed: toBase64Url(seed),
    enrolmentSecret: toBase64Url(enrolmentSecret),
  })
  writeSecretFile(path, `${text}\n`)
  return { seed, enrolmentSecret }
}
