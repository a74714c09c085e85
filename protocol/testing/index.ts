export { seededRandom, testSeed } from './seed.ts'
export {
  commands,
  credentials,
  entries,
  heads,
  linkFrames,
  policies,
  policyReports,
  replies,
  requests,
  states,
} from './arbitraries.ts'
export { sampleState } from './sample-state.ts'
