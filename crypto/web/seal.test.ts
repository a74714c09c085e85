import { cryptoContract } from '#crypto/contract.ts'
import { webSealCrypto } from './index.ts'

cryptoContract('web', webSealCrypto)
