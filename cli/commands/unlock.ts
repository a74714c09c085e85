import { operateCommand } from './operate.ts'

export const unlock = operateCommand('unlock', 'draw the bolt')
