/** The declared requests as a whole: unique, named alike everywhere, with Java's fields, and as the docs say. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type DeclaredRequest, declaredRequests, protocolTable } from '../../../scripts/protocol-table.ts'
import { inherited } from '../../../src/protocol/requests/request.ts'

const none = ['', ''] as const

/** By code: the fields that Java's header class marks as not null, then the others. Taken from the classes, not from our schemas. */
const javaFields: Readonly<Record<number, readonly [mandatory: string, others: string]>> = {
  10: [
    'producerGroup topic defaultTopic defaultTopicQueueNums queueId sysFlag bornTimestamp flag',
    'properties reconsumeTimes unitMode batch maxReconsumeTimes'
  ],
  11: [
    'consumerGroup topic queueId queueOffset maxMsgNums sysFlag commitOffset suspendTimeoutMillis subVersion',
    'liteTopic subscription expressionType maxMsgBytes requestSource proxyFrowardClientId'
  ],
  12: ['topic key maxNum beginTimestamp endTimestamp', 'indexType lastKey'],
  14: ['consumerGroup topic queueId', 'setZeroIfNotFound'],
  15: ['consumerGroup topic queueId commitOffset', ''],
  17: ['topic defaultTopic readQueueNums writeQueueNums perm topicFilterType order', 'topicSysFlag attributes force'],
  18: none,
  21: ['topicSeq', 'dataVersion maxTopicNum'],
  25: none,
  26: none,
  28: none,
  29: ['topic queueId timestamp', 'liteTopic boundaryType'],
  30: ['topic queueId', 'committed'],
  31: ['topic queueId', ''],
  32: ['topic queueId', ''],
  33: ['offset', 'topic'],
  34: none,
  35: ['clientID', 'producerGroup consumerGroup'],
  36: ['offset group delayLevel', 'originMsgId originTopic unitMode maxReconsumeTimes'],
  38: ['consumerGroup', ''],
  40: ['consumerGroup', ''],
  41: none,
  42: none,
  46: none,
  100: ['namespace key value', ''],
  101: ['namespace key', ''],
  102: ['namespace key', ''],
  103: [
    'brokerName brokerAddr clusterName haServerAddr brokerId',
    'heartbeatTimeoutMillis enableActingMaster compressed bodyCrc32'
  ],
  104: ['brokerName brokerAddr clusterName brokerId', ''],
  105: ['topic', 'acceptStandardJsonOnly'],
  106: none,
  200: none,
  201: ['groupSeq', 'dataVersion maxGroupNum'],
  202: ['topic', ''],
  203: ['consumerGroup', ''],
  204: ['producerGroup', ''],
  205: ['brokerName', ''],
  206: none,
  207: ['groupName', 'cleanOffset'],
  208: ['consumerGroup', 'topic topicList'],
  215: ['topic', ''],
  216: ['topic', 'clusterName'],
  217: ['topic', ''],
  219: ['namespace', ''],
  224: ['cluster', ''],
  225: none,
  300: ['topic', ''],
  304: none,
  310: ['a b c d e f g h', 'i j k l m n'],
  311: none,
  312: none,
  313: none,
  318: none,
  319: none,
  320: ['a b c d e f g h', 'i j k l m n'],
  322: ['brokerName brokerAddr clusterName brokerId', ''],
  327: ['brokerName', ''],
  328: none,
  343: ['group', ''],
  351: ['topic', ''],
  352: ['group', ''],
  361: [
    'consumerGroup topic queueId queueOffset maxMsgNums sysFlag commitOffset suspendTimeoutMillis subVersion',
    'liteTopic subscription expressionType maxMsgBytes requestSource proxyFrowardClientId'
  ],
  901: ['clusterName brokerName', ''],
  904: [
    'clusterName brokerAddr brokerName',
    'brokerId epoch maxOffset confirmOffset heartbeatTimeoutMills electionPriority'
  ]
}

/** Where our schema differs from the class, and why. */
const differences: Readonly<Record<number, { readonly relaxed?: string; readonly extra?: string }>> = {
  // Clients send it as an extra field beside the class.
  12: { extra: '_UNIQUE_KEY_QUERY' },
  // Old peers send no header at all, and Java checks a header only when there is one.
  21: { relaxed: 'topicSeq' },
  201: { relaxed: 'groupSeq' },
  // The zone is an extra field beside the class; the rules of addresses are mq's own.
  103: { extra: '__ZONE_NAME mqAdvertise' }
}

const words = (text = ''): string[] => text.split(' ').filter(word => word !== '')

describe('the declared requests', () => {
  let declared: DeclaredRequest[] = []
  before(async () => {
    declared = await declaredRequests()
  })

  it('have codes and names of their own', () => {
    expect(new Set(declared.map(({ request }) => request.code)).size).to.equal(declared.length)
    expect(new Set(declared.map(({ request }) => request.name)).size).to.equal(declared.length)
  })

  it('are called alike: Java name, file, export and card', () => {
    for (const { file, exportName, request, card } of declared) {
      expect(file.replaceAll('-', ''), file).to.equal(request.name.toLowerCase().replaceAll('_', ''))
      expect(exportName, file).to.equal(file.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()))
      const source = readFileSync(`src/protocol/requests/${file}.ts`, 'utf8')
      expect(source.startsWith(`/**\n * ${request.name} (${request.code}): `), file).to.equal(true)
      expect(card.sentBy, file).to.not.equal('')
      expect(card.java, file).to.not.equal('')
    }
  })

  it("have the fields of Java's header classes, the mandatory ones and the others", () => {
    const byCode = new Map(declared.map(({ request }) => [request.code, request]))
    for (const [code, [mandatory, others]] of Object.entries(javaFields)) {
      const request = byCode.get(Number(code))
      if (request === undefined) throw new Error(`request ${code} is declared no more`)
      const { relaxed = '', extra = '' } = differences[request.code] ?? {}
      const own = Object.entries(request.header).filter(
        ([name]) => !(name in inherited) || words(others).includes(name)
      )
      const required = own.filter(([, field]) => field.required).map(([name]) => name)
      const optional = own.filter(([, field]) => !field.required).map(([name]) => name)
      expect(required, request.name).to.have.members(words(mandatory).filter(name => name !== relaxed))
      expect(optional, request.name).to.have.members([...words(others), ...words(relaxed), ...words(extra)])
    }
  })

  it('name fields of their own header in their access rule', () => {
    for (const { request } of declared) {
      if (typeof request.access === 'string') continue
      for (const field of [request.access.topic, request.access.group]) {
        if (field !== undefined) expect(request.header, request.name).to.have.property(field)
      }
    }
  })

  it('are all in docs/protocol.md: else run `npm run docs:protocol`', () => {
    expect(readFileSync('docs/protocol.md', 'utf8')).to.equal(protocolTable(declared))
  })
})
