/** Small, public facts. Never a key, a code, a challenge, a name of a person or a sealed message. */
export type LogFields = Readonly<Record<string, string | number | boolean>>

/** The operator's view of the process; the lock's journal is another thing. Never throws. */
export interface Log {
  readonly info: (event: string, fields?: LogFields) => void
  readonly warn: (event: string, fields?: LogFields) => void
  readonly error: (event: string, fields?: LogFields) => void
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
