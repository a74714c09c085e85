/**
 * The one slow, peppered hash of keypad codes.
 *
 * - The same code gives the same 32 bytes at the same lock, also after a restart, and other bytes
 *   at another lock. Comparing is for the core.
 * - Works beside the caller: the caller's thread stays free, and several calls may be under way.
 * - The code is in no error, no log and no file.
 * - Rejects only with `MortiseError` `pinHashFailed` (world), as when there is no memory left.
 */
export interface PinHasher {
  /** @param pin the digits, as typed */
  readonly hash: (pin: string) => Promise<Uint8Array>
}
