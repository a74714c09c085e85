/** What a Mortise message is made of once decoded: the subset of CBOR that we use. */
export type CborValue = number | string | boolean | Uint8Array | CborValue[] | CborMap
export type CborMap = Map<number, CborValue>
