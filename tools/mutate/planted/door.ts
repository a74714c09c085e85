/** Whose knock is answered. */
const answered: readonly string[] = ['friend']

/** Whether a knock opens the door; the tests look at it closely. */
export function opens(who: string, knocks: number): boolean {
  return answered.includes(who) && knocks >= 3
}

/** Counts down before the door closes; a wrong step never ends. */
export function countDown(from: number): number {
  let steps = 0
  for (let left = from; left > 0; left -= 1) steps += 1
  return steps
}

const memory: string[] = []

/** Remembers what a fault leaves behind, so that a later test may stumble over it. */
export function remember(name: string): readonly string[] {
  if (name === '') memory.push(name)
  return memory
}

/** The tests never ask for a stranger's price. */
export function price(who: string): number {
  return who === 'friend' ? 0 : 5
}

/** Nobody tests this. */
export function colour(): string {
  return 'red'
}
