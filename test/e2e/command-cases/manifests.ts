import type { CommandCase } from '../command-case.ts'

const manifest = (name: string): string => `kind: Topic\nmetadata: {name: ${name}}\nspec: {queues: 2}\n`

export const cases: readonly CommandCase[] = [
  { id: 'export', args: () => [], wrong: () => ['--kinds', 'users'] },
  { id: 'diff', args: () => ['-f', '-'], input: manifest('walk-declared'), wrong: () => ['-f', '/no/such/file'] },
  {
    id: 'apply',
    args: () => ['-f', '-', '--yes'],
    input: manifest('walk-applied'),
    after: () => [['topic', 'delete', 'walk-applied', '--yes']],
    changes: true,
    wrong: () => ['-f', '/no/such/file']
  }
]
