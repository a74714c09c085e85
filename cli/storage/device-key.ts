import { join } from 'node:path'
import type { SealCrypto } from '@mortise/protocol/seal'
import { z } from 'zod'
import { bytesText } from './bytes.ts'
import { makeJsonFile, readJsonFile } from './json-file.ts'
import type { Places } from './places.ts'

/** This device's own Ed25519 key: whoever has the file is this device. */
export interface DeviceKey {
  readonly seed: Uint8Array
  readonly publicKey: Uint8Array
  /** What the device is called where it is listed. */
  readonly name: string
}

const schema = z.strictObject({
  v: z.literal(1),
  seed: bytesText(32),
  name: z.string().min(1).max(64),
})

export function deviceKeyPath({ dataFolder }: Places): string {
  return join(dataFolder, 'device-key.json')
}

/** @throws CliError `looseFileMode`, `unreadableFile` */
export async function loadDeviceKey(
  crypto: SealCrypto,
  places: Places,
): Promise<DeviceKey | undefined> {
  const stored = await readJsonFile(deviceKeyPath(places), schema)
  if (stored === undefined) return undefined
  const { seed, name } = stored
  return { seed, name, publicKey: crypto.ed25519PublicKey(seed) }
}

/** The device key; made on first use. Of two command lines that make it at once, both get the first. */
export async function obtainDeviceKey(
  crypto: SealCrypto,
  places: Places,
  name: string,
): Promise<DeviceKey> {
  const known = await loadDeviceKey(crypto, places)
  if (known !== undefined) return known
  const seed = crypto.randomBytes(32)
  const fresh = { v: 1, seed, name } as const
  const isOurs = await makeJsonFile(deviceKeyPath(places), z.encode(schema, fresh))
  if (!isOurs) return obtainDeviceKey(crypto, places, name)
  return { seed, name, publicKey: crypto.ed25519PublicKey(seed) }
}
