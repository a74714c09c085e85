import type { Clock } from '#hub/ports/clock.ts'
import type { Log, LogLevel, LogValue } from '#hub/ports/log.ts'

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** Fields with such names are blanked, whatever they hold. */
const secretNames =
  /secret|token|cookie|password|passphrase|authorization|nonce|seal|signature|mac$|pin$|link/i
/**
 * Tokens, keys, seals and signatures are at least 128 bits, 22 characters in base64url. Lock ids
 * are longer but public; callers log their first eight digits.
 */
const secretLooks = /[A-Za-z0-9_-]{22,}/g
const blank = '[redacted]'

/**
 * Writes one JSON object a line: time, level, event, fields.
 * @param writeLine takes one line with its line feed.
 */
export function createJsonLog(
  clock: Pick<Clock, 'nowMs'>,
  writeLine: (line: string) => void,
  leastLevel: LogLevel = 'info',
): Log {
  return {
    write: (level, event, fields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(leastLevel)) return
      const time = new Date(clock.nowMs()).toISOString()
      writeLine(`${JSON.stringify({ time, level, event, ...redact(fields) })}\n`)
    },
  }
}

function redact(fields: Readonly<Record<string, LogValue>>): Record<string, LogValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (secretNames.test(name)) return [name, blank]
      return [name, typeof value === 'string' ? value.replaceAll(secretLooks, blank) : value]
    }),
  )
}
