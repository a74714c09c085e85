import { MortiseError } from '@mortise/protocol/errors'
import { exitCodeOf, exitCodes } from '#cli/exit-codes.ts'
import type { Json, Line } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'

export type CheckStatus = 'ok' | 'warn' | 'fail'

/** One thing that was looked at. */
export interface Check {
  /** Stable, for scripts. */
  readonly name: string
  /** The door that it is about. */
  readonly door?: string
  readonly status: CheckStatus
  readonly detail: string
  readonly nextStep?: string
  /** What the program ends with because of it; 0 unless it failed. */
  readonly exitCode: number
}

export interface Finding {
  readonly status?: CheckStatus
  readonly detail: string
  readonly nextStep?: string
  readonly exitCode?: number
}

/** A check and what it found out for the next ones; `value` is absent when it failed. */
export interface Looked<Value> {
  readonly check: Check
  readonly value?: Value
}

/** Looks at one thing; errors are findings, except our own mistakes. */
export async function look<Value>(
  subject: { readonly name: string; readonly door?: string },
  examine: () => Promise<{ readonly finding: Finding; readonly value: Value }>,
): Promise<Looked<Value>> {
  try {
    const { finding, value } = await examine()
    const { status = 'ok', exitCode = exitCodes.ok, ...rest } = finding
    return { check: { ...subject, ...rest, status, exitCode }, value }
  } catch (error) {
    if (!(error instanceof MortiseError) || error.blame === 'bug') throw error
    const { message, nextStep } = error
    const failed = {
      ...subject,
      status: 'fail',
      detail: message,
      exitCode: exitCodeOf(error),
    } as const
    return { check: nextStep === undefined ? failed : { ...failed, nextStep } }
  }
}

export function checkJson({ name, door, status, detail, nextStep }: Check): Json {
  return present({ name, door, status, detail, nextStep })
}

const marks: Readonly<Record<CheckStatus, readonly [string, Line['tone']]>> = {
  ok: ['ok  ', 'good'],
  warn: ['warn', 'warn'],
  fail: ['FAIL', 'bad'],
}

export function checkLines({ name, door, status, detail, nextStep }: Check): readonly Line[] {
  const [mark, tone] = marks[status]
  const subject = door === undefined ? name : `${name} (${door})`
  const first = line(`${mark}  ${subject}: ${detail}`, tone)
  return nextStep === undefined ? [first] : [first, line(`      ${nextStep}`)]
}
