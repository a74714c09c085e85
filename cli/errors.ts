import { MortiseError } from '@mortise/protocol/errors'

/** What only the command line can find wrong. */
export type CliErrorCode =
  | 'usage'
  | 'badTime'
  | 'badSettings'
  | 'badHubAddress'
  | 'looseFileMode'
  | 'unreadableFile'
  | 'noInput'
  | 'lockNotFound'
  | 'lockNotNamed'
  | 'personNotFound'
  | 'personNotNamed'
  | 'nameTaken'
  | 'codeNotFound'
  | 'fingerNotFound'
  | 'faceNotFound'
  | 'deviceNotFound'
  | 'deviceNotNamed'
  | 'readerBusy'
  | 'enrolmentOver'
  | 'enrolmentFailed'
  | 'settingUnknown'
  | 'badValue'
  | 'holidayNotFound'
  | 'holidayTwice'
  | 'invitationNotFound'
  | 'keyTextWrong'
  | 'setupTextWrong'
  | 'setupRefused'
  | 'deviceUnknown'
  | 'deviceKnown'
  | 'hubProgramFailed'

/** A mistake in a command or its surroundings, with the way out. */
export class CliError extends MortiseError<CliErrorCode> {
  override readonly name = 'CliError'

  constructor(code: CliErrorCode, message: string, nextStep: string, cause?: unknown) {
    super('caller', code, message, { nextStep, ...(cause === undefined ? {} : { cause }) })
  }
}
