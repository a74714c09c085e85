import assert from 'node:assert/strict'
import test from 'node:test'
import * as z from 'zod/mini'
import { openApiDocument } from '#protocol/rest/openapi.ts'
import { restErrorStatus } from '#protocol/rest/errors.ts'
import { routeDescriptions } from '#protocol/rest/descriptions.ts'
import { routes } from '#protocol/rest/routes.ts'
import type { Route, RouteName } from '#protocol/rest/routes.ts'

const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })),
  responses: z.record(z.string(), z.unknown()),
})
const document = z
  .object({
    openapi: z.literal('3.1.1'),
    paths: z.record(z.string(), z.record(z.string(), operation)),
  })
  .parse(openApiDocument('1.2.3'))

const names = Object.keys(routes).filter((name): name is RouteName => name in routes)

for (const name of names) {
  test(`describes ${name} under its path and method`, () => {
    const { method, path, access }: Route = routes[name]
    const { errors } = routeDescriptions[name]
    const found = document.paths[path.replaceAll(/:([A-Za-z]+)/g, '{$1}')]?.[method.toLowerCase()]
    assert.equal(found?.operationId, name)
    assert.equal(found.security.length > 0, access === 'signedIn')
    for (const code of errors) assert.ok(String(restErrorStatus[code]) in found.responses)
    const inPath = found.parameters.filter((parameter) => parameter.in === 'path')
    assert.deepEqual(
      inPath.map((parameter) => parameter.name),
      [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]),
    )
    assert.ok(inPath.every((parameter) => parameter.required))
  })
}

test('is the same text each time and survives JSON', () => {
  const text = JSON.stringify(openApiDocument('1.2.3'))
  assert.equal(JSON.stringify(openApiDocument('1.2.3')), text)
  assert.ok(!text.includes('$schema'))
})

test('no two routes share method and path, and no path is unreachable behind another', () => {
  const keys = Object.values(routes).map(({ method, path }) => `${method} ${path}`)
  assert.equal(new Set(keys).size, keys.length)
})
