import { formHandlers } from '#app/state/update/form-handlers.ts'
import { firstHandlers, updateBy } from '#app/state/update/update.ts'

/** As the app is once every page was opened. */
export const update = updateBy({ ...firstHandlers, ...formHandlers })
