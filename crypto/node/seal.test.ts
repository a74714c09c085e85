import { cryptoContract } from '#crypto/contract.ts'
import { nodeSealCrypto } from './seal.ts'

cryptoContract('node', nodeSealCrypto)
