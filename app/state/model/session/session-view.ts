import type { Trouble } from '#app/state/model/trouble.ts'

export interface SignInView {
  readonly working: boolean
  readonly trouble: Trouble | null
  readonly hubHost: string
}
