import type { Log } from '#lock/ports/log.ts'

/**
 * One JSON object per line: time, level, event, then the fields.
 * @param write takes a whole line and must not throw
 */
export function createJsonLog(write: (line: string) => void): Log {
  const at =
    (level: string): Log['info'] =>
    (event, fields = {}) => {
      const time = new Date().toISOString()
      write(`${JSON.stringify({ time, level, event, ...fields })}\n`)
    }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
