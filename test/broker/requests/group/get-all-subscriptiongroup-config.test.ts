import { expect } from 'chai'
import { groupConfigWrapperShape } from '../../../../src/protocol/bodies/group-config-wrapper.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getAllSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-all-subscriptiongroup-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_ALL_SUBSCRIPTIONGROUP_CONFIG', () => {
  const broker = sharedBroker()

  const page = async (header: { groupSeq?: number; maxGroupNum?: number; dataVersion?: string }) => {
    const answer = await broker().ask(getAllSubscriptiongroupConfig, header)
    const { subscriptionGroupTable, dataVersion } = readBody(groupConfigWrapperShape, answer.body)
    return { total: answer.fields.get('totalGroupNum'), names: [...subscriptionGroupTable.keys()], dataVersion }
  }

  it('answers the groups that every fresh broker has', async () => {
    const { total, names } = await page({})
    expect(total).to.equal('8')
    expect(names).to.have.members([
      'CID_ONS-HTTP-PROXY',
      'CID_ONSAPI_OWNER',
      'CID_ONSAPI_PERMISSION',
      'CID_ONSAPI_PULL',
      'CID_RMQ_SYS_TRANS',
      'FILTERSRV_CONSUMER',
      'SELF_TEST_C_GROUP',
      'TOOLS_CONSUMER'
    ])
  })

  it('answers page by page', async () => {
    const first = await page({ groupSeq: 0, maxGroupNum: 5, dataVersion: '' })
    const second = await page({ groupSeq: 5, maxGroupNum: 5, dataVersion: JSON.stringify(first.dataVersion) })
    expect([first.names.length, second.names.length]).to.deep.equal([5, 3])
  })
})
