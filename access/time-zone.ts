/**
 * A named zone of the time-zone data. A bare offset would be wrong for half of each year. By Intl,
 * because people sign in browsers that have no Temporal; both read the same data.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format(0)
    return true
  } catch {
    return false
  }
}
