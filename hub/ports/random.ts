/** Random bytes fit for tokens, ids and nonces. */
export interface Random {
  bytes(length: number): Uint8Array
}
