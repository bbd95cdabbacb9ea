/** What a broker registers, plain and deflated. */
import { deflateSync, inflateSync } from 'node:zlib'
import { expect } from 'chai'
import { MqError } from '../../../src/kit/errors.ts'
import {
  type RegisterBrokerBody,
  readRegisterBrokerBody,
  writeCompressedRegisterBrokerBody,
  writeRegisterBrokerBody
} from '../../../src/protocol/bodies/register-broker-body.ts'
import type { TopicConfig } from '../../../src/protocol/bodies/topic-config.ts'
import { plainTopics } from '../../../src/protocol/bodies/topic-config-wrapper.ts'
import { versions } from '../../../src/protocol/versions.ts'

const topic = (topicName: string, attributes: Record<string, string> = {}): TopicConfig => ({
  topicName,
  readQueueNums: 8,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: 'SINGLE_TAG',
  topicSysFlag: 0,
  order: false,
  attributes
})

const body: RegisterBrokerBody = {
  topicConfigSerializeWrapper: {
    ...plainTopics(
      new Map([
        ['T', topic('T')],
        ['F', topic('F', { 'message.type': 'FIFO' })]
      ]),
      { stateVersion: 0, timestamp: 1_795_342_672_429, counter: 3 }
    ),
    topicQueueMappingInfoMap: new Map([
      [
        'S',
        {
          topic: 'S',
          scope: '__global__',
          totalQueues: 2,
          bname: 'b',
          epoch: 1,
          dirty: false,
          currIdMap: new Map([[0, 1]])
        }
      ]
    ])
  },
  filterServerList: ['f']
}

const sized = (text: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(Buffer.byteLength(text))
  return Buffer.concat([length, Buffer.from(text)])
}
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const rejection = async (bytes: Buffer, compressed = true): Promise<MqError> => {
  try {
    await readRegisterBrokerBody(bytes, compressed, versions.V5_5_0)
  } catch (error) {
    if (error instanceof MqError) return error
    throw error
  }
  throw new Error('was read')
}

describe('registrations', () => {
  it('come back as they went', async () => {
    expect(await readRegisterBrokerBody(writeRegisterBrokerBody(body), false, versions.V5_5_0)).to.deep.equal(body)
    const deflated = await writeCompressedRegisterBrokerBody(body)
    const back = await readRegisterBrokerBody(deflated, true, versions.V5_5_0)
    expect(back.topicConfigSerializeWrapper.topicConfigTable).to.deep.equal(
      body.topicConfigSerializeWrapper.topicConfigTable
    )
    expect(back).to.deep.equal(body)
  })

  it('are laid out as Java lays them out when deflated', async () => {
    const parts = inflateSync(await writeCompressedRegisterBrokerBody(body))
    const expected = Buffer.concat([
      sized('{"counter":3,"stateVersion":0,"timestamp":1795342672429}'),
      number(2),
      sized('T 8 4 6 SINGLE_TAG {}'),
      sized('F 8 4 6 SINGLE_TAG {"message.type":"FIFO"}'),
      sized('["f"]'),
      number(1),
      sized('{"bname":"b","currIdMap":{0:1},"dirty":false,"epoch":1,"scope":"__global__","topic":"S","totalQueues":2}')
    ])
    expect(parts.toString('latin1')).to.equal(expected.toString('latin1'))
  })

  it('of brokers before 5.0.0 have no static topics, and those of 4.x no attributes', async () => {
    const old = deflateSync(Buffer.concat([sized('{}'), number(1), sized('T 8 4 6 SINGLE_TAG'), sized('[]')]))
    const { topicConfigSerializeWrapper } = await readRegisterBrokerBody(old, true, versions.V4_9_4)
    expect(topicConfigSerializeWrapper.topicConfigTable.get('T')).to.deep.equal(topic('T'))
  })

  it('without a body are those of a broker without topics', async () => {
    const { topicConfigSerializeWrapper } = await readRegisterBrokerBody(Buffer.alloc(0), false, versions.V5_5_0)
    expect(topicConfigSerializeWrapper.topicConfigTable.size).to.equal(0)
    expect(topicConfigSerializeWrapper.dataVersion.counter).to.equal(0)
  })

  it('that are broken, cut short or bombs are refused', async () => {
    const good = inflateSync(await writeCompressedRegisterBrokerBody(body))
    for (let end = 0; end < good.length; end += 7) {
      expect((await rejection(deflateSync(good.subarray(0, end)))).code).to.equal('MQ_BODY_INVALID')
    }
    expect((await rejection(Buffer.from('not deflated'))).code).to.equal('MQ_BODY_INVALID')
    expect((await rejection(deflateSync(Buffer.alloc(20 * 1024 * 1024)))).message).to.contain('cannot be inflated')
    const many = Buffer.concat([sized('{}'), number(2 ** 31 - 1)])
    expect((await rejection(deflateSync(many))).code).to.equal('MQ_BODY_INVALID')
    expect((await rejection(Buffer.from('[]'), false)).code).to.equal('MQ_BODY_INVALID')
  })
})
