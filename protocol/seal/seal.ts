/**
 * Everything that signs, seals and opens. The hub must not be able to open or forge, so
 * tools/rooms.ts keeps it away from this entry.
 */
export type { SealCrypto } from './port.ts'
export { openReply, openRequest, sealReply, sealRequest } from './envelope.ts'
export { signStatement } from './sign-statement.ts'
export { hpkeOpen, hpkeSeal } from './hpke.ts'
