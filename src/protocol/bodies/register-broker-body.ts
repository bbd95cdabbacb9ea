/**
 * What a broker registers. Java: RegisterBrokerBody.
 *
 * Deflated bodies hold, each part with its length in 4 bytes before it: the data version as JSON, the number of topics
 * and each topic as `name readQueues writeQueues perm filterType attributes`, the filter servers as JSON, and from
 * 5.0.0 on the number of static topics and each one's mapping as JSON.
 */
import { constants, deflate, inflate } from 'node:zlib'
import { MqError } from '../../kit/errors.ts'
import { parseJson, writeJson } from '../fastjson.ts'
import { versions } from '../versions.ts'
import { dataVersionShape, noDataVersion } from './data-version.ts'
import { list, or, readBody, record, type ShapeOf, text, writeBody } from './shape.ts'
import { attributes } from './tables.ts'
import { type TopicConfig, topicConfigShape } from './topic-config.ts'
import {
  plainTopics,
  type QueueMappingInfo,
  queueMappingInfoShape,
  topicConfigWrapperShape
} from './topic-config-wrapper.ts'

export const registerBrokerBodyShape = record({
  topicConfigSerializeWrapper: or(topicConfigWrapperShape, plainTopics(new Map(), noDataVersion)),
  filterServerList: list(text)
})
export type RegisterBrokerBody = ShapeOf<typeof registerBrokerBodyShape>

/** Bytes of an inflated body. */
const inflatedBytesMax = 16 * 1024 * 1024

/**
 * Reads the body of REGISTER_BROKER, in the form that the header names. `brokerVersion` is the version of the command:
 * from 5.0.0 on static topics follow. An empty body registers a broker without topics. Rejects with MQ_BODY_INVALID.
 */
export const readRegisterBrokerBody = async (
  body: Buffer,
  compressed: boolean,
  brokerVersion: number
): Promise<RegisterBrokerBody> =>
  compressed
    ? readParts(new Parts(await inflated(body)), brokerVersion >= versions.V5_0_0)
    : readBody(registerBrokerBodyShape, body.length === 0 ? '{}' : body)

/** Writes the plain body. */
export const writeRegisterBrokerBody = (body: RegisterBrokerBody): Buffer => writeBody(registerBrokerBodyShape, body)

/** Writes the deflated body, as a broker of our version does. */
export const writeCompressedRegisterBrokerBody = (body: RegisterBrokerBody): Promise<Buffer> => {
  const wrapper = body.topicConfigSerializeWrapper
  const parts = [
    sized(writeJson(dataVersionShape.write(wrapper.dataVersion))),
    count(wrapper.topicConfigTable.size),
    ...Array.from(wrapper.topicConfigTable.values(), topic => sized(topicLine(topic))),
    sized(writeJson(body.filterServerList)),
    count(wrapper.topicQueueMappingInfoMap.size),
    ...Array.from(wrapper.topicQueueMappingInfoMap.values(), info =>
      sized(writeJson(queueMappingInfoShape.write(info)))
    )
  ]
  return new Promise((resolve, reject) => {
    const options = { level: constants.Z_BEST_COMPRESSION }
    deflate(Buffer.concat(parts), options, (error, bytes) => (error === null ? resolve(bytes) : reject(error)))
  })
}

const inflated = (body: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    inflate(body, { maxOutputLength: inflatedBytesMax }, (cause, bytes) => {
      if (cause === null) resolve(bytes)
      else reject(new MqError('MQ_BODY_INVALID', 'the registration cannot be inflated', { cause }))
    })
  })

const count = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const sized = (json: string): Buffer => Buffer.concat([count(Buffer.byteLength(json)), Buffer.from(json)])

const topicLine = (topic: TopicConfig): string =>
  `${topic.topicName} ${topic.readQueueNums} ${topic.writeQueueNums} ${topic.perm} ${topic.topicFilterType} ` +
  writeJson(topic.attributes)

/** The parts of an inflated body, one after the other. */
class Parts {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  number(): number {
    if (this.#bytes.length - this.#at < 4) throw new MqError('MQ_BODY_INVALID', 'the registration is cut short')
    this.#at += 4
    return this.#bytes.readInt32BE(this.#at - 4)
  }

  text(): string {
    const length = this.number()
    if (length < 0 || length > this.#bytes.length - this.#at) {
      throw new MqError('MQ_BODY_INVALID', `a part of ${length} bytes where the registration ends sooner`)
    }
    this.#at += length
    return this.#bytes.toString('utf8', this.#at - length, this.#at)
  }
}

const readParts = (parts: Parts, withMappings: boolean): RegisterBrokerBody => {
  const dataVersion = dataVersionShape.read(parseJson(parts.text()), 'the data version')
  const topicConfigTable = new Map<string, TopicConfig>()
  for (let left = parts.number(); left > 0; left--) {
    const topic = readTopicLine(parts.text())
    topicConfigTable.set(topic.topicName, topic)
  }
  const filterServerList = list(text).read(parseJson(parts.text()), 'the filter servers')
  const topicQueueMappingInfoMap = new Map<string, QueueMappingInfo>()
  for (let left = withMappings ? parts.number() : 0; left > 0; left--) {
    const info = queueMappingInfoShape.read(parseJson(parts.text()), 'a static topic')
    if (info.topic !== undefined) topicQueueMappingInfoMap.set(info.topic, info)
  }
  return {
    topicConfigSerializeWrapper: { ...plainTopics(topicConfigTable, dataVersion), topicQueueMappingInfoMap },
    filterServerList
  }
}

/** Topics in a deflated registration have neither sysFlag nor order: Java leaves both out. */
const readTopicLine = (line: string): TopicConfig => {
  const [topicName, readQueueNums, writeQueueNums, perm, topicFilterType, ...rest] = line.split(' ')
  const fields = { topicName, readQueueNums, writeQueueNums, perm, topicFilterType }
  const config = topicConfigShape.read(new Map(Object.entries(fields)), 'a topic of the registration')
  return { ...config, attributes: attributes.read(parseJson(rest.join(' ')), 'the attributes of a topic') }
}
