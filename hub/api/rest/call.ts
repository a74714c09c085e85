import type { RouteAnswer, RouteInput, RouteName } from '@mortise/protocol/rest'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Who } from '#hub/shell/sessions.ts'

/** What hono knows about a request when it runs on Node. */
export interface Env {
  Bindings: HttpBindings
}

/** One call of a route that passed all checks. */
export interface Call {
  readonly context: Context<Env>
  /** @throws RestError `notSignedIn`; never on routes that ask for a session. */
  readonly who: () => Who
}

/** Routes that answer once. */
export type AnswerName = Exclude<RouteName, 'followEvents'>

export type Handler<Name extends RouteName> = (
  input: RouteInput<Name>,
  call: Call,
) => Promise<RouteAnswer<Name>> | RouteAnswer<Name>

export type Handlers<Name extends AnswerName = AnswerName> = {
  readonly [N in Name]: Handler<N>
}
