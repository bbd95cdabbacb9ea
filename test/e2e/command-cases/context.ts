import type { CommandCase } from '../command-case.ts'
import type { Seed } from '../seeded-cluster.ts'

const add = (seed: Seed, name: string): readonly string[] => [
  'context',
  'add',
  name,
  '-n',
  seed.namesrv,
  ...(seed.http === undefined ? [] : ['--api', seed.http])
]
const gone = (name: string): readonly string[] => ['context', 'delete', name, '--yes']
/** Made before and removed after. */
const within = (...names: string[]): Pick<CommandCase, 'before' | 'after'> => ({
  before: seed => names.map(name => add(seed, name)),
  after: () => names.map(gone)
})

export const cases: readonly CommandCase[] = [
  {
    id: 'context add',
    args: () => ['walked', '-n', '127.0.0.1:9876'],
    after: () => [gone('walked')],
    local: true,
    wrong: () => ['walked', '-n', 'nowhere']
  },
  { id: 'context list', args: () => [], ...within('one', 'two'), local: true },
  { id: 'context show', args: () => ['one'], ...within('one'), local: true },
  { id: 'context use', args: () => ['two'], ...within('one', 'two'), local: true },
  {
    id: 'context previous',
    args: () => [],
    before: seed => [add(seed, 'one'), add(seed, 'two'), ['context', 'use', 'two']],
    after: () => [gone('one'), gone('two')],
    local: true
  },
  { id: 'context edit', args: () => ['one', '--timeout', '3s'], ...within('one'), local: true },
  { id: 'context delete', args: () => ['one', '--yes'], before: seed => [add(seed, 'one')], local: true },
  {
    id: 'context rename',
    args: () => ['one', 'other'],
    before: seed => [add(seed, 'one')],
    after: () => [gone('other')],
    local: true
  },
  { id: 'context test', args: () => ['one'], ...within('one'), volatile: ['ms'], local: true },
  { id: 'context prompt', args: () => [], local: true, noJson: 'one word for a prompt' }
]
