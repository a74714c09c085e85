import { MortiseError, assertInvariant } from '@mortise/protocol/errors'
import { RestError } from '@mortise/protocol/rest'
import type { RestErrorBody, Route } from '@mortise/protocol/rest'
import type { RateName } from '@mortise/hub-core'
import type { Context } from 'hono'
import * as z from 'zod'
import { addressOf } from '#hub/api/address.ts'
import type { Hub } from '#hub/shell/hub.ts'
import { refusal } from '#hub/shell/refusal.ts'
import type { Who } from '#hub/shell/sessions.ts'
import type { Call, Env } from '#hub/api/rest/call.ts'
import { readSessionCookie } from '#hub/api/rest/cookies.ts'
import { mayAct } from '#hub/api/rest/guard.ts'
import type { AllowedOrigins } from '#hub/api/rest/guard.ts'

export interface Dispatch {
  readonly hub: Hub
  readonly allowed: AllowedOrigins
  readonly trustedProxies: number
}

/** What a route wants limited besides the address. */
export interface RouteLimits {
  readonly address?: RateName
  readonly account?: RateName
}

/** Checks in the order of their cost, then hands over the input. Throws RestError. */
export async function admitCall(
  { hub, allowed, trustedProxies }: Dispatch,
  route: Route,
  limits: RouteLimits,
  context: Context<Env>,
): Promise<{ readonly input: Readonly<Record<string, unknown>>; readonly call: Call }> {
  const address = addressOf(context.env.incoming, trustedProxies)
  hub.limiter.take('address', address)
  if (route.method !== 'GET') checkOrigin(context, allowed)
  if (limits.address !== undefined) hub.limiter.take(limits.address, address)
  const who = route.access === 'signedIn' ? await findWho(hub, context) : undefined
  if (who !== undefined) {
    hub.limiter.take('account', who.account.id)
    if (limits.account !== undefined) hub.limiter.take(limits.account, who.account.id)
  } else if (route.access === 'signedIn') throw refusal('notSignedIn')
  const input = {
    ...parsePart(route.params, context.req.param()),
    ...parsePart(route.query, context.req.query()),
    ...(route.body === undefined ? {} : parsePart(route.body, await readJson(context))),
  }
  return { input, call: { context, who: () => who ?? failSignedOut() } }
}

function failSignedOut(): never {
  throw refusal('notSignedIn')
}

function checkOrigin(context: Context<Env>, allowed: AllowedOrigins): void {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  const hasSessionCookie = readSessionCookie(context) !== undefined
  if (!mayAct({ origin, site, hasSessionCookie }, allowed)) throw refusal('foreignOrigin')
}

/** A bearer token is a program's, a cookie a browser's: neither serves as the other. */
async function findWho(hub: Hub, context: Context<Env>): Promise<Who | undefined> {
  const authorization = context.req.header('authorization')
  if (authorization === undefined) {
    const token = readSessionCookie(context)
    return token === undefined ? undefined : ofKind('browser', await hub.sessions.find(token))
  }
  const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization)?.[1]
  return token === undefined ? undefined : ofKind('device', await hub.sessions.find(token))
}

function ofKind(kind: Who['session']['kind'], who: Who | undefined): Who | undefined {
  return who?.session.kind === kind ? who : undefined
}

function parsePart(schema: Route['params'], value: unknown): Record<string, unknown> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw refusal('malformedRequest')
}

/** Only `application/json`: what a foreign page can send without asking first is never that. */
async function readJson(context: Context<Env>): Promise<unknown> {
  const [mediaType] = (context.req.header('content-type') ?? '').split(';')
  if (mediaType?.trim().toLowerCase() !== 'application/json') throw refusal('bodyNotJson')
  const text = await context.req.text()
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('malformedRequest')
  }
}

/** The answer as it travels. That it fits its schema is our duty, so anything else is a bug. */
export function encodeAnswer(route: Route, answer: unknown): unknown {
  const encoded = z.safeEncode(route.answer, answer)
  assertInvariant(encoded.success, 'an answer fits the schema of its route')
  return encoded.data
}

/** Every failure as `{ code, message, nextStep }`; ours without a word about the inside. */
export function answerFailure(hub: Hub, context: Context<Env>, error: unknown): Response {
  const known = error instanceof RestError ? error : refusal('internal')
  if (known !== error) logBug(hub, error)
  const { code, message, nextStep, retryAfterSeconds, status } = known
  const body: RestErrorBody = {
    code,
    message,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
  if (retryAfterSeconds !== undefined) context.header('retry-after', String(retryAfterSeconds))
  context.status(statusOf(status))
  return context.body(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
}

const statuses = [400, 401, 403, 404, 405, 413, 415, 422, 429, 503, 504] as const

function statusOf(status: number): (typeof statuses)[number] | 500 {
  return statuses.find((candidate) => candidate === status) ?? 500
}

function logBug(hub: Hub, error: unknown): void {
  const cause = error instanceof Error ? error.cause : undefined
  hub.log.write('error', 'requestFailed', {
    code: error instanceof MortiseError ? error.code : undefined,
    message: error instanceof Error ? error.message : String(error),
    cause: cause instanceof Error ? cause.message : undefined,
    stack: error instanceof Error ? error.stack : undefined,
  })
}
