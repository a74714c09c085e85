import * as z from 'zod/mini'
import { RestError, isRestErrorCode, restErrorBody } from '#protocol/rest/errors.ts'
import type { RestErrorBody } from '#protocol/rest/errors.ts'
import { restPrefix, routes } from '#protocol/rest/routes.ts'
import type { Route, RouteName, Routes } from '#protocol/rest/routes.ts'
import { liveEvent } from '#protocol/rest/schemas.ts'
import type { LiveEvent } from '#protocol/rest/schemas.ts'

/** What the client asks of `fetch`. The browser's and Node's fit. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchAnswer>

export interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  /** Sends the session cookie also from an app origin of its own. */
  readonly credentials: 'include'
  /** A redirect would carry the request to an address that nobody configured. */
  readonly redirect: 'error'
  readonly cache: 'no-store'
  readonly signal?: AbortSignal
}

export interface FetchAnswer {
  readonly status: number
  text(): Promise<string>
}

export interface RestClientOptions {
  /** For programs without cookies; asked anew for each call. */
  readonly bearerToken?: () => string | undefined
}

/** Routes that answer once; the stream has `eventsUrl` and `parseLiveEvent`. */
type CallName = Exclude<RouteName, 'followEvents'>
/** Members of one schema; an empty one adds none, instead of forbidding all. */
type MembersOf<Schema> =
  Schema extends z.ZodMiniObject<infer Shape>
    ? keyof Shape extends never
      ? unknown
      : z.output<Schema>
    : unknown
type BodyOf<R> = R extends { readonly body: infer Body } ? MembersOf<Body> : unknown
/** Parameters of the address, of the query and of the body in one object. */
export type RouteInput<Name extends RouteName> = MembersOf<Routes[Name]['params']> &
  MembersOf<Routes[Name]['query']> &
  BodyOf<Routes[Name]>
export type RouteAnswer<Name extends RouteName> = z.output<Routes[Name]['answer']>

type Call<Name extends CallName> =
  {} extends RouteInput<Name>
    ? (input?: RouteInput<Name>, signal?: AbortSignal) => Promise<RouteAnswer<Name>>
    : (input: RouteInput<Name>, signal?: AbortSignal) => Promise<RouteAnswer<Name>>

/** One method for each route that answers once. All throw `RestError` and nothing else. */
export type RestClient = { readonly [Name in CallName]: Call<Name> }

/**
 * Makes a client of the hub at `baseUrl` (an origin such as `https://hub.example`, without path).
 * Answers are checked against the schema of their route: what does not fit is `badAnswer`.
 */
export function createRestClient(
  fetchLike: FetchLike,
  baseUrl: string,
  options: RestClientOptions = {},
): RestClient {
  const call = async (
    route: Route,
    input: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown> => {
    const url = baseUrl + restPrefix + addressOf(route, input)
    const init = requestOf(route, input, options.bearerToken?.(), signal)
    const { status, text } = await send(fetchLike, url, init)
    if (status !== 200) throw refusalOf(status, text)
    return parseAnswer(route, text)
  }
  const methods = Object.entries(routes)
    .filter(([name]) => name !== 'followEvents')
    .map(([name, route]: readonly [string, Route]) => [
      name,
      (input: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) =>
        call(route, input, signal),
    ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built from the table that the type is built from; the compiler cannot follow through `entries`.
  return Object.fromEntries(methods) as RestClient
}

/** The address of the live stream, for `EventSource` with credentials. */
export function eventsUrl(baseUrl: string): string {
  return baseUrl + restPrefix + routes.followEvents.path
}

/** One `data:` line of the stream; undefined for an event that this version does not know. */
export function parseLiveEvent(data: string): LiveEvent | undefined {
  const json = parseJson(data)
  return json === undefined ? undefined : liveEvent.safeParse(json).data
}

function addressOf(route: Route, input: Readonly<Record<string, unknown>>): string {
  const params = encodePart(route.params, input)
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const query = Object.entries(encodePart(route.query, input))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** The members of the input that belong to one schema, as they travel. */
function encodePart(
  schema: z.ZodMiniObject,
  input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const own = Object.keys(schema.shape)
    .filter((name) => input[name] !== undefined)
    .map((name) => [name, input[name]] as const)
  const encoded = z.safeEncode(schema, Object.fromEntries(own))
  if (encoded.success) return encoded.data
  throw new RestError('malformedRequest', 400, { message: z.prettifyError(encoded.error) })
}

function requestOf(
  route: Route,
  input: Readonly<Record<string, unknown>>,
  bearerToken: string | undefined,
  signal: AbortSignal | undefined,
): FetchInit {
  const body = route.body === undefined ? undefined : JSON.stringify(encodePart(route.body, input))
  return {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken}` }),
    },
    ...(body === undefined ? {} : { body }),
    credentials: 'include',
    redirect: 'error',
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
  }
}

async function send(
  fetchLike: FetchLike,
  url: string,
  init: FetchInit,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const answer = await fetchLike(url, init)
    return { status: answer.status, text: await answer.text() }
  } catch (cause) {
    throw new RestError(
      'hubUnreachable',
      0,
      {
        message: 'no answer from the hub',
        nextStep: 'Check that you are online and that the hub is running, then try again.',
      },
      cause,
    )
  }
}

function refusalOf(status: number, text: string): RestError {
  const body: RestErrorBody | undefined = restErrorBody.safeParse(parseJson(text)).data
  if (body === undefined || !isRestErrorCode(body.code)) return badAnswer(status)
  return new RestError(body.code, status, body)
}

function parseAnswer(route: Route, text: string): unknown {
  const parsed = route.answer.safeParse(parseJson(text))
  if (!parsed.success) throw badAnswer(200)
  return parsed.data
}

/** A proxy's error page, or a hub of another version. */
function badAnswer(status: number): RestError {
  return new RestError('badAnswer', status, {
    message: `the answer with status ${status} is not one of this API`,
    nextStep: 'Check the address of the hub; app and hub may need the same version.',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
