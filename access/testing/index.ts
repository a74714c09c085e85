export * from './people.ts'
export * from './policies.ts'
export * from './seed.ts'
