import { MortiseError } from '@mortise/protocol/errors'

/**
 * Stands in for noble's P-256 in the app's bundle (see `vite.config.ts`): phones check no passkey
 * assertions. The adapter turns this error into "not valid", so a use by mistake accepts nothing.
 */
export const p256 = {
  verify(): never {
    throw new MortiseError('bug', 'noEs256', 'the app checks no ES256 signatures')
  },
}
