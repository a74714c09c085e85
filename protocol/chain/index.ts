export { appendEntry, entryHash, genesisHead } from './append.ts'
export type { ChainHead, NewEntry } from './append.ts'
export { verifyForward, verifyBackward } from './verify.ts'
export type { ChainFault, ChainFaultCode, VerifiedSegment } from './verify.ts'
