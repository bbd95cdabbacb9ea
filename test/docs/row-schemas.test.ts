/** src/admin/row-schemas.ts is what scripts/row-schemas.ts makes of the interfaces of src/admin. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { rowSchemasText } from '../../scripts/row-schemas.ts'
import type { GroupLag } from '../../src/admin/group-rows.ts'
import type { RowName } from '../../src/admin/row-schemas.ts'
import { faultsOf } from '../support/row-schema.ts'

describe('src/admin/row-schemas.ts', () => {
  it('is current: run `npm run docs:schemas`', () => {
    expect(readFileSync('src/admin/row-schemas.ts', 'utf8')).to.equal(rowSchemasText())
  })

  it('tells what fits a row from what does not', () => {
    const lag: GroupLag = { group: 'g', lag: 1, consumeTps: 0, queues: [], warnings: [] }
    const row: RowName = 'GroupLag'
    expect(faultsOf(row, lag)).to.equal(undefined)
    expect(faultsOf(row, { ...lag, lag: '1' })).to.include('/lag must be number')
    expect(faultsOf(row, { ...lag, more: 1 })).to.include('must NOT have additional properties')
    const queue = { topic: 't', brokerName: 'b', queueId: 0, brokerOffset: 1, consumerOffset: 0 }
    expect(faultsOf(row, { ...lag, queues: [queue] })).to.include("must have required property 'lag'")
  })
})
