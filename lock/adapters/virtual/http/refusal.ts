import { MortiseError } from '@mortise/protocol/errors'

interface Kind {
  readonly status: number
  readonly message: string
  readonly nextStep?: string
}

/** Every way in which the door's HTTP interface says no; the code is part of the interface. */
const KINDS = {
  foreignHost: {
    status: 421,
    message: 'The Host header is not a loopback name.',
    nextStep: 'Use http://127.0.0.1 or http://localhost.',
  },
  crossSite: { status: 403, message: 'Another site may not act at this door.' },
  notFound: { status: 404, message: 'There is nothing at this path.' },
  wrongMethod: { status: 405, message: 'This path has another method.' },
  notJson: {
    status: 415,
    message: 'The body is not declared as JSON.',
    nextStep: 'Send the header content-type: application/json.',
  },
  badJson: { status: 400, message: 'The body is not valid JSON.' },
  badBody: { status: 400, message: 'The body does not have the fields that this path takes.' },
  tooLarge: { status: 413, message: 'The body is too large.' },
  bolted: {
    status: 409,
    message: 'The bolt holds the door.',
    nextStep: 'Retract the bolt, or send {"open":true,"force":true} to break it open.',
  },
  boltInTheWay: {
    status: 409,
    message: 'The bolt sticks out and hits the frame.',
    nextStep: 'Retract the bolt first.',
  },
  noPower: {
    status: 409,
    message: 'The lock has no power.',
    nextStep: 'Plug it in or change the battery; thumbturn and key work without power.',
  },
  noSetupCode: { status: 404, message: 'No setup code is shown.' },
  tooManyStreams: { status: 503, message: 'Too many pages follow this door.' },
  internal: { status: 500, message: 'The virtual door made a mistake.' },
} as const satisfies Record<string, Kind>

export type RefusalCode = keyof typeof KINDS

/** An answer that is not the door, with its HTTP status. */
export class Refusal extends MortiseError<RefusalCode> {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(code: RefusalCode, detail?: string) {
    const kind: Kind = KINDS[code]
    const message = detail === undefined ? kind.message : `${kind.message} ${detail}`
    super(
      code === 'internal' ? 'bug' : 'caller',
      code,
      message,
      kind.nextStep === undefined ? {} : { nextStep: kind.nextStep },
    )
    this.status = kind.status
  }

  /** What the caller sees. */
  toJSON(): object {
    const { code, message, nextStep } = this
    return { error: nextStep === undefined ? { code, message } : { code, message, nextStep } }
  }
}
