import { operateCommand } from './operate.ts'

export const lock = operateCommand('lock', 'throw the bolt')
