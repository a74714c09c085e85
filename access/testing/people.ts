import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { commandHash } from '@mortise/protocol/verify'
import { concatBytes, toBase64Url, utf8 } from '@mortise/protocol/wire'
import type { Proof } from '@mortise/protocol/wire'
import type { Credential, Role, User } from '@mortise/protocol/words'

/** An id that is readable in failures: sixteen times the same byte, or counted beyond 255. */
export function idOf(number: number): Uint8Array {
  const id = new Uint8Array(16).fill(number & 0xff)
  new DataView(id.buffer).setUint32(0, number)
  return id
}

export const relyingParty = { id: 'door.example', origins: ['https://door.example'] }

/** Signs command bytes, as a phone or a command line would. */
export type Signer = (command: Uint8Array) => Proof

export interface Person {
  readonly user: User
  readonly sign: Signer
}

/** A device key that really signs. Its credential id is `idOf(number)`. */
export function deviceKey(number: number, name = `key ${number}`) {
  const seed = crypto.sha256(utf8(`seed ${number}`))
  const credential: Extract<Credential, { type: 'deviceKey' }> = {
    type: 'deviceKey',
    id: idOf(number),
    createdAtMs: 1,
    name,
    publicKey: crypto.ed25519PublicKey(seed),
  }
  const signer: Signer = (command) => ({
    type: 'deviceKey',
    credentialId: idOf(number),
    signature: crypto.signEd25519(seed, commandHash(crypto, command)),
  })
  return { credential, sign: signer }
}

/** The secret half of an invitation's link. */
export function ticket(number: number) {
  const seed = crypto.sha256(utf8(`ticket ${number}`))
  const signer: Signer = (command) => ({
    type: 'ticket',
    invitationId: idOf(number),
    signature: crypto.signEd25519(seed, commandHash(crypto, command)),
  })
  return { publicKey: crypto.ed25519PublicKey(seed), sign: signer }
}

export interface PasskeyOptions {
  readonly origin?: string
  readonly flags?: number
  /** Of the client data. */
  readonly type?: string
}

/** A passkey that really signs, on the relying party of `relyingParty`. */
export function passkey(number: number) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' })
  const point = createPublicKey(createPrivateKey(pem)).export({ format: 'der', type: 'spki' })
  const credential: Extract<Credential, { type: 'passkey' }> = {
    type: 'passkey',
    id: idOf(number),
    createdAtMs: 1,
    name: `phone ${number}`,
    passkeyId: utf8(`passkey ${number}`),
    publicKey: new Uint8Array(point.subarray(-65)),
    relyingPartyId: relyingParty.id,
  }
  const signWith =
    ({
      origin = 'https://door.example',
      flags = 0x05,
      type = 'webauthn.get',
    }: PasskeyOptions): Signer =>
    (command) => {
      const challenge = toBase64Url(commandHash(crypto, command))
      const clientDataJson = utf8(JSON.stringify({ type, challenge, origin }))
      const hash = crypto.sha256(utf8(relyingParty.id))
      const authenticatorData = concatBytes(hash, Uint8Array.of(flags, 0, 0, 0, 0))
      const signed = concatBytes(authenticatorData, crypto.sha256(clientDataJson))
      const signature = new Uint8Array(sign('sha256', signed, privateKey))
      return {
        type: 'passkey',
        credentialId: idOf(number),
        authenticatorData,
        clientDataJson,
        signature,
      }
    }
  return { credential, signWith, sign: signWith({}) }
}

export function pinCredential(number: number): Extract<Credential, { type: 'pin' }> {
  return { type: 'pin', id: idOf(number), createdAtMs: 1 }
}

/** A user with one device key, both numbered alike, and every right of the role at all times. */
export function person(number: number, role: Role, fields: Partial<User> = {}): Person {
  const key = deviceKey(number)
  const user: User = {
    id: idOf(number),
    name: `${role} ${number}`,
    role,
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: [key.credential],
    ...fields,
  }
  return { user, sign: key.sign }
}
