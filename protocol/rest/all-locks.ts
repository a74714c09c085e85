import type { RestClient, RouteAnswer } from './client.ts'
import { lockPageMax } from './routes.ts'

/**
 * All locks of an account, page by page.
 * @param known the first of them by id, when they are there already: a session comes with one page
 */
export async function listAllLocks(
  client: Pick<RestClient, 'listLocks'>,
  known: readonly RouteAnswer<'getLock'>[] = [],
): Promise<readonly RouteAnswer<'getLock'>[]> {
  const all = [...known]
  if (known.length > 0 && known.length < lockPageMax) return all
  let after = known.at(-1)?.lockId
  do {
    const from = after === undefined ? {} : { after }
    const page = await client.listLocks({ limit: lockPageMax, ...from })
    all.push(...page.locks)
    // Pages go up by id: a hub that goes back, or round in circles, must not keep us for ever.
    after = page.next !== undefined && page.next > (after ?? '') ? page.next : undefined
  } while (after !== undefined)
  return all
}
