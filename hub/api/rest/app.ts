import { limits } from '@mortise/protocol/limits'
import { restPrefix, routes } from '@mortise/protocol/rest'
import type { Route, RouteName } from '@mortise/protocol/rest'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Hub } from '#hub/shell/hub.ts'
import { refusal } from '#hub/shell/refusal.ts'
import { hasApp, serveApp } from '#hub/api/rest/app-files.ts'
import type { AnswerName, Env, Handlers } from '#hub/api/rest/call.ts'
import { boundBody } from '#hub/api/rest/body.ts'
import { cors } from '#hub/api/rest/cors.ts'
import { admitCall, answerFailure, encodeAnswer } from '#hub/api/rest/dispatch.ts'
import type { Dispatch, RouteLimits } from '#hub/api/rest/dispatch.ts'
import { invitationHandlers } from '#hub/api/rest/handlers-invitations.ts'
import { lockHandlers } from '#hub/api/rest/handlers-locks.ts'
import { entryHandlers, publicHandlers, sessionHandlers } from '#hub/api/rest/handlers-people.ts'
import { securityHeaders } from '#hub/api/rest/headers.ts'
import { liveStream } from '#hub/api/rest/stream.ts'

export interface RestOptions {
  readonly trustedProxies: number
  /** Folder of the built app; served when it holds an `index.html`. */
  readonly appFolder?: string
}

/** Base64url spends four characters on three bytes; the rest is JSON around it. */
const relayBodyBytesMax = Math.ceil((limits.messageBytesMax * 4) / 3) + 4_096
/** Every other body is a few keys and signatures. */
const bodyBytesMax = 64 * 1024

const routeLimits: { readonly [Name in RouteName]?: RouteLimits } = {
  beginSetup: { address: 'addressBegin' },
  finishSetup: { address: 'addressProof' },
  setupDevice: { address: 'addressProof' },
  beginSignIn: { address: 'addressBegin' },
  finishSignIn: { address: 'addressProof' },
  signInDevice: { address: 'addressProof' },
  beginInvitation: { address: 'addressBegin' },
  enterInvitation: { address: 'addressProof' },
  relayInvited: { address: 'addressInvited' },
  relay: { account: 'accountRelay' },
}

/** The whole HTTP side of the hub. */
export function createRestApp(hub: Hub, options: RestOptions): Hono<Env> {
  const { origin, appOrigins } = hub.settings
  const allowed = { own: origin, apps: appOrigins }
  const dispatch = { hub, allowed, trustedProxies: options.trustedProxies }
  const app = new Hono<Env>({ strict: true })

  app.onError((error, context) => answerFailure(hub, context, error))
  app.notFound((context) => answerFailure(hub, context, refusal('notFound')))
  app.use('*', securityHeaders(origin))
  app.use('/api/*', cors(allowed))
  app.use('/api/*', logRequests(hub))
  addRoutes(app, dispatch)
  if (hasApp(options.appFolder)) serveApp(app, options.appFolder, hub.settings)
  return app
}

function addRoutes(app: Hono<Env>, dispatch: Dispatch): void {
  const { hub } = dispatch
  const handlers: Handlers = {
    ...publicHandlers(hub),
    ...entryHandlers(hub),
    ...sessionHandlers(hub),
    ...invitationHandlers(hub),
    ...lockHandlers(hub),
  }
  const methods = new Map<string, string[]>()
  for (const [name, route] of Object.entries(routes)) {
    const path = restPrefix + route.path
    methods.set(path, [...(methods.get(path) ?? []), route.method])
    const maxSize = name === 'relay' ? relayBodyBytesMax : bodyBytesMax
    app.on(route.method, path, boundBody(maxSize), (context) =>
      serveRoute(dispatch, handlers, name, route, context),
    )
  }
  for (const [path, allow] of methods) {
    app.all(path, (context) => {
      context.header('allow', allow.join(', '))
      throw refusal('methodNotAllowed')
    })
  }
}

async function serveRoute(
  dispatch: Dispatch,
  handlers: Handlers,
  name: string,
  route: Route,
  context: Context<Env>,
): Promise<Response> {
  const limited = isRouteName(name) ? (routeLimits[name] ?? {}) : {}
  const { input, call } = await admitCall(dispatch, route, limited, context)
  if (route.stream === true) {
    context.header('content-type', 'text/event-stream')
    // A buffering proxy would turn live into late.
    context.header('x-accel-buffering', 'no')
    return context.body(liveStream(dispatch.hub, call.who()))
  }
  const handler = isAnswerName(name) ? handlers[name] : undefined
  if (handler === undefined) throw refusal('notFound')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the input was parsed by the schemas of this very route, which the compiler cannot follow through the table.
  const answer = await handler(input as never, call)
  return context.json(encodeAnswer(route, answer))
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name)
}

function isAnswerName(name: string): name is AnswerName {
  return isRouteName(name) && name !== 'followEvents'
}

/** Paths by their pattern, so that no id and no query gets into the log. */
function logRequests(hub: Hub) {
  return async (context: Context<Env>, next: () => Promise<void>): Promise<void> => {
    const startedAtMs = hub.clock.nowMs()
    await next()
    const { status } = context.res
    hub.log.write(status >= 400 ? 'info' : 'debug', 'request', {
      method: context.req.method,
      route: context.req.path.replaceAll(/[0-9a-f]{32,}/g, ':id'),
      status,
      durationMs: hub.clock.nowMs() - startedAtMs,
    })
  }
}
