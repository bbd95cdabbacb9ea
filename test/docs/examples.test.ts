import { runsExamplesOf } from './examples.ts'

/** The pages that newcomers open first; test/pages has those of all others. */
describe('examples', () => runsExamplesOf(['README.md', 'docs/getting-started.md']))
