export { listAllLocks } from './all-locks.ts'
export { createRestClient, eventsUrl, parseLiveEvent } from './client.ts'
export type {
  FetchAnswer,
  FetchInit,
  FetchLike,
  RestClient,
  RestClientOptions,
  RouteAnswer,
  RouteInput,
} from './client.ts'
export { RestError, isRestErrorCode, restErrorBody, restErrorStatus } from './errors.ts'
export type { ClientErrorCode, RestErrorBody, RestErrorCode } from './errors.ts'
export { idBytesOf, idTextOf } from './fields.ts'
export { openApiDocument } from './openapi.ts'
export { eventPageMax, lockPageMax, restPrefix, routes } from './routes.ts'
export type { Access, Route, RouteName, Routes } from './routes.ts'
export { appConfig, heartbeatSeconds } from './schemas.ts'
export type { AppConfig, LiveEvent } from './schemas.ts'
