import { hash } from 'node:crypto'
import { join } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { bytesEqual, concatBytes, fromHex, toHex, utf8 } from '@mortise/protocol/wire'
import type { LockSecrets } from '#lock/ports/identity.ts'
import type { Random } from '#lock/ports/random.ts'
import { readPrivateFile, replacePrivateFile } from './files.ts'
import type { OnWritePoint } from './write-point.ts'

/** The key file in the lock's folder. */
export const SECRETS_FILE = 'secrets'

const FIRST_LINE = 'mortise-lock-secrets 1'

/** Lengths in bytes, in the order of the lines. */
const LENGTHS = { identitySeed: 32, sealingPrivateKey: 32, pinSalt: 16, pinPepper: 32 } as const
const NAMES = ['identitySeed', 'sealingPrivateKey', 'pinSalt', 'pinPepper'] as const
const CHECKSUM_BYTES = 8

/**
 * The lock's secrets, or undefined when there is no file.
 * @throws MortiseError `secretReadableByOthers`, `secretUnreadable` or `secretsCorrupt` (world)
 */
export function loadSecrets(folder: string): LockSecrets | undefined {
  const path = join(folder, SECRETS_FILE)
  const content = readPrivateFile(path)
  if (content === undefined) return undefined
  const secrets = parse(new TextDecoder().decode(content))
  if (secrets !== undefined) return secrets
  throw new MortiseError('world', 'secretsCorrupt', `${path} is damaged`, {
    nextStep:
      'Restore the file from a backup; without it this lock must be reset and claimed anew.',
  })
}

/** Makes new secrets; they are durable when this returns. */
export function createSecrets(
  folder: string,
  random: Random,
  onWritePoint: OnWritePoint = () => {},
): LockSecrets {
  const secrets = {
    identitySeed: random.bytes(LENGTHS.identitySeed),
    sealingPrivateKey: random.bytes(LENGTHS.sealingPrivateKey),
    pinSalt: random.bytes(LENGTHS.pinSalt),
    pinPepper: random.bytes(LENGTHS.pinPepper),
  }
  const reached = {
    written: 'secretsWritten',
    synced: 'secretsSynced',
    renamed: 'secretsRenamed',
    durable: 'secretsDurable',
  } as const
  replacePrivateFile(join(folder, SECRETS_FILE), utf8(format(secrets)), (step) =>
    onWritePoint(reached[step]),
  )
  return secrets
}

/** Against bit rot and half-copied files, not against people: who can write here owns the lock. */
function checksumOf(secrets: LockSecrets): Uint8Array {
  const parts = NAMES.map((name) => secrets[name])
  return new Uint8Array(hash('sha256', concatBytes(...parts), 'buffer')).subarray(0, CHECKSUM_BYTES)
}

function format(secrets: LockSecrets): string {
  const lines = NAMES.map((name) => `${name} ${toHex(secrets[name])}`)
  return [FIRST_LINE, ...lines, `checksum ${toHex(checksumOf(secrets))}`, ''].join('\n')
}

function parse(text: string): LockSecrets | undefined {
  const [first, identitySeed, sealingPrivateKey, pinSalt, pinPepper, checksum, end, ...rest] =
    text.split('\n')
  if (first !== FIRST_LINE || end !== '' || rest.length > 0) return undefined
  const secrets = {
    identitySeed: valueOf(identitySeed, 'identitySeed', LENGTHS.identitySeed),
    sealingPrivateKey: valueOf(sealingPrivateKey, 'sealingPrivateKey', LENGTHS.sealingPrivateKey),
    pinSalt: valueOf(pinSalt, 'pinSalt', LENGTHS.pinSalt),
    pinPepper: valueOf(pinPepper, 'pinPepper', LENGTHS.pinPepper),
  }
  if (!isComplete(secrets)) return undefined
  const expected = valueOf(checksum, 'checksum', CHECKSUM_BYTES)
  if (expected === undefined || !bytesEqual(expected, checksumOf(secrets))) return undefined
  return secrets
}

function valueOf(line: string | undefined, name: string, length: number): Uint8Array | undefined {
  if (line === undefined || !line.startsWith(`${name} `)) return undefined
  const bytes = fromHex(line.slice(name.length + 1))
  return bytes?.length === length ? bytes : undefined
}

type Parsed = { readonly [Name in keyof LockSecrets]: Uint8Array | undefined }

function isComplete(parsed: Parsed): parsed is LockSecrets {
  return NAMES.every((name) => parsed[name] !== undefined)
}
