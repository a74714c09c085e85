import { readFileSync } from 'node:fs'
import type { Program } from '#proof/processes/program.ts'

/** What a running program takes of the machine's memory, and the most that it ever took, in MiB. */
export interface ResidentMemory {
  readonly now: number
  readonly most: number
}

/** Linux only, see proc_pid_status(5). */
export function residentMemory({ pid }: Program): ResidentMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (field: string): number => {
    const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? []
    return Math.round(Number(kibibytes) / 1024)
  }
  return { now: mebibytes('VmRSS'), most: mebibytes('VmHWM') }
}
