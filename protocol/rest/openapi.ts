import * as z from 'zod/mini'
import { restErrorBody, restErrorStatus } from '#protocol/rest/errors.ts'
import type { RestErrorCode } from '#protocol/rest/errors.ts'
import { commonErrors, routeDescriptions } from '#protocol/rest/descriptions.ts'
import { restPrefix, routes } from '#protocol/rest/routes.ts'
import type { Route, RouteName } from '#protocol/rest/routes.ts'

const routeNames = Object.keys(routes).filter((name): name is RouteName => name in routes)

type Json = { readonly [name: string]: unknown }

/**
 * The OpenAPI 3.1.1 document of the whole table. Its schema dialect is JSON Schema 2020-12, so
 * zod's own translation is used as it is. Deterministic: the same table gives the same text.
 */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const name of routeNames) {
    const route: Route = routes[name]
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Mortise hub',
      version,
      description:
        'The hub relays and shows; it is never authority. Bytes are base64url without padding, ids are lower-case hexadecimal, instants are milliseconds since 1970.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: restPrefix }],
    paths,
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Error: schemaOf(restErrorBody, 'output') },
    },
  }
}

function operationOf(name: RouteName, route: Route): Json {
  const { summary, errors } = routeDescriptions[name]
  return {
    operationId: name,
    summary,
    security: route.access === 'anyone' ? [] : [{ cookie: [] }, { bearer: [] }],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: { '200': answerOf(route), ...refusalsOf(errors) },
  }
}

function parametersOf(schema: z.ZodMiniObject, place: 'path' | 'query'): readonly Json[] {
  const { properties, required } = schemaOf(schema, 'input')
  const requiredNames = new Set(Array.isArray(required) ? required : [])
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: requiredNames.has(name),
    schema: property,
  }))
}

function answerOf(route: Route): Json {
  const mediaType = route.stream === true ? 'text/event-stream' : 'application/json'
  return {
    description: route.stream === true ? 'Each data line is one of these.' : 'Done.',
    content: { [mediaType]: { schema: schemaOf(route.answer, 'input') } },
  }
}

/** One response for each status, which lists the codes that it stands for. */
function refusalsOf(errors: readonly RestErrorCode[]): Record<string, Json> {
  const codes: readonly RestErrorCode[] = [...commonErrors, ...errors]
  const statuses = [...new Set(codes.map((code) => restErrorStatus[code]))].toSorted(
    (left, right) => left - right,
  )
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes.filter((code) => restErrorStatus[code] === status).join(', '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  )
}

interface JsonSchema {
  readonly [name: string]: unknown
  readonly properties?: object
  readonly required?: unknown
}

/** What travels is the input side of a codec, for requests and answers alike. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
  return rest
}
