import type { TestContext } from 'node:test'

/** Does one step of a story; its name is a sentence about what a person does or sees. */
export type Step = (name: string, act: () => Promise<void>) => Promise<void>

/**
 * Makes a test read as a story: each step is a subtest, and after the first that fails the rest is
 * skipped, because it would only fail for the same reason.
 */
export function tellStory(t: TestContext, onFailure: (step: string) => Promise<void>): Step {
  let failed = false
  return async (name, act) => {
    await t.test(name, { skip: failed ? 'an earlier step failed' : false }, async () => {
      try {
        await act()
      } catch (error) {
        failed = true
        await onFailure(name)
        throw error
      }
    })
  }
}
