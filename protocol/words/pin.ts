import { limits } from '#protocol/limits.ts'

/** Why a code should not guard a door. */
export type PinWeakness = 'notDigits' | 'tooShort' | 'tooLong' | 'guessable'

/**
 * Judges a keypad code: phones warn with it while typing, and the lock refuses with it. NIST SP
 * 800-63B-4 section 3.2.10 asks for six digits and a blocklist.
 * @returns undefined when the code is fit for use.
 */
export function pinWeakness(pin: string): PinWeakness | undefined {
  if (!/^[0-9]+$/.test(pin)) return 'notDigits'
  if (pin.length < limits.pinDigitsMin) return 'tooShort'
  if (pin.length > limits.pinDigitsMax) return 'tooLong'
  return isGuessable(pin) ? 'guessable' : undefined
}

function isGuessable(pin: string): boolean {
  return (
    new Set(pin).size < 3 ||
    repeatsAPiece(pin) ||
    climbsEvenly(pin) ||
    isMirrored(pin) ||
    wellLikedPins.has(pin) ||
    looksLikeADate(pin)
  )
}

/** 123123, 12121212, 454545. */
function repeatsAPiece(pin: string): boolean {
  for (let length = 1; length <= pin.length / 2; length += 1) {
    if (pin.length % length === 0 && pin.slice(0, length).repeat(pin.length / length) === pin) {
      return true
    }
  }
  return false
}

/** 123456, 987654, 890123, 024680: one step, modulo ten, all the way. */
function climbsEvenly(pin: string): boolean {
  const steps = new Set<number>()
  for (let index = 1; index < pin.length; index += 1) {
    steps.add((Number(pin[index]) - Number(pin[index - 1]) + 10) % 10)
  }
  return steps.size === 1
}

/** 123321, 1234321. */
function isMirrored(pin: string): boolean {
  return pin.split('').toReversed().join('') === pin
}

/** Rows, columns and corners of the touchpad, and the codes that leaks show again and again. */
const wellLikedPins: ReadonlySet<string> = new Set([
  '147258',
  '147852',
  '159357',
  '159753',
  '258456',
  '123654',
  '321654',
  '456123',
  '789456',
  '741852',
  '963852',
  '142536',
  '112358',
  '314159',
  '271828',
  '101112',
  '112233',
  '445566',
  '778899',
  '100200',
  '420420',
  '696969',
  '123789',
  '147369',
  '246810',
  '135790',
  '1478963',
  '1236987',
  '7418529',
  '12345679',
  '14725836',
  '31415926',
  '27182818',
])

/** A birthday is the first thing that a person who knows the household tries. */
function looksLikeADate(pin: string): boolean {
  if (pin.length === 6) return readings6(pin).some(isDayAndMonth)
  if (pin.length === 8) return readings8(pin).some(isDayAndMonth)
  return false
}

type DayAndMonth = readonly [day: number, month: number]

function readings6(pin: string): readonly DayAndMonth[] {
  const [first, second, third] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number)
  if (first === undefined || second === undefined || third === undefined) return []
  return [
    [first, second],
    [second, first],
    [third, second],
  ]
}

function readings8(pin: string): readonly DayAndMonth[] {
  const startsWithYear = /^(19|20)/.test(pin)
  const endsWithYear = /^(19|20)/.test(pin.slice(4))
  const readings: DayAndMonth[] = []
  if (endsWithYear) {
    readings.push([Number(pin.slice(0, 2)), Number(pin.slice(2, 4))])
    readings.push([Number(pin.slice(2, 4)), Number(pin.slice(0, 2))])
  }
  if (startsWithYear) readings.push([Number(pin.slice(6)), Number(pin.slice(4, 6))])
  return readings
}

function isDayAndMonth([day, month]: DayAndMonth): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}
