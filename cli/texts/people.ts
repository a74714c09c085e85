import { toHex } from '@mortise/protocol/wire'
import type { Credential, User, Validity } from '@mortise/protocol/words'
import type { Json } from '#cli/output/result.ts'
import { present } from '#cli/output/result.ts'
import { formatInstant, isoInstant } from './times.ts'

export function validityJson(validity: Validity | undefined): Json | undefined {
  if (validity === undefined) return undefined
  const { notBeforeMs, notAfterMs } = validity
  return { from: isoInstant(notBeforeMs), until: isoInstant(notAfterMs) }
}

export function credentialJson(credential: Credential): Json {
  return present({
    id: toHex(credential.id),
    type: credential.type,
    name: credential.type === 'pin' ? undefined : credential.name,
    createdAt: isoInstant(credential.createdAtMs),
  })
}

export function userJson(user: User, bound: readonly Credential[]): Json {
  return present({
    id: toHex(user.id),
    name: user.name,
    role: user.role,
    enabled: user.userStatus === 'occupiedEnabled',
    verbs: user.verbs,
    validity: validityJson(user.validity),
    credentials: [...user.credentials, ...bound].map(credentialJson),
  })
}

/** When somebody may come, in the door's time zone. */
export function validityText(validity: Validity | undefined, timeZone: string): string {
  if (validity === undefined) return 'always'
  const from = formatInstant(validity.notBeforeMs, timeZone)
  return `${from} until ${formatInstant(validity.notAfterMs, timeZone)}`
}
