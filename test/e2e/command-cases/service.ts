import type { CommandCase } from '../command-case.ts'

const at = (dir: string): string[] => ['namesrv', '--user', '--unit-dir', dir]

export const cases: readonly CommandCase[] = [
  { id: 'service print', args: () => ['broker'], local: true, wrong: () => ['proxy'] },
  {
    id: 'service install',
    args: seed => at(`${seed.dir}/units`),
    after: seed => [['service', 'uninstall', ...at(`${seed.dir}/units`), '--yes']],
    local: true,
    changes: true,
    wrong: () => ['proxy']
  },
  {
    id: 'service uninstall',
    args: seed => [...at(`${seed.dir}/units`), '--yes'],
    before: seed => [['service', 'install', ...at(`${seed.dir}/units`)]],
    local: true,
    changes: true,
    wrong: () => ['proxy']
  }
]
