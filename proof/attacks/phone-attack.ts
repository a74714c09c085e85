import type { Level } from './attack.ts'
import type { House, HouseOptions } from './house.ts'

/** One attack on what a person's phone believes. */
export interface PhoneAttack {
  readonly name: string
  readonly level: Level
  readonly properties: readonly string[]
  readonly rows: readonly number[]
  /** With this weakness the phone is deceived. */
  readonly weakness: HouseOptions
  /** Whether the phone told its owner something false. */
  readonly deceives: (house: House) => Promise<boolean>
}
