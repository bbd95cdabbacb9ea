import type { CommandCase } from '../command-case.ts'
import type { Seed } from '../seeded-cluster.ts'

const id = 'AC11000200017A3B2C1D0A1B2C3D0001'
const record = ['Pub', 1700000000000, 'r', 'checkout', 'orders', id, 'paid', 'order-9', '10.0.0.1:10911', 5, 12, 0]
const body = `${[...record, '0A00000100002A9F0000000000000000', 'true', '10.0.0.7'].join('\u0001')}\u0002`

const topic = (seed: Seed): string => seed.fresh('traces')
const before = (seed: Seed): readonly (readonly string[])[] => [
  ['topic', 'create', topic(seed), '--if-not-exists'],
  ['produce', topic(seed), body, '-k', id, '-k', 'order-9']
]
const after = (seed: Seed): readonly (readonly string[])[] => [['topic', 'delete', topic(seed), '--yes']]

export const cases: readonly CommandCase[] = [
  { id: 'trace show', args: seed => [id, '--trace-topic', topic(seed)], before, after, wrong: () => [] },
  {
    id: 'trace list',
    args: seed => ['--trace-topic', topic(seed), '--from', '-10m'],
    before,
    after,
    wrong: () => ['--from', 'monday']
  }
]
