import { verifyContract } from '#crypto/contract.ts'
import { nodeVerifyCrypto } from './verify.ts'

verifyContract('node', nodeVerifyCrypto)
