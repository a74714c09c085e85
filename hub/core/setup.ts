/** The setup token that is good at a moment, as the store keeps it: only its hash. */
export interface SetupToken {
  readonly hash: Uint8Array
  readonly expiresAtMs: number
}

/** Whether a presented token is the open one. Compares hashes, in time that tells nothing. */
export function isSetupTokenGood(
  equalConstantTime: (left: Uint8Array, right: Uint8Array) => boolean,
  open: SetupToken | undefined,
  presentedHash: Uint8Array,
  nowMs: number,
): boolean {
  if (open === undefined || nowMs >= open.expiresAtMs) return false
  return equalConstantTime(open.hash, presentedHash)
}
