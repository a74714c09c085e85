/**
 * Everything that checks: the half of the cryptography that any program may have, the hub
 * included. Nothing in this file or behind it signs, seals or opens.
 */
export type { MacCrypto, VerifyCrypto } from './port.ts'
export { commandChallenge, commandHash, lockIdOf, policyHash, setupChallenge } from './hashes.ts'
export { registrationChallenge, signInChallenge, ticketEntryInput } from './hashes.ts'
export { verifyAssertion } from './assertion.ts'
export type { AssertionExpectation, AssertionFault } from './assertion.ts'
export { verifyStatement } from './statement.ts'
export type { StatementLabel } from './statement.ts'
export {
  linkSigningInput,
  newestPolicySigningInput,
  verifyLinkSignature,
  verifyNewestPolicy,
} from './link.ts'
