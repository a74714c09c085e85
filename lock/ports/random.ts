/** Bytes that nobody can foresee, from the operating system's generator; made anew at each call. */
export interface Random {
  /** @param count whole, zero or more */
  readonly bytes: (count: number) => Uint8Array
}
