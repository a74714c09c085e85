/** What a log line may hold. Bytes are not among it: keys, seals and signatures stay out. */
export type LogValue = string | number | boolean | undefined

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/**
 * A structured log: one event, a few fields. Fields never hold secrets; an adapter also blanks
 * fields whose names say secret, token, cookie, nonce, seal or the like.
 */
export interface Log {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, LogValue>>): void
}
