import { expect } from 'chai'
import { kvTableShape } from '../../../../src/protocol/bodies/kv-table.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getBrokerRuntimeInfo } from '../../../../src/protocol/requests/get-broker-runtime-info.ts'
import { sharedBroker } from '../../../support/broker.ts'

/** What mqadmin brokerStatus prints of an Apache broker, levels of delay aside. */
const apacheKeys = `EndTransactionQueueSize EndTransactionThreadPoolQueueCapacity ackThreadPoolQueueCapacity
  ackThreadPoolQueueHeadWaitTimeMills ackThreadPoolQueueSize bootTimestamp brokerActive brokerVersionDesc
  commitLogDirCapacity commitLogDiskRatio commitLogMaxOffset commitLogMinOffset consumeQueueDiskRatio
  dispatchBehindBytes dispatchMaxBuffer earliestMessageTimeStamp getFoundTps getMessageEntireTimeMax getMissTps
  getTotalTps getTransferredTps litePullThreadPoolQueueCapacity litePullThreadPoolQueueHeadWaitTimeMills
  litePullThreadPoolQueueSize msgGetTotalTodayMorning msgGetTotalTodayNow msgGetTotalYesterdayMorning
  msgPutTotalTodayMorning msgPutTotalTodayNow msgPutTotalYesterdayMorning pageCacheLockTimeMills
  pullThreadPoolQueueCapacity pullThreadPoolQueueHeadWaitTimeMills pullThreadPoolQueueSize putLatency99 putLatency999
  putMessageAverageSize putMessageDistributeTime putMessageEntireTimeMax putMessageFailedTimes putMessageSizeTotal
  putMessageTimesTotal putTps queryThreadPoolQueueCapacity queryThreadPoolQueueHeadWaitTimeMills
  queryThreadPoolQueueSize remainHowManyDataToFlush remainTransientStoreBufferNumbs runtime
  sendThreadPoolQueueCapacity sendThreadPoolQueueHeadWaitTimeMills sendThreadPoolQueueSize
  startAcceptSendRequestTimeStamp timerCongestNum timerDequeueTps timerEnqueueTps timerOffsetBehind timerReadBehind`

describe('GET_BROKER_RUNTIME_INFO', () => {
  const broker = sharedBroker()

  const info = async (): Promise<ReadonlyMap<string, string>> =>
    readBody(kvTableShape, (await broker().ask(getBrokerRuntimeInfo, {})).body).table

  it('has the keys that mqadmin prints of an Apache broker', async () => {
    const keys = [...(await info()).keys()]
    const ratio = keys.filter(key => key.startsWith('commitLogDiskRatio_'))
    expect(ratio).to.have.length(1)
    expect(ratio[0]).to.match(/commitlog$/)
    const fixed = keys.filter(key => key !== ratio[0] && !key.startsWith('scheduleMessageOffset_'))
    expect(fixed.sort()).to.deep.equal(apacheKeys.split(/\s+/).sort())
  })

  it('counts what was stored', async () => {
    const fresh = await info()
    expect([fresh.get('commitLogMinOffset'), fresh.get('earliestMessageTimeStamp')]).to.deep.equal(['-1', '-1'])
    await broker().makeTopic('TInfo', 1)
    for (let n = 0; n < 3; n++) await broker().send('TInfo', 'body')
    const after = await info()
    expect(after.get('msgPutTotalTodayNow')).to.equal('3')
    expect(after.get('putMessageTimesTotal')).to.equal('3')
    expect(after.get('commitLogMinOffset')).to.equal('0')
    expect(after.get('commitLogMaxOffset')).to.equal(String(broker().broker.stats().store.maxPhysicalOffset))
    expect(Number(after.get('earliestMessageTimeStamp'))).to.be.greaterThan(1_700_000_000_000)
  })

  it('writes values in the forms that the tools parse', async () => {
    const table = await info()
    expect(table.get('putTps')?.split(' ')).to.have.length(3)
    expect(table.get('getTotalTps')).to.match(/^\d+\.\d+ \d+\.\d+ \d+\.\d+$/)
    expect(table.get('commitLogDirCapacity')).to.match(/^Total : \d+\.\d [KMGTP]iB, Free : \d+\.\d [KMGTP]iB\.$/)
    expect(table.get('runtime')).to.match(/^\[ \d+ days, \d+ hours, \d+ minutes, \d+ seconds \]$/)
    expect(table.get('commitLogDiskRatio')).to.match(/^0\.\d{1,2}$/)
    expect(table.get('remainHowManyDataToFlush')).to.match(/^\d+(\.\d)? ([KMG]i)?B$/)
    expect([table.get('brokerActive'), table.get('brokerVersionDesc')]).to.deep.equal(['true', 'V5_5_0'])
  })
})
