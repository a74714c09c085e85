/** CBOR as Mortise uses it: one encoding for each value, and nothing else is read. */
export { decodeCbor } from '#protocol/wire/cbor-decode.ts'
export { encodeCbor } from '#protocol/wire/cbor-encode.ts'
export type { CborMap, CborValue } from '#protocol/wire/cbor-value.ts'
