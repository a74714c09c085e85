export { webSealCrypto } from './seal.ts'
