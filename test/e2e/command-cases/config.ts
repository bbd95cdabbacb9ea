import type { CommandCase } from '../command-case.ts'

export const cases: readonly CommandCase[] = [
  { id: 'config print', args: () => [], local: true },
  { id: 'config schema', args: () => [], local: true, noJson: 'it is JSON' },
  { id: 'config validate', args: () => ['templates/broker.conf'], local: true, wrong: () => ['notes.txt'] },
  { id: 'config init', args: seed => ['broker.conf', '--dir', seed.dir], local: true, wrong: () => ['nothing.conf'] },
  { id: 'errors', args: () => ['17'], local: true },
  { id: 'version', args: () => [], local: true },
  { id: 'completion', args: () => ['bash'], local: true, noJson: 'a script', wrong: () => ['csh'] },
  {
    id: 'api',
    args: () => ['GET', '/topics'],
    httpOnly: 'it is the HTTP API that is called',
    noJson: 'it prints what the API answers',
    wrong: () => ['FETCH', '/topics']
  }
]
