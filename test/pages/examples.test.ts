/** The examples of every page that is not run by `npm test`: a minute of processes, which once a change is enough. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runsExamplesOf } from '../docs/examples.ts'

/** In `npm test`; the last two by tests that know their setting. */
const runElsewhere = new Set(['getting-started.md', 'client.md', 'http-api.md'])
const pages = readdirSync('docs')
  .filter(name => !runElsewhere.has(name))
  .map(name => join('docs', name))
  .filter(file => readFileSync(file, 'utf8').includes('<!-- run -->'))

describe('examples of all pages', () => runsExamplesOf(pages))
