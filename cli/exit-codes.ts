import { MortiseError } from '@mortise/protocol/errors'

/** How the program ends; scripts rely on these numbers. 70 is EX_SOFTWARE of sysexits.h. */
export const exitCodes = {
  ok: 0,
  /** The lock, or the hub, said no. */
  refused: 1,
  /** The command or its input was wrong; repeating it will not help. */
  usage: 2,
  /** Hub or lock could not be reached; trying again may help. */
  unreachable: 3,
  /** Something that was shown is not what the lock signed. */
  unverified: 4,
  /** Our mistake. */
  bug: 70,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byCode: Readonly<Record<string, ExitCode>> = {
  refused: exitCodes.refused,
  failed: exitCodes.refused,
  signedOut: exitCodes.refused,
  notAllowedByHub: exitCodes.refused,
  noCredential: exitCodes.refused,
  policyConflict: exitCodes.refused,
  invitationUnknown: exitCodes.refused,
  invitationUsed: exitCodes.refused,
  invitationOver: exitCodes.refused,
  deviceUnknown: exitCodes.refused,
  readerBusy: exitCodes.refused,
  enrolmentOver: exitCodes.refused,
  enrolmentFailed: exitCodes.refused,
  setupRefused: exitCodes.refused,
  policyOutdated: exitCodes.unreachable,
  replyUnreadable: exitCodes.unverified,
  replyForged: exitCodes.unverified,
  replyMismatched: exitCodes.unverified,
  wrongLock: exitCodes.unverified,
  lockKeyChanged: exitCodes.unverified,
  policyForged: exitCodes.unverified,
  policyForked: exitCodes.unverified,
}

/** The exit code of what ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof MortiseError)) return exitCodes.bug
  const listed = byCode[error.code]
  if (listed !== undefined) return listed
  switch (error.blame) {
    case 'caller':
      return exitCodes.usage
    case 'world':
      return exitCodes.unreachable
    case 'bug':
      return exitCodes.bug
    default:
      return exitCodes.bug
  }
}
