/** A new passkey as the browser returned it (Web Authentication Level 3 section 5.2.1). */
export interface NewPasskey {
  readonly passkeyId: Uint8Array
  readonly clientDataJson: Uint8Array
  readonly attestationObject: Uint8Array
}

export interface NewPasskeyExpectation {
  readonly challenge: Uint8Array
  readonly relyingPartyId: string
  readonly origins: readonly string[]
}

/** Verifies registrations, Web Authentication Level 3 section 7.1. */
export interface PasskeyRegistration {
  /**
   * Asks for user presence and user verification, ES256, and no attestation.
   * @returns the public key as an uncompressed P-256 point (65 bytes), or undefined when anything
   * about the registration is wrong. Never throws for what the caller sent.
   */
  verify(passkey: NewPasskey, expected: NewPasskeyExpectation): Promise<Uint8Array | undefined>
}
