import { MortiseError } from '#protocol/errors.ts'

/** Why a decoder refused its input. Stable: golden vectors name these codes. */
export type WireErrorCode =
  | 'tooLarge'
  | 'tooDeep'
  | 'truncated'
  | 'trailingBytes'
  | 'indefiniteLength'
  | 'float'
  | 'tag'
  | 'unsupportedType'
  | 'integerTooLarge'
  | 'notShortest'
  | 'badKey'
  | 'duplicateKey'
  | 'unsortedKeys'
  | 'invalidText'
  | 'forbiddenCharacter'
  | 'blankText'
  | 'notCanonical'
  | 'unknownField'
  | 'missingField'
  | 'wrongType'
  | 'wrongLength'
  | 'outOfRange'
  | 'unknownVariant'
  | 'duplicateItem'
  | 'badPadding'
  | 'badChecksum'

/** Bytes that are not the message they should be. Always the sender's fault. */
export class WireError extends MortiseError<WireErrorCode> {
  override readonly name = 'WireError'
  /** Where in the message, as a path of field names; empty for the outermost value. */
  readonly path: string

  constructor(code: WireErrorCode, path = '', cause?: unknown) {
    super('caller', code, path === '' ? code : `${code} at ${path}`, { cause })
    this.path = path
  }
}
